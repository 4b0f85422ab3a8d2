// SPDX-License-Identifier: MIT
namespace Spindle.Mastering;

/// <summary>Says what a directory will cost on a disc, to the sector, from the names in it alone: the planner's tool.</summary>
/// <remarks>
/// <para>
/// Usage: <see cref="Clear"/>, then one of the Add methods for each entry in any order, then <see cref="Measure"/>; and again for
/// the next directory. The sum over all directories of a disc, the root included, and the sectors of the contents give
/// <see cref="VolumeGeometry.Total"/>, which is what <see cref="DiscLayout"/> comes to.
/// </para>
/// <para>Takes memory for one directory, about 150 bytes for each name in it, and keeps it for the next. Not thread-safe.</para>
/// </remarks>
/// <param name="options">How the disc is written: only the symbolic links of UDF matter here.</param>
public sealed class DirectoryMeter(LayoutOptions options)
{
    private readonly DirectoryComposer _composer = new(options.UdfSymlinks);

    /// <summary>Begins a directory.</summary>
    public void Clear() => _composer.Clear();

    /// <summary>Adds a directory; what is in it is measured by itself.</summary>
    /// <param name="name">Bytes of the name, 1 to 255; each name once.</param>
    public void AddDirectory(ReadOnlySpan<byte> name) => Add(name, NodeKind.Directory, 0);

    /// <summary>Adds a file. Its content counts for itself: the same content may have many files.</summary>
    /// <param name="name">Bytes of the name, 1 to 255; each name once.</param>
    /// <param name="size">Bytes of the content: each 4 GiB take another record. For a tail content any size will do.</param>
    public void AddFile(ReadOnlySpan<byte> name, long size) => Add(name, NodeKind.File, size);

    /// <summary>Adds a further name of a file that the disc has under another one.</summary>
    /// <param name="name">Bytes of the name, 1 to 255; each name once.</param>
    /// <param name="size">Bytes of the content.</param>
    public void AddHardLink(ReadOnlySpan<byte> name, long size) => Add(name, NodeKind.HardLink, size);

    /// <summary>Adds a symbolic link.</summary>
    /// <param name="name">Bytes of the name, 1 to 255; each name once.</param>
    /// <param name="target">Where it leads: 1 to 4,095 bytes.</param>
    public void AddSymlink(ReadOnlySpan<byte> name, ReadOnlySpan<byte> target)
    {
        DiscTree.ThrowIfNoName(name);
        DiscTree.ThrowIfNoTarget(target);
        _composer.AddLink(name, target);
    }

    /// <summary>What the directory costs.</summary>
    /// <param name="depth">How many directories lie above it: 0 for the root of the disc.</param>
    public MetadataCost Measure(int depth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        _composer.Prepare(depth);
        return _composer.Measure(out _);
    }

    private void Add(ReadOnlySpan<byte> name, NodeKind kind, long size)
    {
        DiscTree.ThrowIfNoName(name);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, VolumeGeometry.MaximumContent);
        _composer.Add(name, kind, size);
    }
}
