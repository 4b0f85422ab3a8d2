// SPDX-License-Identifier: MIT
using Spindle.Files.Linux;

namespace Spindle.Files.Listing.Linux;

/// <summary>A file that is open for reading.</summary>
internal sealed unsafe class LinuxFile(int descriptor) : ISourceFile
{
    private const int MaximumRuns = 100_000;

    public NodeStatus Status()
    {
        byte nothing = 0;
        return LinuxSource.TryStatus(descriptor, &nothing, out NodeStatus status) ? status : throw LinuxSource.Error();
    }

    public int Read(Span<byte> buffer)
    {
        fixed (byte* target = buffer)
        {
            nint length = LibC.Read(descriptor, target, buffer.Length);
            return length >= 0 ? (int)length : throw LinuxSource.Error();
        }
    }

    public void Rewind() => _ = LibC.Seek(descriptor, 0, LibC.SeekSet);

    public IReadOnlyList<ExtendedAttribute> Attributes() => LinuxAttributes.Of(descriptor, null);

    public IReadOnlyList<(long Offset, long Length)>? DataRuns(long size)
    {
        List<(long Offset, long Length)> runs = [];
        long position = 0;
        while (position < size && runs.Count < MaximumRuns)
        {
            long data = LibC.Seek(descriptor, position, LibC.SeekData);
            if (data < 0)
            {
                // ENXIO: nothing but a hole up to the end. Else the file system can't tell.
                return System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == LibC.ErrorNoSuchDeviceOrAddress ? runs : null;
            }

            long hole = LibC.Seek(descriptor, data, LibC.SeekHole);
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

    public void Dispose() => _ = LibC.Close(descriptor);
}
