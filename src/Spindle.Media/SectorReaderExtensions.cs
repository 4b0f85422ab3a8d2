// SPDX-License-Identifier: MIT
namespace Spindle.Media;

/// <summary>What every reader of sectors can do, said once.</summary>
public static class SectorReaderExtensions
{
    /// <summary>Bytes of the medium that a range stands for: all of its sectors, less what the last one of the medium lacks.</summary>
    public static long ByteLength(this ISectorReader reader, SectorRange range) =>
        Math.Min(range.End * reader.SectorSize, reader.Length) - Math.Min(range.Start * reader.SectorSize, reader.Length);

    /// <summary>Reads bytes at any position, such as a structure that a file system places on its own blocks.</summary>
    /// <param name="reader">The medium.</param>
    /// <param name="position">First byte, from the start of the medium.</param>
    /// <param name="buffer">Filled as far as the medium goes and can be read.</param>
    /// <returns>Bytes read from <paramref name="position"/> on; fewer than asked for at the end or before an unreadable sector.</returns>
    public static int ReadBytes(this ISectorReader reader, long position, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        int wanted = (int)Math.Clamp(reader.Length - position, 0, buffer.Length);
        if (wanted == 0)
        {
            return 0;
        }

        long first = position / reader.SectorSize;
        long end = (position + wanted + reader.SectorSize - 1) / reader.SectorSize;
        int skipped = (int)(position - (first * reader.SectorSize));
        byte[] sectors = new byte[checked((int)((end - first) * reader.SectorSize))];
        SectorRead read = reader.Read(SectorRange.Between(first, end), sectors);
        int got = Math.Clamp((read.Count * reader.SectorSize) - skipped, 0, wanted);
        sectors.AsSpan(skipped, got).CopyTo(buffer);
        return got;
    }
}
