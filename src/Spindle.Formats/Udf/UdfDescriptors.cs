// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Udf;

/// <summary>What says how a UDF volume is laid out: anchors, the main or else the reserve sequence, the integrity sequence.</summary>
public sealed class UdfDescriptors
{
    private const int MaximumSequence = 1024;
    private const int WrittenOnce = 2; // access type (3/10.5.7): what can't be written again stays open (UDF 2.60 §2.2.6.3)
    private static readonly int[] BlockSizes = [2048, 512, 1024, 4096];

    private UdfDescriptors(int blockSize, IReadOnlyList<Anchor> anchors)
    {
        BlockSize = blockSize;
        Anchors = anchors;
    }

    /// <summary>Bytes of a block.</summary>
    public int BlockSize { get; }

    /// <summary>Anchors at the places that the standard names, in the order in which they were tried.</summary>
    public IReadOnlyList<Anchor> Anchors { get; }

    /// <summary>Descriptors of the main sequence in order; of the reserve sequence where the main one is not complete.</summary>
    public IReadOnlyList<UdfDescriptor> Sequence { get; private set; } = [];

    /// <summary>Descriptors of the integrity sequence, in order; the last one prevails.</summary>
    public IReadOnlyList<UdfDescriptor> Integrity { get; private set; } = [];

    /// <summary>The primary volume descriptor that prevails, if any.</summary>
    public UdfDescriptor? Primary => Prevailing(TagId.PrimaryVolume);

    /// <summary>The logical volume descriptor that prevails, if any.</summary>
    public UdfDescriptor? LogicalVolume => Prevailing(TagId.LogicalVolume);

    /// <summary>The partition descriptors that prevail, one for each number.</summary>
    public IEnumerable<UdfDescriptor> Partitions => Sequence.Where(d => d.Id == TagId.Partition)
        .GroupBy(d => d.PartitionNumber).Select(same => same.MaxBy(d => d.SequenceNumber)!); // a group is never empty

    private bool IsComplete => LogicalVolume is not null && Partitions.Any();

    /// <summary>Looks for a UDF volume in a session, trying every block size.</summary>
    /// <returns>Null where there is no anchor.</returns>
    internal static UdfDescriptors? Read(Medium medium, long sessionPosition, Findings findings)
    {
        UdfDescriptors? best = null;
        Findings? bestFindings = null;
        foreach (int blockSize in BlockSizes)
        {
            List<Anchor> anchors = FindAnchors(medium, sessionPosition / blockSize, blockSize);
            if (anchors.Count == 0)
            {
                continue;
            }

            Findings trial = new();
            UdfDescriptors found = new(blockSize, anchors);
            found.ReadSequences(medium, trial);
            if (best is null || (found.IsComplete && !best.IsComplete))
            {
                best = found;
                bestFindings = trial;
            }

            if (found.IsComplete && found.LogicalVolume!.LogicalBlockSize == blockSize) // complete: there is one
            {
                break;
            }
        }

        if (bestFindings is not null)
        {
            findings.AddAll(bestFindings);
        }

        return best;
    }

    // The three places of UDF 2.2.3, 512 of unclosed discs (UDF 6.10.2.4), and those at which run-out and padding leave the end.
    private static List<Anchor> FindAnchors(Medium medium, long first, int blockSize)
    {
        long end = medium.End / blockSize;
        long[] places = [first + 256, end - 1, end - 257, first + 512, end - 2, end - 3, end - 151, end - 153];
        return [.. places.Distinct().Select(block => Anchor.Read(medium, block, blockSize)).OfType<Anchor>()];
    }

    private void ReadSequences(Medium medium, Findings findings)
    {
        foreach (Anchor anchor in Anchors)
        {
            List<UdfDescriptor> main = ReadSequence(medium, anchor.MainBlock, anchor.MainLength, findings);
            List<UdfDescriptor> reserve = ReadSequence(medium, anchor.ReserveBlock, anchor.ReserveLength, findings);
            long position = anchor.MainBlock * (long)BlockSize;
            Sequence = main;
            if (IsComplete && Primary is not null)
            {
                VerifyReserve(reserve, anchor, findings);
            }
            else
            {
                findings.Add(UdfRules.SequenceComplete, position, $"the main sequence has {main.Count} of its descriptors");
            }

            // What the main sequence has lost is taken from the reserve, one descriptor at a time (3/8.4.2.2).
            foreach (UdfDescriptor copy in reserve.Where(d => d.Id is TagId.PrimaryVolume or TagId.Partition or TagId.LogicalVolume && !Prevails(main, d)))
            {
                findings.Add(UdfRules.SequenceComplete, copy.Position, $"descriptor {copy.Id} is read from the reserve sequence");
                main.Add(copy);
            }

            if (IsComplete)
            {
                break;
            }
        }

        if (LogicalVolume is { } volume)
        {
            ReadIntegrity(medium, volume.IntegrityBlock, volume.IntegrityLength, findings);
        }
    }

    private static bool Prevails(List<UdfDescriptor> main, UdfDescriptor copy) => main.Exists(d =>
        d.Id == copy.Id && d.SequenceNumber >= copy.SequenceNumber && (d.Id != TagId.Partition || d.PartitionNumber == copy.PartitionNumber));

    private List<UdfDescriptor> ReadSequence(Medium medium, uint block, uint length, Findings findings)
    {
        List<UdfDescriptor> found = [];
        long at = block;
        long end = at + (length / (uint)BlockSize);
        for (int count = 0; count < MaximumSequence && at < end; count++, at++)
        {
            if (ReadDescriptor(medium, at, findings) is not { } descriptor)
            {
                continue; // unwritten, or damaged: the next one may be there
            }

            if (descriptor.Id == TagId.Terminating)
            {
                break;
            }

            if (descriptor.Id == TagId.VolumePointer)
            {
                // The sequence goes on elsewhere (3/10.3); the count above bounds how often.
                at = descriptor.Number32(rbp: 24) - 1L;
                end = at + 1 + (descriptor.Number32(rbp: 20) / (uint)BlockSize);
                continue;
            }

            found.Add(descriptor);
        }

        return found;
    }

    private UdfDescriptor? ReadDescriptor(Medium medium, long block, Findings findings)
    {
        long position = block * BlockSize;
        byte[] bytes = new byte[UdfDescriptor.Length];
        if (!medium.TryRead(position, bytes) || bytes.AsSpan(0, DescriptorTag.Length).IndexOfAnyExcept((byte)0) < 0
            || !DescriptorTag.TryRead(bytes, position, findings, out DescriptorTag tag) || tag.Identifier is 0 or > TagId.LogicalVolumeIntegrity)
        {
            return null;
        }

        if (tag.Location != block)
        {
            findings.Add(UdfRules.TagLocation, position, $"descriptor {tag.Identifier} in block {block} says that it lies in {tag.Location}");
        }

        return tag.IsIntact(bytes) ? new(bytes, position) : null;
    }

    private void ReadIntegrity(Medium medium, uint block, uint length, Findings findings)
    {
        List<UdfDescriptor> found = [];
        long at = block;
        long end = at + (length / (uint)BlockSize);
        for (int count = 0; count < MaximumSequence && at < end; count++)
        {
            if (ReadDescriptor(medium, at, findings) is not { Id: TagId.LogicalVolumeIntegrity } descriptor)
            {
                break;
            }

            found.Add(descriptor);
            (uint nextLength, uint nextBlock) = descriptor.NextIntegrity;
            (at, end) = nextLength > 0 ? (nextBlock, (long)nextBlock + (nextLength / (uint)BlockSize)) : (at + 1, end);
        }

        Integrity = found;
        if (found.Count == 0)
        {
            findings.Add(UdfRules.IntegrityPresent, block * (long)BlockSize, "no integrity descriptor can be read");
        }
        else if (found[^1].IntegrityType != 1 && Partitions.All(partition => partition.AccessType != WrittenOnce))
        {
            findings.Add(UdfRules.VolumeClosed, found[^1].Position, "the volume was left open");
        }
    }

    private void VerifyReserve(List<UdfDescriptor> reserve, Anchor anchor, Findings findings)
    {
        foreach (UdfDescriptor main in Sequence.Where(d => d.Id is TagId.PrimaryVolume or TagId.Partition or TagId.LogicalVolume))
        {
            bool isThere = reserve.Any(d => d.Id == main.Id && d.SequenceNumber == main.SequenceNumber
                && d.Bytes[DescriptorTag.Length..].SequenceEqual(main.Bytes[DescriptorTag.Length..]));
            if (!isThere)
            {
                findings.Add(UdfRules.ReserveAgrees, anchor.ReserveBlock * (long)BlockSize, $"descriptor {main.Id} of the main sequence is not in it, or differs");
            }
        }
    }

    private UdfDescriptor? Prevailing(int id) => Sequence.Where(d => d.Id == id).MaxBy(d => d.SequenceNumber);
}
