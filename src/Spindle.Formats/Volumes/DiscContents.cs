// SPDX-License-Identifier: MIT
using Spindle.Formats.ApplePartitions;
using Spindle.Formats.ElTorito;
using Spindle.Formats.Hfs;
using Spindle.Formats.HighSierra;
using Spindle.Formats.Iso9660;
using Spindle.Formats.Names;
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;
using Spindle.Media;

namespace Spindle.Formats.Volumes;

/// <summary>All file systems of one session of a disc, and how to open the trees in them.</summary>
internal sealed class DiscContents
{
    private DiscContents(Medium medium, VolumeOptions options, Findings findings)
    {
        Medium = medium;
        Findings = findings;
        SessionPosition = options.SessionPosition;
        Iso = IsoDescriptors.Read(medium, SessionPosition, findings);
        Boot = BootCatalogue.Read(medium, Iso, findings);
        Udf = UdfVolume.Open(medium, SessionPosition, findings, options.SessionEnd * 2048);
        if (Udf is null && Iso.RecognitionIdentifiers.Any(identifier => identifier is "NSR02" or "NSR03"))
        {
            findings.Add(UdfRules.AnchorsPresent, SessionPosition, "a UDF volume is announced, and no anchor is there");
        }

        Apple = AppleMap.Read(medium, findings);
        HfsVolumes = FindHfs(medium, Apple, findings);
    }

    public Medium Medium { get; }

    /// <summary>Takes what is wrong.</summary>
    public Findings Findings { get; }

    /// <summary>Address on the disc of the session, in bytes.</summary>
    public long SessionPosition { get; }

    public IsoDescriptors Iso { get; }

    public BootCatalogue? Boot { get; }

    public UdfVolume? Udf { get; }

    public AppleMap Apple { get; }

    /// <summary>Headers of HFS and HFS+ volumes: of the partitions, of the whole medium, and of those wrapped in another.</summary>
    public IReadOnlyList<HfsHeader> HfsVolumes { get; }

    public static DiscContents Read(ISectorReader reader, VolumeOptions options, Findings findings) =>
        new(new(reader, options.MediumStart * 2048) { Names = new(options.Charset) }, options, findings);

    /// <summary>Opens one view; null where the disc does not have it, or its root can't be read.</summary>
    public FileTree? Open(VolumeView view) => TreeFormats.Of(view).Open(this);

    /// <summary>What belongs to no tree: partition maps, what boots a machine.</summary>
    public IEnumerable<DiscStructure> Structures()
    {
        if (Apple.Driver is { } driver)
        {
            yield return new("driver descriptor record", new(driver.Position, AppleDescriptor.Length));
        }

        foreach (AppleDescriptor partition in Apple.Partitions)
        {
            yield return new("partition map entry", new(partition.Position, AppleDescriptor.Length));
        }

        if (Boot is { } boot)
        {
            yield return new("boot catalogue", boot.Extent);
            foreach (BootImage image in boot.Images)
            {
                yield return new("boot image", image.Extent);
            }
        }
    }

    /// <summary>Every view that can be opened, the best one first.</summary>
    public IEnumerable<FileTree> OpenAll() => TreeFormats.All.Select(format => format.Open(this)).OfType<FileTree>();

    /// <summary>Whether there may be two trees over the same files.</summary>
    public bool HasUdfAndIso => Udf is not null && Iso.Primary is not null;

    /// <summary>Which of UDF and Rock Ridge, where a disc has both, holds more of its files, and what; null where they hold the same.</summary>
    /// <remarks>The UDF of genisoimage has no links, owners and long names; that of others has all that Rock Ridge has, or more.</remarks>
    public (VolumeView View, string What)? Richer() =>
        !HasUdfAndIso || Open(VolumeView.Udf) is not { } udf || Open(VolumeView.RockRidge) is not { } rockRidge ? null
        : Richer(TreeWorth.Of(Medium, udf), TreeWorth.Of(Medium, rockRidge));

    private static (VolumeView View, string What)? Richer(TreeWorth udf, TreeWorth rockRidge) =>
        rockRidge.MoreThan(udf) is { } more ? (VolumeView.RockRidge, more)
        : udf.MoreThan(rockRidge) is { } less ? (VolumeView.Udf, less)
        : null;

    private static List<HfsHeader> FindHfs(Medium medium, AppleMap apple, Findings findings)
    {
        const string hfs = "Apple_HFS"; // Apple_HFSX, too
        IEnumerable<(long Start, long End)> places = apple.Partitions
            .Where(partition => partition.PartitionType.StartsWith(hfs, StringComparison.Ordinal))
            .Select(partition => (
                medium.Start + (partition.PartitionStart * (long)apple.BlockSize),
                medium.Start + ((partition.PartitionStart + (long)partition.PartitionBlocks) * apple.BlockSize)))
            .Append((medium.Start, medium.End)).DistinctBy(place => place.Item1);
        List<HfsHeader> found = [];
        foreach ((long place, long end) in places)
        {
            HfsHeader? copy = HfsHeader.Read(medium, place) is { } whole ? whole : HfsHeader.ReadAlternate(medium, place, end);
            if (copy is { } header)
            {
                if (header.IsCopy)
                {
                    findings.Add(HfsRules.HeaderReadable, header.Position, $"the header of the volume is read from its copy at byte {header.End - HfsHeader.Offset}");
                }

                if (header.WrappedPosition is { } wrapped && HfsHeader.Read(medium, wrapped) is { } inner)
                {
                    found.Add(inner);
                }

                found.Add(header);
            }
        }

        return found;
    }

    /// <summary>Opens a tree of ISO 9660 by its descriptor; null where there is none.</summary>
    public IsoTree? OpenIso(VolumeView view, VolumeDescriptor? descriptor)
    {
        if (descriptor is null)
        {
            return null;
        }

        return IsoTree.Open(Medium, new()
        {
            View = view,
            VolumeIdentifier = descriptor.IsJoliet
                ? Joliet.JolietText.Field(descriptor.VolumeIdentifier)
                : IsoText.Field(descriptor.VolumeIdentifier),
            RootRecord = descriptor.RootRecord.ToArray(),
            RootRecordPosition = descriptor.RootRecordPosition,
            BlockSize = BlockSize(descriptor.LogicalBlockSize),
            Structures = IsoStructures.Of(Iso, descriptor),
            Table = new(Medium, descriptor, BlockSize(descriptor.LogicalBlockSize)),
        }, Findings);
    }

    /// <summary>Opens the tree of High Sierra; null where there is none.</summary>
    public IsoTree? OpenHighSierra()
    {
        HighSierraDescriptor? descriptor = Iso.HighSierra.FirstOrDefault(d => d.Type == VolumeDescriptor.PrimaryType);
        return descriptor is null ? null : IsoTree.Open(Medium, new()
        {
            View = VolumeView.HighSierra,
            VolumeIdentifier = IsoText.Field(descriptor.VolumeIdentifier),
            RootRecord = descriptor.RootRecord.ToArray(),
            RootRecordPosition = descriptor.Position + 180,
            BlockSize = BlockSize(descriptor.LogicalBlockSize),
            Structures = [.. Iso.HighSierra.Select(d => new DiscStructure("High Sierra volume descriptor", new(d.Position, VolumeDescriptor.Length)))],
        }, Findings);
    }

    // A size that no standard knows is as good as none: nearly every disc has blocks of 2048 bytes.
    private static int BlockSize(int recorded) => recorded is 512 or 1024 or 2048 ? recorded : 2048;
}
