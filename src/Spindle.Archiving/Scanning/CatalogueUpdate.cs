// SPDX-License-Identifier: MIT
using Microsoft.Data.Sqlite;
using Spindle.Catalogue;
using Spindle.Files;
using Spindle.Files.Listing;

namespace Spindle.Archiving.Scanning;

/// <summary>Writes what a scan finds into the catalogue: an entry holds from one scan to before another.</summary>
/// <remarks>
/// An entry that this very scan wrote is changed in place; an older one ends, and a new one begins. Times of status changes,
/// inodes and devices only help to see what is unchanged: they are renewed in place, always.
/// </remarks>
internal sealed partial class CatalogueUpdate : IDisposable
{
    private const string KnownColumns = "id, first_scan, kind, size, modified, changed, device, inode, mode, uid, gid, content, link_group, flags";

    private readonly CatalogueDatabase _database;
    private readonly long _scan;
    private readonly byte[] _prefix;
    private readonly TimeProvider _time;
    private readonly List<Statement> _statements = [];
    private readonly Statement _findDirectory;
    private readonly Statement _addDirectory;
    private readonly Statement _list;
    private readonly Statement _find;
    private readonly Statement _findBySha256;
    private readonly Statement _findBySha512;
    private readonly Statement _addContent;
    private readonly Statement _completeContent;
    private readonly Statement _addEntry;
    private readonly Statement _groupByItself;
    private readonly Statement _renew;
    private readonly Statement _replace;
    private readonly Statement _isSame;
    private readonly Statement _end;
    private readonly Statement _forget;
    private readonly Statement _findInode;
    private readonly Statement _findGroup;
    private readonly Statement _keepGroup;
    private readonly Statement _hasSha512;
    private SqliteTransaction? _transaction;
    private long _transactionBegan;

    public CatalogueUpdate(CatalogueDatabase database, long scan, byte[] prefix, TimeProvider time)
    {
        _database = database;
        _scan = scan;
        _prefix = prefix;
        _time = time;
        _database.Run("PRAGMA foreign_keys = OFF"); // every number written here was had from its table; looking again takes a fifth of the time
        _findDirectory = Prepare("SELECT id FROM directory WHERE path = ?1");
        _addDirectory = Prepare("INSERT INTO directory (parent, path) VALUES (?1, ?2)");
        _list = Prepare($"SELECT {KnownColumns}, name FROM entry WHERE directory = ?1 AND gone_scan IS NULL ORDER BY name");
        _find = Prepare($"SELECT {KnownColumns} FROM entry WHERE directory = ?1 AND name = ?2 AND gone_scan IS NULL");
        _findBySha256 = Prepare("SELECT id, sha512 IS NULL FROM content WHERE sha256 = ?1");
        _findBySha512 = Prepare("SELECT id FROM content WHERE sha512 = ?1");
        _addContent = Prepare("INSERT INTO content (size, sha256, sha512) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
        _completeContent = Prepare("UPDATE content SET sha256 = ?2, sha512 = ?3 WHERE id = ?1");
        _addEntry = Prepare("""
            INSERT INTO entry (kind, content, size, modified, changed, device, inode, mode, uid, gid, link_group, target, extra, flags, directory, name, first_scan)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
            """);
        _groupByItself = Prepare("UPDATE entry SET link_group = id WHERE id = ?1");
        _renew = Prepare("UPDATE entry SET changed = ?2, device = ?3, inode = ?4 WHERE id = ?1");
        _replace = Prepare("""
            UPDATE entry SET kind = ?1, content = ?2, size = ?3, modified = ?4, changed = ?5, device = ?6, inode = ?7, mode = ?8, uid = ?9, gid = ?10,
                link_group = ?11, target = ?12, extra = ?13, flags = ?14
            WHERE id = ?15
            """);
        _isSame = Prepare("""
            SELECT 1 FROM entry
            WHERE id = ?15 AND kind = ?1 AND content IS ?2 AND size = ?3 AND modified = ?4 AND mode = ?8 AND uid = ?9 AND gid = ?10
                AND link_group IS ?11 AND target IS ?12 AND extra IS ?13 AND flags = ?14
            """);
        _end = Prepare("UPDATE entry SET gone_scan = ?2 WHERE id = ?1");
        _forget = Prepare("DELETE FROM entry WHERE id = ?1");
        _findInode = Prepare("""
            SELECT e.content, e.extra, d.path FROM entry e JOIN directory d ON d.id = e.directory
            WHERE e.kind = 0 AND e.inode = ?1 AND e.device = ?2 AND e.size = ?3 AND e.modified = ?4 AND e.changed = ?5 AND e.content IS NOT NULL AND e.flags = 0
            """);
        _findGroup = Prepare("""
            SELECT e.link_group, d.path FROM entry e JOIN directory d ON d.id = e.directory
            WHERE e.kind = 0 AND e.inode = ?1 AND e.device = ?2 AND e.content IS ?3 AND e.link_group IS NOT NULL AND e.gone_scan IS NULL
            """);
        _database.Run("CREATE TEMP TABLE IF NOT EXISTS kept_group (link_group INTEGER PRIMARY KEY); DELETE FROM kept_group");
        _keepGroup = Prepare("INSERT OR IGNORE INTO kept_group (link_group) VALUES (?1)");
        _hasSha512 = Prepare("SELECT sha512 IS NOT NULL FROM content WHERE id = ?1");
    }

    /// <summary>The row of a directory, which is made where there is none.</summary>
    /// <param name="path">From the archive's root.</param>
    public (long Id, bool IsNew) Directory(ReadOnlySpan<byte> path)
    {
        if (_findDirectory.Bind(1, path).Scalar() is { } known)
        {
            return (known, false);
        }

        int slash = path.LastIndexOf((byte)'/');
        long parent = Directory(slash < 0 ? [] : path[..slash]).Id;
        Begin();
        _addDirectory.Bind(1, parent).Bind(2, path).Run();
        return (_addDirectory.LastRowId, true);
    }

    /// <summary>The path of a directory, from the archive's root.</summary>
    public byte[] PathOf(long directory)
    {
        using Statement statement = _database.Prepare("SELECT path FROM directory WHERE id = ?1");
        statement.Bind(1, directory).Step();
        return statement.Blob(0).ToArray();
    }

    /// <summary>What a directory holds, as far as the catalogue knows, in the order of names.</summary>
    /// <remarks>Nothing may be written before the last of them was had.</remarks>
    public Statement List(long directory) => _list.Bind(1, directory);

    /// <summary>The name in the row that <see cref="List"/> stands on.</summary>
    public static ReadOnlySpan<byte> NameOf(Statement row) => row.Blob(14);

    /// <summary>The status in the row that <see cref="List"/> stands on.</summary>
    public static NodeStatus StatusOf(Statement row) => new(
        (EntryKind)row.Number(2), row.Number(3), row.Number(4), row.Number(5), row.Number(6), row.Number(7), (int)row.Number(8), row.Number(9), row.Number(10), 0, 0, 0);

    /// <summary>The row that <see cref="List"/> stands on.</summary>
    public static KnownEntry Known(Statement row, in NodeStatus status) =>
        new(row.Number(0), row.Number(1), status, row.NumberOrNull(11), row.NumberOrNull(12), row.Number(13));

    public KnownEntry? Find(long directory, ReadOnlySpan<byte> name)
    {
        if (!_find.Bind(1, directory).Bind(2, name).Step())
        {
            return null;
        }

        KnownEntry known = Known(_find, StatusOf(_find));
        _find.Reset();
        return known;
    }

    /// <summary>Whether SHA-512 is known, too.</summary>
    public bool HasSha512(long content) => _hasSha512.Bind(1, content).Scalar() == 1;

    /// <summary>A file that the catalogue knows under another name of the same source, and that had no status change since it was read.</summary>
    /// <remarks>A directory above it was renamed. A file that was renamed itself has a new status change, which a write could have made as well.</remarks>
    /// <returns>Its content, and all else that is kept.</returns>
    public (long Content, byte[]? Extra)? FindUntouched(in NodeStatus status)
    {
        if (status.Inode == 0 || status.Changed <= 0)
        {
            return null; // the system has no numbers of files, or no times of status changes
        }

        (long, byte[]?)? found = null;
        _findInode.Bind(1, status.Inode).Bind(2, status.Device).Bind(3, status.Size).Bind(4, status.Modified).Bind(5, status.Changed);
        while (found is null && _findInode.Step())
        {
            if (IsBelowPrefix(_findInode.Blob(2)))
            {
                found = (_findInode.Number(0), _findInode.IsNull(1) ? null : _findInode.Blob(1).ToArray());
            }
        }

        _findInode.Reset();
        return found;
    }

    /// <summary>The row of a content, which is made where there is none.</summary>
    public long Content(long size, byte[] sha256, byte[]? sha512)
    {
        Begin();
        _addContent.Bind(1, size).Bind(2, sha256);
        (sha512 is null ? _addContent.BindNull(3) : _addContent.Bind(3, sha512)).Run();
        if (_addContent.Changes == 1)
        {
            return _addContent.LastRowId;
        }

        bool isComplete = true;
        long? content = null;
        if (_findBySha256.Bind(1, sha256).Step())
        {
            content = _findBySha256.Number(0);
            isComplete = sha512 is null || _findBySha256.Number(1) == 0;
            _findBySha256.Reset();
        }

        // An imported catalogue may know it by its SHA-512 only; and then we may have known it by its SHA-256 only.
        if (!isComplete && _findBySha512.Bind(1, sha512).Scalar() is { } twin && twin != content)
        {
            Join(twin, content!.Value);
        }

        content ??= _findBySha512.Bind(1, sha512).Scalar();
        if (!isComplete || sha512 is not null && _findBySha256.Bind(1, sha256).Scalar() is null)
        {
            _completeContent.Bind(1, content!.Value).Bind(2, sha256).Bind(3, sha512).Run();
        }

        return content!.Value;
    }

    /// <summary>Two rows turned out to be one content.</summary>
    private void Join(long twin, long content) => _database.Run($"""
        UPDATE entry SET content = {content} WHERE content = {twin};
        INSERT OR IGNORE INTO placement (content, part, disc, offset, length, sha256) SELECT {content}, part, disc, offset, length, sha256 FROM placement WHERE content = {twin};
        DELETE FROM placement WHERE content = {twin};
        DELETE FROM content WHERE id = {twin};
        """);

    /// <summary>Says what a name stands for now.</summary>
    /// <returns>Whether anything about it is new.</returns>
    public bool Put(long directory, ReadOnlySpan<byte> name, KnownEntry? previous, in Finding finding)
    {
        Begin();
        long? group = finding.Status.Kind == EntryKind.File && finding.Status.Links > 1 ? GroupOf(previous, finding) : null;
        bool groupsByItself = group is null && finding.Status.Kind == EntryKind.File && finding.Status.Links > 1;
        if (previous is not null && !groupsByItself && Bind(_isSame, finding, group).Bind(15, previous.Id).Scalar() is not null)
        {
            _renew.Bind(1, previous.Id).Bind(2, finding.Status.Changed).Bind(3, finding.Status.Device).Bind(4, finding.Status.Inode).Run();
            return false;
        }

        long row;
        if (previous is not null && previous.FirstScan == _scan)
        {
            Bind(_replace, finding, group).Bind(15, previous.Id).Run();
            row = previous.Id;
        }
        else
        {
            if (previous is not null)
            {
                _end.Bind(1, previous.Id).Bind(2, _scan).Run();
            }

            Bind(_addEntry, finding, group).Bind(15, directory).Bind(16, name).Bind(17, _scan).Run();
            row = _addEntry.LastRowId;
        }

        if (groupsByItself)
        {
            _groupByItself.Bind(1, row).Run();
        }

        return true;
    }

    /// <summary>A name is gone, and all that was below it.</summary>
    /// <param name="entry">What the catalogue says about it.</param>
    /// <param name="directoryPath">Its path in the archive, which matters where it was a directory.</param>
    public void Gone(KnownEntry entry, ReadOnlySpan<byte> directoryPath)
    {
        Begin();
        if (entry.FirstScan == _scan)
        {
            _forget.Bind(1, entry.Id).Run();
        }
        else
        {
            _end.Bind(1, entry.Id).Bind(2, _scan).Run();
        }

        if (entry.Status.Kind == EntryKind.Directory)
        {
            GoneBelow(directoryPath);
        }
    }

    /// <summary>All that is below a directory is gone.</summary>
    public void GoneBelow(ReadOnlySpan<byte> path)
    {
        Begin();
        byte[] first = path.IsEmpty ? [] : [.. path, (byte)'/'];
        byte[] behind = path.IsEmpty ? [] : [.. path, (byte)'/' + 1];
        const string Below = "gone_scan IS NULL AND directory IN (SELECT id FROM directory WHERE path = ?2 OR (path > ?3 AND path < ?4) OR ?2 = x'')";
        using Statement forget = _database.Prepare($"DELETE FROM entry WHERE first_scan = ?1 AND {Below}");
        forget.Bind(1, _scan).Bind(2, path).Bind(3, first).Bind(4, behind).Run();
        using Statement end = _database.Prepare($"UPDATE entry SET gone_scan = ?1 WHERE {Below}");
        end.Bind(1, _scan).Bind(2, path).Bind(3, first).Bind(4, behind).Run();
    }

    /// <summary>Opens a transaction, unless one is open.</summary>
    public void Begin()
    {
        if (_transaction is null)
        {
            _transaction = _database.BeginWriting();
            _transactionBegan = _time.GetTimestamp();
        }
    }

    /// <summary>Keeps what was written if the last time was a while ago.</summary>
    /// <param name="interval">At least so long ago.</param>
    public void CommitAfter(TimeSpan interval)
    {
        if (_transaction is not null && _time.GetElapsedTime(_transactionBegan) >= interval)
        {
            _transaction.Commit();
            _transaction.Dispose();
            _transaction = null;
            _database.GiveWay();
        }
    }

    public void Dispose()
    {
        _statements.ForEach(statement => statement.Dispose());
        _transaction?.Dispose();
        _database.Run("PRAGMA foreign_keys = ON");
    }

    private Statement Prepare(string sql)
    {
        Statement statement = _database.Prepare(sql);
        _statements.Add(statement);
        return statement;
    }

    private bool IsBelowPrefix(ReadOnlySpan<byte> path) =>
        _prefix.Length == 0 || (path.StartsWith(_prefix) && (path.Length == _prefix.Length || path[_prefix.Length] == '/'));

    private static Statement Bind(Statement statement, in Finding finding, long? group)
    {
        NodeStatus status = finding.Status;
        statement.Bind(1, (long)status.Kind).Bind(2, finding.Content).Bind(3, status.Size).Bind(4, status.Modified).Bind(5, status.Changed)
            .Bind(6, status.Device).Bind(7, status.Inode).Bind(8, status.Mode).Bind(9, status.Uid).Bind(10, status.Gid).Bind(11, group);
        _ = finding.Target is null ? statement.BindNull(12) : statement.Bind(12, finding.Target);
        _ = finding.Extra is null ? statement.BindNull(13) : statement.BindText(13, finding.Extra);
        return statement.Bind(14, finding.Flags);
    }
}

/// <summary>What a name was found to stand for.</summary>
/// <param name="Status">With <see cref="KnownEntry.MustRead"/> for a change time that proves nothing.</param>
/// <param name="Content">Of a file that was read.</param>
/// <param name="Target">Of a symbolic link.</param>
/// <param name="Extra">JSON in UTF-8.</param>
/// <param name="Flags">As in <see cref="KnownEntry"/>.</param>
internal readonly record struct Finding(NodeStatus Status, long? Content, byte[]? Target, byte[]? Extra, long Flags);
