// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Spindle.Media;

namespace Spindle.Drives.Linux;

/// <summary>Reads a block device past the page cache, sector by sector of its own size.</summary>
/// <remarks>
/// Through the page cache a bad sector takes its 4 KiB page with it, and a second reading would see the first one's bytes.
/// The size is the drive's own, and asked once: the kernel shrinks an optical device after an error near its end. What lies behind
/// that is read by commands to the drive.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class LinuxBlockDevice : ISectorReader, IMediumWatch
{
    /// <summary>Sectors that failed, of which is kept that they did.</summary>
    private const int MostRemembered = 1_000_000;

    private readonly SafeFileHandle _file;
    private readonly AlignedBuffer _bounce = new(1 << 20);
    private readonly HashSet<long> _failed = [];
    private readonly DiscWatch _watch;
    private bool _canForce = true;

    private LinuxBlockDevice(DiscWatch watch, SafeFileHandle file, int sectorSize, long length)
    {
        _watch = watch;
        _file = file;
        SectorSize = sectorSize;
        Length = length;
    }

    public required string Name { get; init; }

    public int SectorSize { get; }

    public long SectorCount => Length / SectorSize;

    public long Length { get; }

    private bool IsOptical { get; init; }

    /// <summary>
    /// Bytes of one read. The kernel fails a read as a whole, and keeps to itself which sector it was: on a disc, where a failure
    /// costs seconds, a large read would have to fail a second time to be narrowed down.
    /// </summary>
    private int MostAtOnce => IsOptical ? ScsiCommands.SectorsPerRead * SectorSize : int.MaxValue;

    public static LinuxBlockDevice Open(string path, bool isOptical, long leadOut, out CacheBypass bypass)
    {
        bypass = CacheBypass.Direct;
        SafeFileHandle file = LibC.Open(path, LibC.ReadOnly | LibC.Direct);
        if (file.IsInvalid && Marshal.GetLastPInvokeError() == LibC.ErrorInvalid)
        {
            // A driver without direct reads: through the cache is better than not at all.
            file = LibC.Open(path, LibC.ReadOnly);
            bypass = CacheBypass.None;
        }

        if (file.IsInvalid)
        {
            throw LinuxDiscDevice.CannotOpen(path, Marshal.GetLastPInvokeError());
        }

        if (LibC.Control(file, LibC.BlockDeviceSize, out long length) != 0 || LibC.Control(file, LibC.LogicalBlockSize, out long sectorSize) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            file.Dispose();
            throw LinuxDiscDevice.CannotOpen(path, error);
        }

        // BLKSSZGET fills an int: the upper half of the long is not its.
        int size = (int)(sectorSize & 0x7FFFFFFF);

        // Only an optical drive: asked about a partition, a disk answers for all of itself.
        long capacity = isOptical ? ScsiCommands.TryReadCapacity(file, size) ?? 0 : 0;
        LinuxBlockDevice device = new(new(file, path, isOptical), file, size, Math.Max(Math.Max(length, capacity), isOptical ? leadOut * size : 0))
        {
            Name = path,
            IsOptical = isOptical,
        };
        if (device.SectorCount == 0)
        {
            device.Dispose();
            throw Failures.NoSectors(path);
        }

        return device;
    }

    public SectorRead Read(SectorRange range, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfZero(range.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(range.End, SectorCount);
        buffer = buffer[..checked((int)(range.Count * SectorSize))];
        if (_failed.Contains(range.Start) && ReadAgain(range, buffer) is { } again)
        {
            return again;
        }

        SectorRead read = ReadOnce(range, buffer);
        if (IsOptical && read.Fault == SectorFault.Unreadable && _failed.Count < MostRemembered)
        {
            _failed.Add(range.Start + read.Count);
        }

        return read;
    }

    /// <inheritdoc/>
    public void Check() => _watch.Check();

    public void Dispose() => _file.Dispose();

    private SectorRead ReadOnce(SectorRange range, Span<byte> buffer) =>
        IsAligned(buffer) ? ReadAligned(range.Start, buffer) : ReadThroughBounce(range.Start, buffer);

    /// <summary>
    /// Reads what failed before from the disc itself: a drive may answer from what it remembers, and say the same again.
    /// </summary>
    /// <returns>Null where the drive can't be asked so, or more is asked for than it takes at once.</returns>
    private SectorRead? ReadAgain(SectorRange range, Span<byte> buffer)
    {
        if (!_canForce || range.Count > ScsiCommands.SectorsPerRead)
        {
            return null;
        }

        SectorRead? read = ScsiCommands.TryReadAgain(_file, range.Start, SectorSize, buffer);
        _canForce = read is not null;
        return read is { Fault: SectorFault.Unreadable } failed ? failed with { Fault = FaultOf(LibC.ErrorInputOutput) } : read;
    }

    private static unsafe bool IsAligned(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            return (nint)start % AlignedBuffer.Alignment == 0;
        }
    }

    private SectorRead ReadThroughBounce(long start, Span<byte> buffer)
    {
        int done = 0;
        int step = _bounce.Length / SectorSize * SectorSize;
        while (done < buffer.Length)
        {
            Span<byte> part = buffer[done..Math.Min(done + step, buffer.Length)];
            SectorRead read = ReadAligned(start + (done / SectorSize), _bounce.Span[..part.Length]);
            int bytes = read.Count * SectorSize;
            _bounce.Span[..bytes].CopyTo(part);
            done += bytes;
            if (read.Fault != SectorFault.None)
            {
                return new(done / SectorSize, read.Fault);
            }
        }

        return new(done / SectorSize, SectorFault.None);
    }

    private unsafe SectorRead ReadAligned(long start, Span<byte> buffer)
    {
        int done = 0;
        fixed (byte* memory = buffer)
        {
            while (done < buffer.Length)
            {
                nint read = LibC.ReadAt(_file, memory + done, Math.Min(buffer.Length - done, MostAtOnce), (start * SectorSize) + done);
                if (read > 0)
                {
                    // A read may stop inside a sector only where the next one fails: that sector is asked for again, whole.
                    done += (int)(read / SectorSize * SectorSize);
                    if (read >= SectorSize)
                    {
                        continue;
                    }
                }

                int error = read < 0 ? Marshal.GetLastPInvokeError() : 0;
                if (error != LibC.ErrorInterrupted)
                {
                    int count = done / SectorSize;
                    return read < 0 ? new(count, FaultOf(error)) : ReadBehindTheEnd(start, count, buffer[done..]);
                }
            }
        }

        return new(done / SectorSize, SectorFault.None);
    }

    /// <summary>Goes on where the kernel says that the device ends.</summary>
    private SectorRead ReadBehindTheEnd(long start, int count, Span<byte> rest) =>
        IsOptical && ScsiCommands.TryRead(_file, start + count, SectorSize, rest) is { } read
            ? new(count + read.Count, read.Fault == SectorFault.Unreadable ? FaultOf(LibC.ErrorInputOutput) : read.Fault)
            : new(count, SectorFault.EndedEarly);

    private SectorFault FaultOf(int error)
    {
        _watch.RefuseIfGone(error);
        return error == LibC.ErrorNoMedium || LinuxDiscDevice.MediumStatusOf(_file) is MediumStatus.NoDisc or MediumStatus.TrayOpen
            ? throw _watch.Changed()
            : SectorFault.Unreadable;
    }
}
