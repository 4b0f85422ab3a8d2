// SPDX-License-Identifier: MIT
using Spindle.Formats.Udf;
using Spindle.Media;

namespace Spindle.Mastering;

/// <summary>
/// Where everything of a disc lies, before its first byte is written: one tree in UDF, ISO 9660 level 3, Joliet and Rock Ridge over the
/// same contents. docs/formats/image-layout.md is the norm.
/// </summary>
/// <remarks>
/// Follows from tree and options alone, which must not change any more. Takes some 20 bytes for each entry beside the tree, 8 for
/// each content, and 150 for each directory. Reading it is thread-safe; <see cref="Segments"/> and <see cref="Names"/> work with
/// state of their own.
/// </remarks>
public sealed class DiscLayout
{
    private readonly LayoutTables _tables;
    private readonly long[] _tailSizes;

    private DiscLayout(DiscTree tree, LayoutOptions options, LayoutTables tables, long[] tailSizes)
    {
        Tree = tree;
        Options = options;
        _tables = tables;
        _tailSizes = tailSizes;
        long contentSectors = tables.SectorsOfContents + tailSizes.Sum(VolumeGeometry.SectorsOf);
        Regions = VolumeGeometry.Regions(options, tables.Metadata, contentSectors);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Regions.End, uint.MaxValue);
        if (options.Revision == UdfRevision.Udf250 && (Regions.Contents - Regions.Metadata) * VolumeGeometry.SectorLength > UdfFields.MaximumExtent)
        {
            throw Failures.MetadataTooLarge(tables.Metadata.UdfSectors);
        }
    }

    /// <summary>What is on the disc.</summary>
    public DiscTree Tree { get; }

    /// <summary>How it is written.</summary>
    public LayoutOptions Options { get; }

    /// <summary>Sectors of the image, 2048 bytes each.</summary>
    public long Sectors => Regions.End;

    /// <summary>What the directories cost: the sum of what <see cref="DirectoryMeter"/> says of each.</summary>
    public MetadataCost Metadata => _tables.Metadata;

    /// <summary>
    /// Directories whose parent the path tables of ISO 9660 can't name, because it comes behind the 65,535th directory: programs that
    /// rely on these tables won't find them. Linux, Windows and macOS do not, nor do the other trees.
    /// </summary>
    public int UnnamedParents => Math.Max(PathTable.Iso(_tables).UnnamedParents, PathTable.Joliet(_tables).UnnamedParents);

    internal VolumeRegions Regions { get; }

    /// <summary>Lays a disc out; contents of the tail have no bytes yet.</summary>
    /// <param name="tree">What is on the disc.</param>
    /// <param name="options">How it is written.</param>
    /// <exception cref="ArgumentException">A directory has a name twice, or this is more than 2^32 sectors can hold.</exception>
    /// <exception cref="OperationFailedException">UDF 2.50 can't hold so many files (<c>metadata-too-large</c>).</exception>
    public static DiscLayout Create(DiscTree tree, LayoutOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.VolumeSequenceNumber, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.VolumeSequenceNumber, options.VolumeSetSize, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.VolumeSetSize, ushort.MaxValue, nameof(options));
        return new(tree, options, LayoutTables.Create(tree, options), new long[tree.TailContents.Count]);
    }

    /// <summary>The same layout with contents of the tail that have these sizes. No name and no place of anything else changes.</summary>
    /// <param name="sizes">Bytes of each, in the order of <see cref="DiscTree.TailContents"/>; <see cref="VolumeGeometry.MaximumTailContent"/> at most.</param>
    public DiscLayout WithTailSizes(IReadOnlyList<long> sizes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sizes.Count, _tailSizes.Length);
        foreach (long size in sizes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(sizes));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(size, VolumeGeometry.MaximumTailContent, nameof(sizes));
        }

        return new(Tree, Options, _tables, [.. sizes]);
    }

    /// <summary>Bytes of a content; of one of the tail, as told last.</summary>
    public long SizeOfContent(int content)
    {
        int tail = TailIndexOf(content);
        return tail < 0 ? Tree.SizeOfContent(content) : _tailSizes[tail];
    }

    /// <summary>First sector of a content on the disc; -1 for one of no file, or without bytes.</summary>
    public long SectorOfContent(int content)
    {
        if (SizeOfContent(content) == 0)
        {
            return -1;
        }

        int tail = TailIndexOf(content);
        if (tail < 0)
        {
            return _tables.ContentSectors[content] == LayoutTables.Unused ? -1 : Regions.Contents + _tables.ContentSectors[content];
        }

        long sector = Regions.Contents + _tables.SectorsOfContents;
        for (int index = 0; index < tail; index++)
        {
            sector += VolumeGeometry.SectorsOf(_tailSizes[index]);
        }

        return sector;
    }

    /// <summary>Contents in the order in which they lie on the disc, those of the tail last; without those that no file has.</summary>
    public IEnumerable<int> Contents => _tables.ContentOrder.Concat(Tree.TailContents);

    /// <summary>The image from its first sector to its last one, without a gap. Each enumeration makes it anew, the same.</summary>
    public IEnumerable<ImageSegment> Segments() => new ImageComposer(this, _tables).Segments();

    /// <summary>
    /// Entries whose path in ISO 9660 or in UDF is not their true one, in the order of the tree; as ISO 9660 knows only capitals, that
    /// is nearly all. Joliet's names are not told: its tree is there for systems that know neither UDF nor Rock Ridge.
    /// </summary>
    public IEnumerable<NameMapping> Names() => new NameMapper(this, _tables).Enumerate();

    private int TailIndexOf(int content)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(content);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(content, Tree.ContentCount);
        int first = _tailSizes.Length == 0 ? int.MaxValue : Tree.TailContents[0]; // they are numbered one after the other: nearly all are before them
        for (int index = 0; content >= first && index < _tailSizes.Length; index++)
        {
            if (Tree.TailContents[index] == content)
            {
                return index;
            }
        }

        return -1;
    }
}
