// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Udf;
using Spindle.Media;

namespace Spindle.Imaging.Sources;

/// <summary>Finds the sessions in an image of a whole multi-session disc, which brings no table of contents.</summary>
/// <remarks>
/// A session is where, 16 sectors in, a primary volume descriptor lies (ECMA-119 §8.4). The next one is looked for behind the end that
/// the last one states: behind the gap that a CD has there, or the border zones of a DVD. Those are long enough to hold an image that is a
/// file of another file system: so behind the gap of a CD a session begins with a unit of error correction, and its root directory, which
/// counts from the start of the disc, lies in it.
/// </remarks>
internal static class SessionFinder
{
    private const int DescriptorSector = 16;
    private const int SectorSize = 2048;

    /// <summary>The gap behind the first session of a CD, 11,400 sectors, and some for run-out and padding.</summary>
    private const int CdGap = 11_400 + 1_200;

    /// <summary>96 MiB: what the first border of a DVD-R takes at most; later ones, and those of others, are shorter.</summary>
    private const int FarthestGap = 49_152;

    /// <summary>Sectors of a DVD that are corrected together: tracks begin with such a unit.</summary>
    private const int DvdUnit = 16;

    private const int MostSessions = 99;
    private const int SectorsAtOnce = 512;

    /// <summary>First sectors of the sessions, in order; empty where the first is none with ISO 9660, and UDF knows of none either.</summary>
    public static IReadOnlyList<long> Find(ISectorReader image)
    {
        List<long> starts = [];
        if (image.SectorSize != SectorSize)
        {
            return starts;
        }

        byte[] buffer = new byte[SectorsAtOnce * SectorSize];
        long? next = IsDescriptor(image, DescriptorSector, buffer) ? 0 : null;
        while (next is { } start && starts.Count < MostSessions)
        {
            starts.Add(start);
            _ = IsDescriptor(image, start + DescriptorSector, buffer);
            long size = BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(80)); // BP 81
            next = Search(image, start + size, buffer) ?? (size > start && start > 0 ? Search(image, size, buffer) : null);
        }

        return starts.Count > 0 ? starts : UdfSessions.Starts(image);
    }

    /// <summary>Whether a session's descriptors can begin here: ISO 9660, or UDF alone (ECMA-167 2/8.3).</summary>
    public static bool StartsSession(ISectorReader disc, long start)
    {
        byte[] buffer = new byte[disc.SectorSize];
        return disc.SectorSize == SectorSize && start + DescriptorSector < disc.SectorCount
            && disc.Read(new(start + DescriptorSector, 1), buffer).Count == 1
            && (buffer.AsSpan(1, 5).SequenceEqual("CD001"u8) || buffer.AsSpan(1, 5).SequenceEqual("BEA01"u8));
    }

    private static long? Search(ISectorReader image, long from, byte[] buffer)
    {
        long end = Math.Min(image.SectorCount, from + FarthestGap + DescriptorSector);
        for (long position = from + DescriptorSector; position < end;)
        {
            SectorRange range = new(position, Math.Min(SectorsAtOnce, end - position));
            int count = image.Read(range, buffer).Count;
            for (int i = 0; i < count; i++)
            {
                long start = position + i - DescriptorSector;
                if (IsDescriptor(buffer.AsSpan(i * SectorSize)) && (start - from <= CdGap || CanBeDvdSession(start, buffer.AsSpan(i * SectorSize))))
                {
                    return start;
                }
            }

            // What lies between sessions was read by nobody, and its map says so: the next session is behind it.
            position += Math.Max(1, count);
        }

        return null;
    }

    // BP 157 is the record of the root directory, and its third byte begins the first block of it.
    private static bool CanBeDvdSession(long start, ReadOnlySpan<byte> descriptor) =>
        start % DvdUnit == 0 && BinaryPrimitives.ReadUInt32LittleEndian(descriptor[158..]) > start;

    private static bool IsDescriptor(ISectorReader image, long sector, byte[] buffer) =>
        sector < image.SectorCount && image.Read(new(sector, 1), buffer).Count == 1 && IsDescriptor(buffer);

    private static bool IsDescriptor(ReadOnlySpan<byte> sector) => sector[0] == 1 && sector.Slice(1, 5).SequenceEqual("CD001"u8);
}
