// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Archiving.Catalogue;
using Spindle.Files;

namespace Spindle.Archiving.Exchange;

/// <summary>Fills the tables of an empty catalogue.</summary>
internal sealed class ImportTables : IDisposable
{
    private readonly CatalogueDatabase _database;
    private readonly List<Statement> _statements = [];
    private readonly Statement _findDirectory;
    private readonly Statement _addDirectory;
    private readonly Statement _addContent;
    private readonly Statement _findContent;
    private readonly Statement _addEntry;
    private readonly Statement _findEntry;
    private readonly Statement _addPlacement;
    private readonly Statement _addAlso;

    public ImportTables(CatalogueDatabase database)
    {
        _database = database;
        _findDirectory = Prepare("SELECT id FROM directory WHERE path = ?1");
        _addDirectory = Prepare("INSERT INTO directory (parent, path) VALUES (?1, ?2)");
        _addContent = Prepare("INSERT INTO content (size, sha256, sha512) VALUES (?1, ?2, ?3)");
        _findContent = Prepare("SELECT id FROM content WHERE sha256 = ?1 OR (?1 IS NULL AND sha512 = ?2)");
        _addEntry = Prepare("""
            INSERT INTO entry (directory, name, kind, content, size, modified, changed, device, inode, mode, uid, gid, link_group, target, extra, flags, first_scan, gone_scan, disc)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, -1, 0, 0, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
            """);
        _findEntry = Prepare("SELECT 1 FROM entry WHERE directory = ?1 AND name = ?2 AND gone_scan IS NULL");
        _addAlso = Prepare("INSERT INTO entry_also (disc, entry) VALUES (?1, ?2)");
        _addPlacement = Prepare("INSERT INTO placement (content, part, disc, offset, length) VALUES (?1, ?2, ?3, ?4, ?5)");
    }

    public long Entries { get; private set; }

    public long Contents { get; private set; }

    public Statement Prepare(string sql)
    {
        Statement statement = _database.Prepare(sql);
        _statements.Add(statement);
        return statement;
    }

    public long Directory(ReadOnlySpan<byte> path)
    {
        if (_findDirectory.Bind(1, path).Scalar() is { } known)
        {
            return known;
        }

        int slash = path.LastIndexOf((byte)'/');
        _addDirectory.Bind(1, Directory(slash < 0 ? [] : path[..slash])).Bind(2, path).Run();
        return _addDirectory.LastRowId;
    }

    public long Content(long size, byte[]? sha256, byte[]? sha512)
    {
        BindOrNull(_addContent.Bind(1, size), 2, sha256);
        BindOrNull(_addContent, 3, sha512).Run();
        Contents++;
        return _addContent.LastRowId;
    }

    public long? FindContent(byte[]? sha256, byte[]? sha512)
    {
        BindOrNull(_findContent, 1, sha256);
        return BindOrNull(_findContent, 2, sha512).Scalar();
    }

    public void Place(long content, (long Part, long Disc, long Offset, long Length) at) =>
        _addPlacement.Bind(1, content).Bind(2, at.Part).Bind(3, at.Disc).Bind(4, at.Offset).Bind(5, at.Length).Run();

    /// <summary>Adds a name; one that must be read again by the next scan, for no status change is known.</summary>
    public void Entry(in ImportedEntry entry)
    {
        if (!IsSound(entry.Path))
        {
            throw new FormatException($"'{Encoding.UTF8.GetString(entry.Path)}' is no path");
        }

        int slash = entry.Path.AsSpan().LastIndexOf((byte)'/');
        ReadOnlySpan<byte> name = entry.Path.AsSpan(slash + 1);
        _addEntry.Bind(1, Directory(slash < 0 ? [] : entry.Path.AsSpan(0, slash))).Bind(2, name)
            .Bind(3, (long)entry.Kind).Bind(4, entry.Content).Bind(5, entry.Size).Bind(6, entry.Modified)
            .Bind(7, entry.Mode).Bind(8, entry.Uid).Bind(9, entry.Gid).Bind(10, entry.LinkGroup);
        BindOrNull(_addEntry, 11, entry.Target);
        _ = entry.Extra is null ? _addEntry.BindNull(12) : _addEntry.BindText(12, Encoding.UTF8.GetBytes(entry.Extra));
        _addEntry.Bind(13, entry.Flags).Bind(14, entry.FirstScan).Bind(15, entry.GoneScan).Bind(16, entry.Disc).Run();
        Entries++;
        long row = _addEntry.LastRowId;
        foreach (long disc in entry.AlsoOn ?? [])
        {
            _addAlso.Bind(1, disc).Bind(2, row).Run();
        }

        if (entry.Kind == EntryKind.Directory)
        {
            Directory(entry.Path); // one that is empty has a row, too
        }
    }

    /// <summary>Adds the directories above a path that no record names.</summary>
    public void EntriesAbove(byte[] path, long scan)
    {
        for (int slash = path.AsSpan().LastIndexOf((byte)'/'); slash > 0; slash = path.AsSpan(0, slash).LastIndexOf((byte)'/'))
        {
            byte[] directory = path[..slash];
            int above = directory.AsSpan().LastIndexOf((byte)'/');
            if (_findEntry.Bind(1, Directory(above < 0 ? [] : directory.AsSpan(0, above))).Bind(2, directory.AsSpan(above + 1)).Scalar() is not null)
            {
                return;
            }

            Entry(new() { Path = directory, Kind = EntryKind.Directory, Mode = 0x1ED, FirstScan = scan }); // 0755
        }
    }

    /// <summary>New groups of links are numbered by their first entry: the next one must be above all that were imported.</summary>
    public static void NumberEntriesAboveLinkGroups(CatalogueDatabase database) => database.Run("""
        UPDATE entry_also SET entry = (SELECT max(link_group) FROM entry) + 1
        WHERE entry = (SELECT max(id) FROM entry) AND entry <= (SELECT max(link_group) FROM entry);
        UPDATE entry SET id = (SELECT max(link_group) FROM entry) + 1
        WHERE id = (SELECT max(id) FROM entry) AND id <= (SELECT max(link_group) FROM entry)
        """);

    public void Dispose() => _statements.ForEach(statement => statement.Dispose());

    /// <summary>No path leads out of the archive, or to nothing.</summary>
    private static bool IsSound(ReadOnlySpan<byte> path)
    {
        foreach (Range range in path.Split((byte)'/'))
        {
            ReadOnlySpan<byte> part = path[range];
            if (part.IsEmpty || part.SequenceEqual("."u8) || part.SequenceEqual(".."u8) || part.Contains((byte)0))
            {
                return false;
            }
        }

        return true;
    }

    private static Statement BindOrNull(Statement statement, int position, byte[]? value) =>
        value is null ? statement.BindNull(position) : statement.Bind(position, value);
}

/// <summary>A name as a document tells of it; the members are the columns of an entry.</summary>
internal readonly record struct ImportedEntry
{
    public required byte[] Path { get; init; }

    public required EntryKind Kind { get; init; }

    public long? Content { get; init; }

    public long Size { get; init; }

    public long Modified { get; init; }

    public long Mode { get; init; }

    public long Uid { get; init; }

    public long Gid { get; init; }

    public long? LinkGroup { get; init; }

    public byte[]? Target { get; init; }

    public string? Extra { get; init; }

    public long Flags { get; init; }

    public required long FirstScan { get; init; }

    public long? GoneScan { get; init; }

    public long? Disc { get; init; }

    public IReadOnlyList<long>? AlsoOn { get; init; }
}
