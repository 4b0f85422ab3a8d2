// SPDX-License-Identifier: MIT

namespace Spindle.Drives.Mmc;

/// <summary>How far a disc is written, and in how many sessions (MMC-6, READ DISC INFORMATION, standard).</summary>
public sealed record DiscInformation
{
    /// <summary>Bytes that hold all that is read here.</summary>
    public const int Length = 34;

    private const int ShortestLength = 12;

    /// <summary>How far it is written (byte 2, bits 0 and 1).</summary>
    public required DiscState State { get; init; }

    /// <summary>How far the last session is (byte 2, bits 2 and 3).</summary>
    public required SessionState LastSession { get; init; }

    /// <summary>Whether it can be erased (byte 2, bit 4).</summary>
    public required bool IsErasable { get; init; }

    /// <summary>Number of the first track, mostly 1 (bytes 3 and 10).</summary>
    public required int FirstTrack { get; init; }

    /// <summary>Sessions, an empty or incomplete last one included (bytes 4 and 9).</summary>
    public required int Sessions { get; init; }

    /// <summary>The first track of the last session (bytes 5 and 10).</summary>
    public required int FirstTrackOfLastSession { get; init; }

    /// <summary>The last track, an invisible one included (bytes 6 and 11).</summary>
    public required int LastTrack { get; init; }

    /// <summary>What kind of CD the lead-in says (byte 8): 00h sound or data, 10h CD-i, 20h CD-ROM XA, FFh not known.</summary>
    public required byte CdType { get; init; }

    /// <summary>How far a DVD+RW is formatted (byte 7, bits 0 and 1): 0 not, 1 begun and stopped, 2 just now, 3 all of it.</summary>
    public int BackgroundFormat { get; init; }

    /// <summary>Reads a reply.</summary>
    /// <returns>Null where it is too short to be one.</returns>
    public static DiscInformation? Parse(ReadOnlySpan<byte> reply) => reply.Length < ShortestLength
        ? null
        : new()
        {
            State = (DiscState)(reply[2] & 0x03),
            LastSession = (SessionState)((reply[2] >> 2) & 0x03),
            IsErasable = (reply[2] & 0x10) != 0,
            FirstTrack = reply[3],
            Sessions = (reply[9] << 8) | reply[4],
            FirstTrackOfLastSession = (reply[10] << 8) | reply[5],
            LastTrack = (reply[11] << 8) | reply[6],
            CdType = reply[8],
            BackgroundFormat = reply[7] & 0x03,
        };
}
