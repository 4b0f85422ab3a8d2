// SPDX-License-Identifier: MIT
using Spindle.Formats.ApplePartitions;
using Spindle.Formats.Hfs;
using Spindle.Formats.Iso9660;
using Spindle.Formats.Names;
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;
using Spindle.Formats.Volumes;
using Spindle.Media;

namespace Spindle.Formats.Analysis;

/// <summary>Looks at a medium as a whole. No medium, however broken, makes it throw or go on without end.</summary>
public static class DiscAnalyzer
{
    /// <summary>Trailing bytes that are read at most to tell padding from data.</summary>
    private const long TrailingRead = 4 * 1024 * 1024;

    /// <summary>Analyses a medium.</summary>
    /// <remarks>
    /// The last extent of any file or directory is among the candidates: descriptors that say less are not true, and an image that ends
    /// before its files is too small, whatever they say.
    /// </remarks>
    /// <param name="reader">The medium; it stays the caller's.</param>
    /// <param name="options">Which session, and how far to go.</param>
    /// <exception cref="OperationFailedException">The medium or its drive is gone.</exception>
    public static DiscAnalysis Analyze(ISectorReader reader, AnalysisOptions? options = null)
    {
        options ??= new();
        Findings findings = new();
        DiscContents contents = DiscContents.Read(
            reader, new() { SessionStart = options.SessionStart, SessionEnd = options.SessionEnd, MediumStart = options.MediumStart }, findings);
        List<FileTree> trees = [.. contents.OpenAll()];
        List<SizeCandidate> sizes = [];
        long lastExtent = 0;
        bool filesUnknown = false;
        foreach (FileTree tree in trees.Where(_ => options.VerifyTrees))
        {
            TreeVerifier verifier = new(contents, tree, findings) { Seen = options.Seen };
            verifier.Verify();
            lastExtent = Math.Max(lastExtent, verifier.End);
            filesUnknown |= verifier.FilesUnknown;
        }

        if (lastExtent > contents.Medium.Start)
        {
            sizes.Add(new(SizeCandidate.LastExtent, "Spindle", ContentEnd.InSectors(contents.Medium, lastExtent) - contents.Medium.Start, Counts: true));
        }

        List<FileSystemAnalysis> fileSystems = [.. FileSystems(contents, trees, sizes, lastExtent, findings)];
        AddPartitions(contents, sizes);
        long expected = sizes.Where(size => size.Counts).Select(size => size.Bytes).DefaultIfEmpty(0).Max();
        return new()
        {
            SizeActual = reader.Length,
            SizeExpected = expected,
            Sizes = sizes,
            FileSystems = fileSystems,
            Views = [.. trees.Select(tree => tree.View)],
            BootImages = contents.Boot?.Images ?? [],
            VolumeIdentifier = trees.Select(tree => tree.VolumeIdentifier).FirstOrDefault(name => name.Length > 0) ?? "",
            Trailing = Trailing(contents.Medium, expected),
            Findings = findings,
            FilesUnknown = filesUnknown,
            Contents = contents,
            MediumStart = options.MediumStart,
        };
    }

    private static IEnumerable<FileSystemAnalysis> FileSystems(
        DiscContents contents, List<FileTree> trees, List<SizeCandidate> sizes, long lastExtent, Findings findings)
    {
        Medium medium = contents.Medium;
        // Where the primary descriptor is lost, one of another tree has the same fields (§8.5).
        if ((contents.Iso.Primary ?? contents.Iso.Joliet ?? contents.Iso.Enhanced) is { } primary)
        {
            long needed = Math.Max((long)primary.PathTableL * primary.LogicalBlockSize, lastExtent);
            sizes.Add(new("iso9660-volume-space-size", "ECMA-119 §8.4.8",
                FromStart(contents, primary.VolumeSpaceSize * (long)primary.LogicalBlockSize, needed), Counts: true));
            yield return new(FileSystemType.Iso9660, NameIn(trees, contents.Iso.Primary is null ? trees.Find(tree => tree.View is VolumeView.Joliet or VolumeView.Enhanced)?.View ?? VolumeView.Iso9660 : VolumeView.Iso9660), sizes[^1].Bytes)
            {
                LogicalBlockSize = primary.LogicalBlockSize,
                VolumeSpaceSize = primary.VolumeSpaceSize,
                Created = primary.Created,
                Publisher = TextOf(primary.Bytes(first: 319, last: 446)),
                DataPreparer = TextOf(primary.Bytes(first: 447, last: 574)),
            };
        }

        if (contents.Iso.HighSierra.FirstOrDefault(d => d.Type == VolumeDescriptor.PrimaryType) is { } highSierra)
        {
            sizes.Add(new("high-sierra-volume-space-size", "High Sierra, volume space size",
                FromStart(contents, highSierra.VolumeSpaceSize * (long)highSierra.LogicalBlockSize, lastExtent), Counts: true));
            yield return new(FileSystemType.HighSierra, NameIn(trees, VolumeView.HighSierra), sizes[^1].Bytes);
        }

        foreach (HfsHeader header in contents.HfsVolumes)
        {
            long end = HfsEnd(contents, header);
            if (end == header.End)
            {
                header.VerifyAlternate(medium, findings);
            }

            sizes.Add(header.IsPlus
                ? new("hfs-plus-total-blocks", "TN1150 'Volume Header'", Math.Max(0, end - medium.Start), Counts: true)
                : new("hfs-allocation-blocks", "Inside Macintosh: Files, 'Master Directory Blocks'", Math.Max(0, end - medium.Start), Counts: true));
            FileSystemType type = header.IsPlus ? FileSystemType.HfsPlus : header.IsMfs ? FileSystemType.Mfs : FileSystemType.Hfs;
            yield return new(type, header.IsPlus ? NameIn(trees, VolumeView.HfsPlus) : header.VolumeName, sizes[^1].Bytes);
        }

        if (contents.Udf is { } udf)
        {
            int first = sizes.Count;
            sizes.AddRange(UdfSize.Candidates(contents, udf, sizes, findings));
            yield return new(
                FileSystemType.Udf,
                udf.Label,
                sizes.Skip(first).Where(size => size.Counts).Select(size => (long?)size.Bytes).Max())
            {
                LogicalBlockSize = udf.Descriptors.BlockSize,
                Implementation = udf.Descriptors.LogicalVolume is { } volume ? NullIfEmpty(UdfText.Identifier(volume.Bytes[272..304])) : null,
            };
        }
    }

    // Makers of hybrid discs leave the last two units of 512 bytes, with the copy of the header, out of the partition.
    private static long HfsEnd(DiscContents contents, HfsHeader header)
    {
        foreach (AppleDescriptor partition in contents.Apple.Partitions)
        {
            long start = contents.Medium.Start + (partition.PartitionStart * (long)contents.Apple.BlockSize);
            long end = start + (partition.PartitionBlocks * (long)contents.Apple.BlockSize);
            if (start == header.VolumePosition && end < header.End && end >= header.End - HfsHeader.Offset)
            {
                return end;
            }
        }

        return header.End;
    }

    // Some writers count the blocks of a later session from the start of the disc, others from the start of the session.
    private static long FromStart(DiscContents contents, long end, long needed)
    {
        bool isRelative = contents.SessionPosition > 0 && (end <= contents.SessionPosition || end < needed);
        return Math.Max(0, (isRelative ? contents.SessionPosition + end : end) - contents.Medium.Start);
    }

    private static string? TextOf(ReadOnlySpan<byte> field) => NullIfEmpty(IsoText.Field(field));

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;

    private static string NameIn(List<FileTree> trees, VolumeView view) => trees.Find(tree => tree.View == view)?.VolumeIdentifier ?? "";

    private static void AddPartitions(DiscContents contents, List<SizeCandidate> sizes)
    {
        const string source = "Inside Macintosh: Devices, 'The Partition Map'";
        if (contents.Apple.Driver is { } driver)
        {
            sizes.Add(new("apple-driver-descriptor", source, (long)driver.BlockCount * driver.BlockSize, contents.Apple.IsDeviceSizeTrue));
        }

        if (contents.Apple.Partitions.Count > 0)
        {
            sizes.Add(new("apple-partition-map", source, contents.Apple.PartitionsEnd, Counts: true));
        }
    }

    private static TrailingData Trailing(Medium medium, long expected)
    {
        const int runOutSectors = 2;
        long length = medium.Length - expected;
        if (length <= 0 || expected == 0)
        {
            return TrailingData.None;
        }

        bool isRunOut = length >= medium.SectorSize && length <= runOutSectors * (long)medium.SectorSize;
        byte[] bytes = new byte[64 * 1024];
        for (long done = 0; done < Math.Min(length, TrailingRead); done += bytes.Length)
        {
            Span<byte> part = bytes.AsSpan(0, (int)Math.Min(bytes.Length, length - done));
            if (!medium.TryRead(medium.Start + expected + done, part) || part.IndexOfAnyExcept((byte)0) >= 0)
            {
                return isRunOut ? TrailingData.RunOut : TrailingData.Other;
            }
        }

        return isRunOut ? TrailingData.RunOut : TrailingData.Padding;
    }
}
