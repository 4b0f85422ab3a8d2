// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Drives;

/// <summary>Reads a disc by commands to its drive, past all that the system believes of it: its cache, its file systems, its size.</summary>
/// <remarks>
/// For systems whose own way of reading a drive can't be had or trusted. 64 KiB at a time, which is what every host adapter takes. What
/// failed before is read from the disc itself (FUA), as a drive may answer from what it remembers.
/// </remarks>
internal sealed class CommandReader : ISectorReader, IMediumWatch
{
    private const int MostAtOnce = 64 << 10;
    private const int MostRemembered = 1_000_000;
    private const byte MediumMayHaveChanged = 0x28; // 28/00, SPC-4 annex D

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IScsiTransport _transport;
    private readonly AlignedBuffer _buffer = new(MostAtOnce);
    private readonly HashSet<long> _failed = [];
    private bool _canForce = true;

    private CommandReader(string name, IScsiTransport transport, MediumCapacity capacity)
    {
        (Name, _transport) = (name, transport);
        (SectorSize, SectorCount) = (capacity.SectorSize, capacity.Sectors);
    }

    public string Name { get; }

    public int SectorSize { get; }

    public long SectorCount { get; }

    public long Length => SectorCount * SectorSize;

    /// <summary>Opens the disc in a drive.</summary>
    /// <param name="name">The drive as the user named it.</param>
    /// <param name="transport">Its commands; disposed with this, and where this can't be opened.</param>
    /// <param name="leadOut">Sectors that its table of contents tells of; 0 where it has none.</param>
    /// <exception cref="OperationFailedException"><c>empty-source</c>, <c>drive-gone</c>, <c>no-medium</c>.</exception>
    public static CommandReader Open(string name, IScsiTransport transport, long leadOut)
    {
        try
        {
            OpticalDrive drive = new(transport);
            MediumCapacity? capacity = drive.Ask(MmcCommand.ReadCapacity(), MediumCapacity.Length, OpticalDrive.Nullable<MediumCapacity>(MediumCapacity.Parse));
            return capacity is { SectorSize: <= MostAtOnce } known && Math.Max(known.Sectors, leadOut) > 0
                ? new(name, transport, known with { Sectors = Math.Max(known.Sectors, leadOut) })
                : throw Failures.NoSectors(name);
        }
        catch (IOException e)
        {
            transport.Dispose();
            throw Failures.Vanished(name, e.Message);
        }
        catch
        {
            transport.Dispose();
            throw;
        }
    }

    public SectorRead Read(SectorRange range, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfZero(range.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(range.End, SectorCount);
        int done = 0;
        while (done < range.Count)
        {
            int some = (int)Math.Min(MostAtOnce / SectorSize, range.Count - done);
            SectorRead read = ReadSome(range.Start + done, some, buffer.Slice(done * SectorSize, some * SectorSize));
            done += read.Count;
            if (read.Fault != SectorFault.None)
            {
                return new(done, read.Fault);
            }
        }

        return new(done, SectorFault.None);
    }

    /// <inheritdoc/>
    public void Check() => RefuseIfChanged(Told(MmcCommand.TestUnitReady(), []).Sense);

    public void Dispose() => _transport.Dispose();

    private SectorRead ReadSome(long start, int count, Span<byte> buffer)
    {
        Span<byte> aligned = _buffer.Span[..buffer.Length];
        uint first = checked((uint)start);
        bool isForced = _canForce && _failed.Contains(start);
        ScsiReply reply = Told(isForced ? MmcCommand.Read12(first, (uint)count, fromMedium: true) : MmcCommand.Read10(first, (ushort)count), aligned);
        if (isForced && !reply.IsGood && reply.Sense.Key == SenseKey.IllegalRequest)
        {
            _canForce = false; // the drive does not know the command
            reply = Told(MmcCommand.Read10(first, (ushort)count), aligned);
        }

        RefuseIfChanged(reply.Sense);

        // What lies before the sector that the drive names was transferred, as far as the transport says that anything was.
        long good = reply.IsGood
            ? reply.Length / SectorSize
            : Math.Clamp((reply.Sense.Information ?? start) - start, 0, Math.Min(reply.Length / SectorSize, count - 1));
        aligned[..(int)(good * SectorSize)].CopyTo(buffer);
        if (good == count)
        {
            return new(count, SectorFault.None);
        }

        if (_failed.Count < MostRemembered)
        {
            _failed.Add(start + good);
        }

        return new((int)good, SectorFault.Unreadable);
    }

    private ScsiReply Told(byte[] command, Span<byte> data)
    {
        try
        {
            return _transport.Execute(command, data, Patience);
        }
        catch (IOException e)
        {
            throw Failures.Vanished(Name, e.Message);
        }
    }

    private void RefuseIfChanged(Sense sense)
    {
        bool isChanged = sense is { Key: SenseKey.UnitAttention, Code: MediumMayHaveChanged };
        if (isChanged || sense.IsNoMedium)
        {
            throw Failures.DiscChanged(Name);
        }
    }
}
