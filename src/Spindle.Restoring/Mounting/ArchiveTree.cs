// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Spindle.Catalogue;
using Spindle.Files;
using Spindle.Files.Listing;
using Spindle.Files.Mounting.Trees;

namespace Spindle.Restoring.Mounting;

/// <summary>An archive as a scan found it, as a tree to be shown: names from the catalogue, a page at a time, contents from the discs at hand.</summary>
/// <remarks>A node's number is that of its row, so that a million names take no memory: directories have odd numbers, all others even ones.</remarks>
public sealed class ArchiveTree : IMountedTree, IDisposable
{
    private readonly string _catalogue;
    private readonly ConcurrentBag<TreeReader> _readers = [];
    private readonly DriveContents _contents;
    private readonly Lazy<(long Bytes, long Names)> _totals;

    /// <summary>Opens it.</summary>
    /// <param name="catalogue">The catalogue, as a path.</param>
    /// <param name="scan">The archive as that scan found it; null for the newest that has ended, so that names stay as they are while another one goes on.</param>
    /// <param name="at">The archive as the last scan before that time found it; null for no such time.</param>
    /// <param name="contents">Where contents come from; closed with the tree.</param>
    /// <exception cref="Media.OperationFailedException"><c>no-such-scan</c>, and those of catalogues.</exception>
    public ArchiveTree(string catalogue, long? scan, DateTimeOffset? at, DriveContents contents)
    {
        (_catalogue, _contents) = (catalogue, contents);
        using (CatalogueDatabase database = CatalogueDatabase.OpenForReading(catalogue))
        using (Statement newest = database.Prepare("SELECT max(id) FROM scan WHERE finished IS NOT NULL"))
        {
            Scan = RestoreSelection.ScanOf(database, scan ?? (at is null ? newest.Scalar() : null), at);
        }

        _totals = new(() => Read(reader => reader.Totals()));
    }

    /// <summary>The scan; 0 where there was none yet.</summary>
    public long Scan { get; }

    /// <inheritdoc/>
    public bool IsFixed => true;

    /// <inheritdoc/>
    public (long Bytes, long Names) Totals => _totals.Value;

    /// <inheritdoc/>
    public MountedNode Find(ulong directory, ReadOnlySpan<byte> name)
    {
        TreeReader reader = Take();
        try
        {
            return reader.Find(directory, name).Node;
        }
        finally
        {
            _readers.Add(reader);
        }
    }

    /// <inheritdoc/>
    public MountedNode Get(ulong inode) => Read(reader => reader.Get(inode).Node);

    /// <inheritdoc/>
    public void List(ulong directory, ulong after, IMountedListing listing) => Read(reader => reader.List(directory, after, listing));

    /// <inheritdoc/>
    public byte[]? Target(ulong inode) => Read(reader => reader.Target(inode));

    /// <inheritdoc/>
    public IReadOnlyList<ExtendedAttribute> Attributes(ulong inode) => Read(reader =>
    {
        TreeEntry entry = reader.Get(inode);
        return entry.Node.Kind != EntryKind.File || entry.Node.Inode == 0 ? reader.OwnAttributes(entry)
            : [.. _contents.Tell(reader.Database, entry.Content, entry.Node.Size).Select(Attribute), .. reader.OwnAttributes(entry)];
    });

    /// <inheritdoc/>
    public MountedState Open(ulong inode, out MountedFile? file)
    {
        TreeReader reader = Take();
        try
        {
            file = null;
            TreeEntry entry = reader.Get(inode);
            return entry.Node.Inode == 0 || entry.Node.Kind != EntryKind.File ? MountedState.Gone
                : entry.Content is not { } content ? MountedState.Lost
                : _contents.Open(reader.Database, content, entry.Node.Size, reader.DataRuns(entry), out file);
        }
        finally
        {
            _readers.Add(reader);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_readers.TryTake(out TreeReader? reader))
        {
            reader.Dispose();
        }

        _contents.Dispose();
    }

    private static ExtendedAttribute Attribute((string Name, string Value) told) =>
        new(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"user.spindle.{told.Name}")), Encoding.UTF8.GetBytes(told.Value));

    private TreeReader Take() => _readers.TryTake(out TreeReader? reader) ? reader : new(CatalogueDatabase.OpenForReading(_catalogue), Scan);

    private T Read<T>(Func<TreeReader, T> read)
    {
        TreeReader reader = Take();
        try
        {
            return read(reader);
        }
        finally
        {
            _readers.Add(reader);
        }
    }
}
