// SPDX-License-Identifier: MIT
namespace Spindle.Formats.ApplePartitions;

/// <summary>The driver descriptor record and the partition map of a disc.</summary>
/// <param name="Driver">The driver descriptor record; null where block 0 holds none.</param>
/// <param name="Partitions">The entries of the map, in order.</param>
/// <param name="BlockSize">Bytes of the blocks in which the map counts: the place of its first entry. 0 without a map.</param>
public sealed record AppleMap(AppleDescriptor? Driver, IReadOnlyList<AppleDescriptor> Partitions, int BlockSize)
{
    private const int MaximumEntries = 256;
    private static readonly int[] Pitches = [512, 1024, 1536, 2048];

    /// <summary>Address of the first byte behind the last partition.</summary>
    public long PartitionsEnd => Partitions.Count == 0 ? 0 : Partitions.Max(p => ((long)p.PartitionStart + p.PartitionBlocks) * BlockSize);

    /// <summary>Whether the driver descriptor's size of the device can be true: no more than a sector behind the partitions.</summary>
    public bool IsDeviceSizeTrue => Driver is not null && Partitions.Count > 0
        && (long)Driver.BlockCount * Driver.BlockSize is var size && size >= PartitionsEnd - 2048 && size <= PartitionsEnd + 2048;

    /// <summary>Reads both; the entries are looked for at every block size in use.</summary>
    internal static AppleMap Read(Medium medium, Findings findings)
    {
        AppleDescriptor? driver = ReadBlock(medium, medium.Start, "ER"u8);
        IEnumerable<int> pitches = driver is { BlockSize: > 0 } ? Pitches.Append(driver.BlockSize).Distinct().Order() : Pitches;
        foreach (int pitch in pitches)
        {
            if (ReadBlock(medium, medium.Start + pitch, "PM"u8) is not { } first)
            {
                continue;
            }

            List<AppleDescriptor> entries = [first];
            while (entries.Count < Math.Min(first.MapEntries, MaximumEntries)
                && ReadBlock(medium, medium.Start + ((entries.Count + 1L) * pitch), "PM"u8) is { } next)
            {
                entries.Add(next);
            }

            AppleMap map = new(driver, entries, pitch);
            map.Verify(medium, findings);
            return map;
        }

        return new(driver, [], 0);
    }

    private void Verify(Medium medium, Findings findings)
    {
        if (Driver is not null && Driver.BlockSize != BlockSize)
        {
            findings.Add(AppleRules.BlockSizeTrue, medium.Start + 2, $"blocks of {Driver.BlockSize} bytes, and a map in blocks of {BlockSize}");
        }

        if (Driver is not null && !IsDeviceSizeTrue)
        {
            findings.Add(AppleRules.DeviceSizeTrue, medium.Start + 4, $"{Driver.BlockCount} blocks of {Driver.BlockSize} bytes, and partitions up to byte {PartitionsEnd}");
        }

        if (Partitions.Count < Partitions[0].MapEntries)
        {
            findings.Add(AppleRules.MapComplete, Partitions[0].Position, $"{Partitions.Count} of {Partitions[0].MapEntries} entries");
        }
    }

    private static AppleDescriptor? ReadBlock(Medium medium, long position, ReadOnlySpan<byte> signature)
    {
        byte[] bytes = new byte[AppleDescriptor.Length];
        return medium.TryRead(position, bytes) && bytes.AsSpan(0, 2).SequenceEqual(signature) ? new(bytes, position) : null;
    }
}
