// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Drives.Linux;

/// <summary>Asks a drive itself, past the kernel's idea of how long its disc is.</summary>
/// <remarks>
/// After an error in the last 75 sectors the kernel's sr driver takes the place of the error for the end of the disc, until the
/// disc is changed: reads behind it end early without an error, and the device has become smaller for every program.
/// </remarks>
[SupportedOSPlatform("linux")]
internal static class ScsiCommands
{
    public const int SectorsPerRead = 32; // 64 KiB: what every host adapter takes at once

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The bytes of the disc, as the drive says.</summary>
    /// <returns>Null where the device takes no such commands, or has sectors of another size.</returns>
    public static long? TryReadCapacity(SafeFileHandle file, int sectorSize)
    {
        using SgTransport transport = new(file, ownsFile: false);
        Span<byte> answer = stackalloc byte[MediumCapacity.Length];
        return TryExecute(transport, MmcCommand.ReadCapacity(), answer) == true
            && MediumCapacity.Parse(answer) is { } capacity && capacity.SectorSize == sectorSize
                ? capacity.Sectors * sectorSize
                : null;
    }

    /// <summary>Reads sectors.</summary>
    /// <param name="file">The drive.</param>
    /// <param name="start">The first sector.</param>
    /// <param name="sectorSize">Bytes of a sector.</param>
    /// <param name="buffer">Whole sectors.</param>
    /// <returns>Null where the device takes no such commands.</returns>
    public static SectorRead? TryRead(SafeFileHandle file, long start, int sectorSize, Span<byte> buffer)
    {
        using SgTransport transport = new(file, ownsFile: false);
        int count = buffer.Length / sectorSize;
        int done = 0;
        while (done < count)
        {
            int some = Math.Min(SectorsPerRead, count - done);
            byte[] command = MmcCommand.Read10(checked((uint)(start + done)), (ushort)some);
            switch (TryExecute(transport, command, buffer.Slice(done * sectorSize, some * sectorSize)))
            {
                case null:
                    return null;
                case false:
                    return new(done, SectorFault.Unreadable);
                default:
                    done += some;
                    break;
            }
        }

        return new(done, SectorFault.None);
    }

    /// <summary>Reads sectors from the disc itself, whatever the drive remembers of it (FUA).</summary>
    /// <param name="file">The drive.</param>
    /// <param name="start">The first sector.</param>
    /// <param name="sectorSize">Bytes of a sector.</param>
    /// <param name="buffer">Whole sectors, 32 at most.</param>
    /// <returns>Null where the drive can't be asked so.</returns>
    public static SectorRead? TryReadAgain(SafeFileHandle file, long start, int sectorSize, Span<byte> buffer)
    {
        using SgTransport transport = new(file, ownsFile: false);
        byte[] command = MmcCommand.Read12(checked((uint)start), (uint)(buffer.Length / sectorSize), fromMedium: true);
        try
        {
            ScsiReply reply = transport.Execute(command, buffer, Patience);
            if (reply.IsGood)
            {
                return reply.Length == buffer.Length ? new(buffer.Length / sectorSize, SectorFault.None) : null;
            }

            // As the kernel does: what lies before the sector that the drive names was transferred.
            long good = Math.Clamp((reply.Sense.Information ?? start) - start, 0, reply.Length / sectorSize);
            return reply.Sense.Key is SenseKey.MediumError or SenseKey.HardwareError or SenseKey.AbortedCommand
                ? new((int)Math.Min(good, (buffer.Length / sectorSize) - 1), SectorFault.Unreadable)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <returns>Whether the drive filled the buffer; null where the device takes no such commands.</returns>
    private static bool? TryExecute(SgTransport transport, byte[] command, Span<byte> data)
    {
        try
        {
            ScsiReply reply = transport.Execute(command, data, Patience);
            return reply.IsGood && reply.Length == data.Length;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
