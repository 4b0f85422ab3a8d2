// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Spindle.Files.Unix;

namespace Spindle.Files.Listing.Unix;

/// <summary>A file that is open for reading.</summary>
internal sealed unsafe class UnixFile(IUnixReading system, int descriptor) : ISourceFile, IPositionedFile
{
    private const int MaximumRuns = 100_000;
    private const int FromStart = 0; // SEEK_SET

    public NodeStatus Status()
    {
        byte nothing = 0;
        return system.TryStatus(descriptor, &nothing, out NodeStatus status) ? status : throw UnixSource.Error(system);
    }

    public int Read(Span<byte> buffer)
    {
        fixed (byte* target = buffer)
        {
            nint length = Posix.Read(descriptor, target, buffer.Length);
            return length >= 0 ? (int)length : throw UnixSource.Error(system);
        }
    }

    public int Read(Span<byte> buffer, long offset)
    {
        fixed (byte* target = buffer)
        {
            nint length = Posix.Read(descriptor, target, buffer.Length, offset);
            return length >= 0 ? (int)length : throw UnixSource.Error(system);
        }
    }

    public void Rewind() => _ = Posix.Seek(descriptor, 0, FromStart);

    public IReadOnlyList<ExtendedAttribute> Attributes() => system.Attributes(descriptor);

    public IReadOnlyList<(long Offset, long Length)>? DataRuns(long size)
    {
        List<(long Offset, long Length)> runs = [];
        long position = 0;
        while (position < size && runs.Count < MaximumRuns)
        {
            long data = Posix.Seek(descriptor, position, system.SeekData);
            if (data < 0)
            {
                // ENXIO: nothing but a hole up to the end. Else the file system can't tell.
                return system.FaultOf(Marshal.GetLastPInvokeError()) == UnixFault.NothingThere ? runs : null;
            }

            long hole = Posix.Seek(descriptor, data, system.SeekHole);
            if (hole < 0 || data >= size)
            {
                return hole < 0 ? null : runs;
            }

            runs.Add((data, Math.Min(hole, size) - data));
            position = hole;
        }

        bool isAllData = runs is [(0, var length)] && length == size;
        return isAllData ? null : runs;
    }

    public void Dispose() => _ = Posix.Close(descriptor);
}
