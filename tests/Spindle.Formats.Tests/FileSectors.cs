// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Media;

namespace Spindle.Formats.Tests;

/// <summary>The sectors of an image file, for images too large to hold in memory.</summary>
internal sealed class FileSectors(string path, int sectorSize = 2048) : ISectorReader
{
    private readonly SafeFileHandle _file = File.OpenHandle(path);

    public string Name => path;

    public int SectorSize => sectorSize;

    public long SectorCount => (Length + SectorSize - 1) / SectorSize;

    public long Length => RandomAccess.GetLength(_file);

    public SectorRead Read(SectorRange range, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfZero(range.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(range.End, SectorCount);
        buffer = buffer[..(int)(range.Count * SectorSize)];
        int done = 0;
        while (done < buffer.Length && RandomAccess.Read(_file, buffer[done..], (range.Start * SectorSize) + done) is var count && count > 0)
        {
            done += count;
        }

        buffer[done..].Clear();
        return new((int)range.Count, SectorFault.None);
    }

    public void Dispose() => _file.Dispose();
}
