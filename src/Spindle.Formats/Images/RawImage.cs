// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Formats.Images;

/// <summary>Reads a medium that holds raw CD sectors as the 2048-byte sectors that they carry.</summary>
/// <remarks>
/// Raw sectors hold synchronisation, header, user data and error correction (ECMA-130 §14; "Yellow Book" mode 1, CD-ROM XA
/// mode 2 form 1): 2352 bytes. Dumps of whole CDs have them, and macOS shows them on a CD's whole-disc node. Some programs keep the 96
/// bytes of subchannels behind each (2448), others leave synchronisation and header of mode 2 out (2336).
/// </remarks>
public sealed class RawImage : ISectorReader
{
    /// <summary>Bytes of one raw sector (ECMA-130 §14).</summary>
    public const int RawSectorSize = 2352;

    private const int WithSubchannels = RawSectorSize + 96;
    private const int WithoutHeader = RawSectorSize - 16;
    private const int SubheaderSize = 8; // CD-ROM XA: four bytes, twice
    private const int UserDataSize = 2048;
    private const int DescriptorSector = 16;
    private const int RawSectorsPerRead = 64;

    private readonly ISectorReader _raw;
    private readonly int _sectorSize;
    private readonly int _userDataOffset;
    private readonly AlignedBuffer _buffer;

    private RawImage(ISectorReader raw, int sectorSize, int userDataOffset)
    {
        _raw = raw;
        _sectorSize = sectorSize;
        _userDataOffset = userDataOffset;
        SectorCount = raw.Length / sectorSize;
        // One read covers so many raw sectors, wherever in a sector of the medium below they start and end.
        _buffer = new(((RawSectorsPerRead * sectorSize / raw.SectorSize) + 3) * raw.SectorSize);
    }

    /// <inheritdoc/>
    public string Name => _raw.Name;

    /// <inheritdoc/>
    public int SectorSize => UserDataSize;

    /// <inheritdoc/>
    public long SectorCount { get; }

    /// <inheritdoc/>
    public long Length => SectorCount * UserDataSize;

    private static ReadOnlySpan<byte> Synchronisation => [0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0];

    /// <summary>Looks at the contents of a medium, and reads through its raw sectors where it has them.</summary>
    /// <param name="medium">The medium. What is returned owns it: either itself, or a reader that disposes it.</param>
    /// <exception cref="OperationFailedException">The sectors are raw and carry no 2048-byte data: audio, or mode 2 form 2.</exception>
    public static ISectorReader Unwrap(ISectorReader medium)
    {
        Span<byte> start = stackalloc byte[WithSubchannels + Synchronisation.Length];
        if (medium.ReadBytes(0, start) < start.Length || !start.StartsWith(Synchronisation))
        {
            return IsWithoutHeader(medium) ? new RawImage(medium, WithoutHeader, SubheaderSize) : medium;
        }

        int sectorSize = start[RawSectorSize..].StartsWith(Synchronisation) ? RawSectorSize
            : start[WithSubchannels..].StartsWith(Synchronisation) ? WithSubchannels
            : 0;
        if (sectorSize == 0)
        {
            return medium;
        }

        // Byte 15 is the mode; in mode 2, bit 5 of byte 18 (submode) tells form 2 from form 1 (ECMA-130 §14.2; CD-ROM XA).
        int mode = start[15];
        bool isForm2 = (start[18] & 0x20) != 0;
        if (mode is 1 || (mode is 2 && !isForm2))
        {
            return new RawImage(medium, sectorSize, mode is 1 ? 16 : 24);
        }

        throw new OperationFailedException(new(
            "raw-source",
            $"{medium.Name} holds raw sectors of {sectorSize} bytes in mode {mode}{(mode is 2 ? " form 2" : "")}, which carry no 2048-byte data",
            "keep this raw image as it is: an ISO image cannot hold what is on it"));
    }

    /// <summary>Whether a volume descriptor stands where it would in sectors of 2336 bytes, whose subheaders stand twice.</summary>
    private static bool IsWithoutHeader(ISectorReader medium)
    {
        Span<byte> sector = stackalloc byte[SubheaderSize + 8];
        return medium.Length % WithoutHeader == 0
            && medium.ReadBytes(DescriptorSector * (long)WithoutHeader, sector) == sector.Length
            && sector[..4].SequenceEqual(sector[4..8])
            && (sector[(SubheaderSize + 1)..].StartsWith("CD001"u8) || sector[(SubheaderSize + 1)..].StartsWith("BEA01"u8));
    }

    /// <inheritdoc/>
    public SectorRead Read(SectorRange range, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfZero(range.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(range.End, SectorCount);
        int done = 0;
        while (done < range.Count)
        {
            int count = (int)Math.Min(RawSectorsPerRead, range.Count - done);
            SectorRead read = ReadSome(new(range.Start + done, count), buffer[(done * UserDataSize)..]);
            done += read.Count;
            if (read.Fault != SectorFault.None)
            {
                return new(done, read.Fault);
            }
        }

        return new(done, SectorFault.None);
    }

    /// <inheritdoc/>
    public void Dispose() => _raw.Dispose();

    private SectorRead ReadSome(SectorRange range, Span<byte> buffer)
    {
        long position = range.Start * _sectorSize;
        long first = position / _raw.SectorSize;
        long end = ((range.End * _sectorSize) + _raw.SectorSize - 1) / _raw.SectorSize;
        SectorRead read = _raw.Read(SectorRange.Between(first, end), _buffer.Span);

        int skipped = (int)(position - (first * _raw.SectorSize));
        int whole = (int)Math.Clamp(((read.Count * (long)_raw.SectorSize) - skipped) / _sectorSize, 0, range.Count);
        for (int i = 0; i < whole; i++)
        {
            _buffer.Span.Slice(skipped + (i * _sectorSize) + _userDataOffset, UserDataSize).CopyTo(buffer[(i * UserDataSize)..]);
        }

        return new(whole, whole == range.Count ? SectorFault.None : read.Fault);
    }
}
