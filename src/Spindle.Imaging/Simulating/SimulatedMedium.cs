// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Drives;
using Spindle.Media;

namespace Spindle.Imaging.Simulating;

/// <summary>The disc in a simulated drive: as slow as one, and bad where it is bad.</summary>
internal sealed class SimulatedMedium : ISectorReader, IMediumWatch
{
    private const int Size = 2048;
    private const int Rate = 6_000_000; // bytes a second: slow enough that people see it, fast enough that they stay
    private static readonly TimeSpan OfBad = TimeSpan.FromMilliseconds(250);

    private readonly string _drive;
    private readonly string _disc;
    private readonly SafeFileHandle _file;
    private readonly IReadOnlyList<SectorRange> _bad;
    private readonly TimeProvider _time;

    /// <param name="drive">The drive's folder.</param>
    /// <param name="disc">The disc's file.</param>
    /// <param name="time">The clock by which it is slow.</param>
    /// <exception cref="OperationFailedException">It was taken out just now.</exception>
    public SimulatedMedium(string drive, string disc, TimeProvider time)
    {
        (_drive, _disc, _time) = (drive, disc, time);
        try
        {
            _file = File.OpenHandle(disc, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            _bad = SimulatedDrive.BadSectors(disc);
        }
        catch (IOException e)
        {
            throw Gone(e);
        }
    }

    /// <inheritdoc/>
    public string Name => _drive;

    /// <inheritdoc/>
    public int SectorSize => Size;

    /// <inheritdoc/>
    public long SectorCount => (Length + Size - 1) / Size;

    /// <inheritdoc/>
    public long Length => RandomAccess.GetLength(_file);

    /// <inheritdoc/>
    public SectorRead Read(SectorRange range, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfZero(range.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(range.End, SectorCount);
        Check();
        long end = _bad.Where(bad => bad.Start < range.End && bad.End > range.Start).Select(bad => Math.Max(bad.Start, range.Start)).DefaultIfEmpty(range.End).Min();
        int count = (int)(end - range.Start);
        buffer = buffer[..checked((int)(range.Count * Size))];
        int done = 0;
        for (int read = 1; read > 0 && done < count * Size; done += read)
        {
            read = RandomAccess.Read(_file, buffer[done..(count * Size)], (range.Start * Size) + done);
        }

        buffer[done..].Clear();
        Wait(TimeSpan.FromSeconds((double)done / Rate) + (end < range.End ? OfBad : TimeSpan.Zero));
        return new(count, end < range.End ? SectorFault.Unreadable : SectorFault.None);
    }

    /// <inheritdoc/>
    public void Check()
    {
        if (!File.Exists(_disc))
        {
            throw Gone(null);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Wait(TimeSpan delay) => Task.Delay(delay, _time).GetAwaiter().GetResult();

    private OperationFailedException Gone(IOException? e) =>
        new(new("disc-changed", $"the disc was taken out of {_drive}", "insert it again; --resume goes on with the copy"), e);
}
