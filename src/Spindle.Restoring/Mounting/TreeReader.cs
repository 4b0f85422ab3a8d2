// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Files;
using Spindle.Files.Listing;
using Spindle.Files.Mounting.Trees;

namespace Spindle.Restoring.Mounting;

/// <summary>Asks a catalogue of its names as of one scan; belongs to one thread at a time.</summary>
internal sealed class TreeReader : IDisposable
{
    private const int CacheKibibytes = 16 * 1024; // each thread has a reader of its own
    private const int MostNamesLookedAt = 256; // of a content, to count those of one file
    private const int NameColumn = 1;
    private const int DirectoryMode = 0x16D; // 0555: nobody scanned the root itself

    private readonly Statement _list, _find, _byId, _nameOf, _pathOf, _directoryAt, _linked, _target, _began;
    private readonly long _scan;

    public TreeReader(CatalogueDatabase database, long scan)
    {
        const string Columns = "id, name, kind, size, modified, changed, mode, uid, gid, link_group, content, extra, length(target)";
        (Database, _scan) = (database, scan);
        database.Run($"PRAGMA cache_size = -{CacheKibibytes}");

        // What is there now, and what a later scan found gone, each by its own index and in the order of names.
        string now = $"SELECT {Columns} FROM entry WHERE directory = ?1 AND gone_scan IS NULL AND first_scan <= {scan}";
        string was = $"SELECT {Columns} FROM entry WHERE directory = ?1 AND gone_scan IS NOT NULL AND gone_scan > {scan} AND first_scan <= {scan}";
        _list = database.Prepare($"{now} AND name > ?2 UNION ALL {was} AND name > ?2 ORDER BY name");
        _find = database.Prepare($"{now} AND name = ?2 UNION ALL {was} AND name = ?2");
        _byId = database.Prepare($"SELECT {Columns} FROM entry WHERE id = ?1");
        _nameOf = database.Prepare("SELECT name FROM entry WHERE id = ?1");
        _pathOf = database.Prepare("SELECT path, parent FROM directory WHERE id = ?1");
        _directoryAt = database.Prepare("SELECT id FROM directory WHERE path = ?1");
        _linked = database.Prepare($"SELECT count(*), coalesce(sum(link_group = ?2 AND (gone_scan IS NULL OR gone_scan > {scan})), 0) FROM (SELECT link_group, gone_scan FROM entry WHERE content = ?1 LIMIT {MostNamesLookedAt})");
        _target = database.Prepare("SELECT target FROM entry WHERE id = ?1");
        _began = database.Prepare($"SELECT CAST(strftime('%s', coalesce(finished, started)) AS INTEGER) FROM scan WHERE id = {scan}");
    }

    public CatalogueDatabase Database { get; }

    public TreeEntry Find(ulong directory, ReadOnlySpan<byte> name)
    {
        if (!IsDirectory(directory, out long id) || !_find.Bind(1, id).Bind(2, name).Step())
        {
            return default;
        }

        Row row = Read(_find);
        _find.Reset();
        return ToEntry(row, row.Kind == EntryKind.Directory ? ArchivePath.Join(PathOf(id) ?? [], name) : null);
    }

    public TreeEntry Get(ulong inode)
    {
        if (inode == IMountedTree.Root)
        {
            long modified = (_began.Scalar() ?? 0) * 1_000_000_000;
            return new(new(inode, EntryKind.Directory) { Mode = DirectoryMode, Modified = modified, Changed = modified, Links = 1 }, 0, null);
        }

        if (IsDirectory(inode, out long id))
        {
            return PathOf(id) is { } path && _directoryAt.Bind(1, ArchivePath.DirectoryOf(path)).Scalar() is { } parent && Find(NumberOfDirectory(parent), ArchivePath.NameOf(path)) is { Node.Kind: EntryKind.Directory } found ? found : default;
        }

        if (!_byId.Bind(1, (long)(inode >> 1)).Step())
        {
            return default;
        }

        Row row = Read(_byId);
        _byId.Reset();
        return ToEntry(row, null);
    }

    /// <returns>How many names were taken.</returns>
    public int List(ulong directory, ulong after, IMountedListing listing)
    {
        if (!IsDirectory(directory, out long id) || PathOf(id) is not { } path)
        {
            return 0;
        }

        _list.Bind(1, id).Bind(2, after == 0 ? [] : NameOf(unchecked((long)after)));
        int taken = 0;
        byte[]? below = null;
        while (_list.Step())
        {
            Row row = Read(_list);
            ReadOnlySpan<byte> name = _list.Blob(NameColumn);
            if (row.Kind == EntryKind.Directory)
            {
                below = ArchivePath.Join(path, name);
            }

            if (!listing.Add(name, ToEntry(row, below).Node, unchecked((ulong)row.Id)))
            {
                _list.Reset();
                break;
            }

            taken++;
        }

        return taken;
    }

    public byte[]? Target(ulong inode)
    {
        if (IsDirectory(inode, out _) || !_target.Bind(1, (long)(inode >> 1)).Step())
        {
            return null;
        }

        byte[]? target = _target.IsNull(0) ? null : _target.Blob(0).ToArray();
        _target.Reset();
        return target;
    }

    /// <summary>Those that the source had, and that anybody may have: what the system itself protects is not shown.</summary>
    public IReadOnlyList<ExtendedAttribute> OwnAttributes(TreeEntry entry) =>
        [.. ExtraOf(entry).Attributes.Where(attribute => attribute.Name.AsSpan().StartsWith("user."u8) && !attribute.Name.AsSpan().StartsWith("user.spindle."u8) && attribute.LeftOut == 0)];

    /// <summary>Where the data of a file with holes lies; null where it has none.</summary>
    public IReadOnlyList<(long Offset, long Length)>? DataRuns(TreeEntry entry) => ExtraOf(entry).DataRuns;

    public (long Bytes, long Names) Totals()
    {
        using Statement sum = Database.Prepare($"SELECT coalesce(sum(size), 0), count(*) FROM entry WHERE first_scan <= {_scan} AND (gone_scan IS NULL OR gone_scan > {_scan})");
        _ = sum.Step();
        return (sum.Number(0), sum.Number(1));
    }

    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[_list, _find, _byId, _nameOf, _pathOf, _directoryAt, _linked, _target, _began])
        {
            statement.Dispose();
        }

        Database.Dispose();
    }

    // Catalogues may come from elsewhere: numbers that no row has are no reason to end.
    private static ulong NumberOf(long id) => unchecked((ulong)id * 2);

    private static ulong NumberOfDirectory(long id) => unchecked(((ulong)id * 2) - 1);

    private static bool IsDirectory(ulong inode, out long id)
    {
        id = unchecked((long)(inode >> 1) + 1);
        return (inode & 1) == 1;
    }

    private static Row Read(Statement row)
    {
        Extras.Extra extra = row.IsNull(11) ? Extras.Extra.None : Extras.Parse(row.Blob(11));
        long size = row.Number(3);
        MountedNode node = new(0, (EntryKind)row.Number(2))
        {
            Size = (EntryKind)row.Number(2) == EntryKind.Symlink ? row.NumberOrNull(12) ?? 0 : size,
            Stored = extra.DataRuns?.Sum(run => run.Length) ?? size,
            Modified = row.Number(4),
            Changed = row.Number(5),
            Mode = (int)row.Number(6) & 0xFFF,
            UserId = unchecked((uint)row.Number(7)),
            GroupId = unchecked((uint)row.Number(8)),
            Device = extra.Device,
            Links = 1,
        };
        return new(row.Number(0), node, row.NumberOrNull(9), row.NumberOrNull(10));
    }

    private TreeEntry ToEntry(in Row row, byte[]? directory)
    {
        MountedNode node = row.Node with { Inode = NumberOf(row.Id) };
        if (row.Kind == EntryKind.Directory)
        {
            if (directory is not null && _directoryAt.Bind(1, directory).Scalar() is { } id)
            {
                node = node with { Inode = NumberOfDirectory(id) };
            }
        }
        else if (row.LinkGroup is { } group)
        {
            node = node with { Inode = NumberOf(IsOfSameFile(row, group) ? group : row.Id), Links = row.Content is { } content ? Names(content, group) : 1 };
        }

        return new(node, row.Id, row.Content);
    }

    /// <summary>Whether the name that a group is called by, which may be gone, stands for the same content.</summary>
    private bool IsOfSameFile(in Row row, long group)
    {
        if (group == row.Id)
        {
            return true;
        }

        if (!_byId.Bind(1, group).Step())
        {
            return false;
        }

        bool isSame = _byId.NumberOrNull(10) == row.Content && _byId.Number(3) == row.Node.Size && (EntryKind)_byId.Number(2) == row.Kind;
        _byId.Reset();
        return isSame;
    }

    /// <summary>How many names a file has; where its content has very many, that is not counted, and two are told.</summary>
    private long Names(long content, long group)
    {
        _ = _linked.Bind(1, content).Bind(2, group).Step();
        (long looked, long names) = (_linked.Number(0), _linked.Number(1));
        _linked.Reset();
        return Math.Max(names, looked == MostNamesLookedAt ? 2 : 1);
    }

    private byte[]? PathOf(long directory)
    {
        if (!_pathOf.Bind(1, directory).Step())
        {
            return null;
        }

        byte[] path = _pathOf.Blob(0).ToArray();
        _pathOf.Reset();
        return path;
    }

    private byte[] NameOf(long entry)
    {
        byte[] name = _nameOf.Bind(1, entry).Step() ? _nameOf.Blob(0).ToArray() : [];
        _nameOf.Reset();
        return name;
    }

    private Extras.Extra ExtraOf(TreeEntry entry)
    {
        if (entry.Row == 0 || !_byId.Bind(1, entry.Row).Step())
        {
            return Extras.Extra.None;
        }

        Extras.Extra extra = _byId.IsNull(11) ? Extras.Extra.None : Extras.Parse(_byId.Blob(11));
        _byId.Reset();
        return extra;
    }

    private readonly record struct Row(long Id, MountedNode Node, long? LinkGroup, long? Content)
    {
        public EntryKind Kind => Node.Kind;
    }
}

/// <summary>A name of the archive.</summary>
/// <param name="Node">What it is.</param>
/// <param name="Row">Its row; 0 for the root.</param>
/// <param name="Content">What it holds; null of all but files, and of those that could not be read.</param>
internal readonly record struct TreeEntry(MountedNode Node, long Row, long? Content);
