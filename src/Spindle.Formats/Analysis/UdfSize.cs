// SPDX-License-Identifier: MIT
using Spindle.Formats.Udf;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.Analysis;

/// <summary>How large a medium must be for its UDF volume to be whole.</summary>
/// <remarks>
/// No descriptor says it. But a closed volume has anchors at two of block 256, N and N-256 (UDF 2.60 §2.2.3), each of which
/// names its own block, and N is the last block: so the last anchor that lies where it says tells the end. A volume on a virtual
/// partition ends with the file entry of its allocation table (§2.2.11).
/// </remarks>
internal static class UdfSize
{
    private const int DistanceOfAnchors = 256;
    private const int ScannedBlocks = 1024;

    public static IEnumerable<SizeCandidate> Candidates(DiscContents contents, UdfVolume udf, IReadOnlyList<SizeCandidate> others, Findings findings)
    {
        int size = udf.BlockSize;
        Medium medium = contents.Medium;
        List<SizeCandidate> found = [];
        long floor = Floor(udf.Descriptors, withPartition: !udf.IsVirtual);
        found.Add(new("udf-described-blocks", "ECMA-167 3/10.5, 3/8.4.2", (floor * size) - medium.Start, Counts: true));
        if (udf.IsVirtual)
        {
            if (udf.VirtualTableBlock is { } table)
            {
                found.Add(new("udf-virtual-allocation-table", "UDF-2.60 §2.2.11", ((table + 1) * size) - medium.Start, Counts: true));
            }

            return Bounded(found);
        }

        if (LastAnchor(medium, udf.Descriptors, floor) is { } last)
        {
            long end = last + 1 >= floor ? last + 1 : last + 1 + DistanceOfAnchors;
            found.Add(new("udf-last-anchor", "UDF-2.60 §2.2.3", (end * size) - medium.Start, Counts: true));
            return Bounded(found);
        }

        // Nothing lies at the end that must: unless another file system knows that this is the end, or the end can't be read, a
        // part is missing.
        bool isClosed = udf.Descriptors.Integrity.Count > 0 && udf.Descriptors.Integrity[^1].IntegrityType == 1;
        findings.Add(UdfRules.AnchorsPresent, floor * size, "no anchor behind the partition");
        bool isEndReadable = medium.Length >= size && medium.TryRead(medium.End - size, new byte[size]);
        if (isClosed && isEndReadable && !others.Any(other => other.Counts && other.Bytes == medium.Length))
        {
            long least = Math.Max(floor + 1, ((medium.End + size - 1) / size) + 1);
            found.Add(new("udf-missing-anchor", "UDF-2.60 §2.2.3", (least * size) - medium.Start, Counts: true));
        }

        return Bounded(found);
    }

    // First block behind all that the descriptors name.
    private static long Floor(UdfDescriptors all, bool withPartition)
    {
        long size = all.BlockSize;
        Anchor anchor = all.Anchors[0];
        long end = Math.Max(anchor.MainBlock + (anchor.MainLength / size), anchor.ReserveBlock + (anchor.ReserveLength / size));
        foreach (UdfDescriptor partition in all.Partitions.Where(_ => withPartition))
        {
            end = Math.Max(end, (long)partition.PartitionStart + partition.PartitionLength);
        }

        return all.LogicalVolume is { } logical ? Math.Max(end, logical.IntegrityBlock + (logical.IntegrityLength / size)) : end;
    }

    // The last one at or behind the end of what is described, or that at N-256 where the rest of it lies behind.
    private static long? LastAnchor(Medium medium, UdfDescriptors all, long floor)
    {
        long first = (medium.Start / all.BlockSize) + DistanceOfAnchors;
        long? last = all.Anchors.Where(anchor => anchor.Block > first && anchor.Block + 1 + DistanceOfAnchors >= floor)
            .Select(anchor => (long?)anchor.Block).Max();
        long from = Math.Max(Math.Max(floor - 1 - DistanceOfAnchors, first + 1), last + 1 ?? 0);
        long end = Math.Min(medium.End / all.BlockSize, Math.Max(floor, from) + ScannedBlocks);
        for (long block = from; block < end; block++)
        {
            last = Anchor.Read(medium, block, all.BlockSize)?.Block ?? last;
        }

        return last;
    }

    private static IEnumerable<SizeCandidate> Bounded(List<SizeCandidate> found) => found.Where(candidate => candidate.Bytes > 0);
}
