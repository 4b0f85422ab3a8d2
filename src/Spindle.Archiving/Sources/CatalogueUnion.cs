// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using Spindle.Archiving.Catalogue;
using Spindle.Files;

namespace Spindle.Archiving.Sources;

/// <summary>Puts catalogues together, record by record. What is known already is never replaced.</summary>
internal sealed class CatalogueUnion : IDisposable
{
    private readonly CatalogueDatabase _database;
    private readonly List<Statement> _statements = [];
    private readonly Statement _addScan;
    private readonly Statement _addPlan;
    private readonly Statement _addDisc;
    private readonly Statement _addContent;
    private readonly Statement _findContent;
    private readonly Statement _addPlacement;
    private readonly Statement _findDirectory;
    private readonly Statement _addDirectory;
    private readonly Statement _addEntry;
    private readonly Statement _findEntry;
    private readonly Statement _endEntry;
    private readonly Statement _findNow;
    private readonly Statement _endNow;
    private readonly Statement _findVersion;
    private byte[]? _lastDirectory;
    private long _lastDirectoryId;
    private bool _isFirst = true;

    public CatalogueUnion(CatalogueDatabase database)
    {
        _database = database;
        _addScan = Prepare("INSERT OR IGNORE INTO scan (id, source, prefix, started, finished, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        _addPlan = Prepare("INSERT OR IGNORE INTO plan (id, uuid, created, scan, capacity, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        _addDisc = Prepare("INSERT OR IGNORE INTO disc (number, plan, uuid, label, status, sectors, files, bytes) VALUES (?1, ?2, ?3, ?4, 'written', 0, 0, 0)");
        _addContent = Prepare("INSERT OR IGNORE INTO content (size, sha256, sha512) VALUES (?1, ?2, ?3)");
        _findContent = Prepare("SELECT id FROM content WHERE sha256 = ?1 OR (?1 IS NULL AND sha512 = ?2)");
        _addPlacement = Prepare("INSERT OR IGNORE INTO placement (content, part, disc, offset, length) VALUES (?1, ?2, ?3, ?4, ?5)");
        _findDirectory = Prepare("SELECT id FROM directory WHERE path = ?1");
        _addDirectory = Prepare("INSERT INTO directory (parent, path) VALUES (?1, ?2)");
        _addEntry = Prepare("""
            INSERT OR IGNORE INTO entry (directory, name, kind, content, size, modified, changed, device, inode, mode, uid, gid, link_group, target, extra, flags, first_scan, gone_scan, disc)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, -1, 0, 0, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
            """);
        _findEntry = Prepare("SELECT id, gone_scan FROM entry WHERE directory = ?1 AND name = ?2 AND first_scan = ?3");
        _endEntry = Prepare("UPDATE entry SET gone_scan = ?2 WHERE id = ?1");
        _findNow = Prepare("SELECT first_scan FROM entry WHERE directory = ?1 AND name = ?2 AND gone_scan IS NULL");
        _endNow = Prepare("UPDATE entry SET gone_scan = ?3 WHERE directory = ?1 AND name = ?2 AND gone_scan IS NULL");
        _findVersion = Prepare("SELECT 1 FROM entry WHERE directory = ?1 AND name = ?2 AND modified = ?3 AND kind = ?4 AND content IS ?5");
    }

    /// <summary>Records that could not be understood.</summary>
    public long DamagedRecords { get; private set; }

    /// <summary>Adds what the lines of a catalogue say.</summary>
    public void Add(DocumentLines lines, CancellationToken cancellationToken)
    {
        CatalogueRecord record = new();
        while (lines.TryRead(out ReadOnlyMemory<byte> line))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (line.Length < 2 || line.Span[0] != '{')
            {
                continue; // between the records
            }

            ReadOnlySpan<byte> text = line.Span[^1] == ',' ? line.Span[..^1] : line.Span;
            if (!record.TryRead(text) || !TryAdd(record))
            {
                DamagedRecords++;
            }
        }

        _isFirst = false;
    }

    /// <summary>Adds what a disc's own list says of its names.</summary>
    public void Add(ArchiveDisc disc)
    {
        DiscIdentity identity = disc.Identity;
        long scan = Math.Max(1, identity.Scan);
        byte[] planned = Encoding.UTF8.GetBytes(identity.Planned.ToString("O"));
        _addScan.Bind(1, scan).Bind(2, []).Bind(3, []).BindText(4, planned).BindText(5, planned).BindNull(6).Run();
        _addPlan.Bind(1, scan).BindText(2, "unknown"u8).BindText(3, planned).Bind(4, scan).Bind(5, 0L).BindText(6, "{}"u8).Run();
        _addDisc.Bind(1, (long)identity.Number).Bind(2, scan).BindText(3, Encoding.UTF8.GetBytes(identity.Disc.ToString())).BindText(4, Encoding.UTF8.GetBytes(identity.Label)).Run();
        Dictionary<string, string> extras = Extras(disc);
        foreach (DiscLine line in DiscIndex.Lines(disc))
        {
            long? content = line is { Kind: EntryKind.File, Sha256: { } sha256 } ? ContentOf(line.Size, sha256, []) : null;
            if (content is { } id && line.Disc is { } number)
            {
                bool isPart = line.Part is { } part && number == identity.Number;
                long length = isPart ? PartLength(disc, line) : line.Size;
                _addPlacement.Bind(1, id).Bind(2, isPart ? PartNumber(line.Part!) : 0L).Bind(3, (long)number).Bind(4, line.Offset).Bind(5, length).Run();
            }

            long directory = DirectoryOf(ArchivePath.DirectoryOf(line.Path));
            if (_findVersion.Bind(1, directory).Bind(2, ArchivePath.NameOf(line.Path)).Bind(3, line.Modified).Bind(4, (long)line.Kind).Bind(5, content).Scalar() is not null)
            {
                continue;
            }

            long? now = _findNow.Bind(1, directory).Bind(2, ArchivePath.NameOf(line.Path)).Scalar();
            if (now < scan)
            {
                // The catalogue is older than the list, and ends with another version of that name.
                _endNow.Bind(1, directory).Bind(2, ArchivePath.NameOf(line.Path)).Bind(3, scan).Run();
                now = null;
            }

            AddEntry(directory, line, content, (scan, now is { } newer ? Math.Max(newer, scan + 1) : null, identity.Number), extras);
        }
    }

    /// <summary>What was listed only where it is needed, and directories that no record speaks of.</summary>
    public void Finish()
    {
        _database.Run("""
            CREATE INDEX entry_content ON entry (content) WHERE content IS NOT NULL;
            INSERT OR IGNORE INTO disc (number, plan, uuid, label, status, sectors, files, bytes)
                SELECT DISTINCT disc, coalesce((SELECT max(id) FROM plan), 1), 'unknown ' || disc, 'disc ' || disc, 'written', 0, 0, 0 FROM placement;
            DELETE FROM placement WHERE part = 0 AND EXISTS (SELECT 1 FROM placement AS other WHERE other.content = placement.content AND other.disc = placement.disc AND other.part > 0);
            """);
        MarkWithdrawn();
    }

    /// <summary>The newest plan says which discs were never made.</summary>
    private void MarkWithdrawn()
    {
        using Statement newest = _database.Prepare("SELECT detail ->> 'withdrawn' FROM plan WHERE json_valid(detail) ORDER BY id DESC LIMIT 1");
        string? text = newest.Step() ? newest.Text(0) : null;
        newest.Reset();
        try
        {
            foreach (int number in DiscNumbers.Parse(text))
            {
                _database.Run($"UPDATE disc SET status = 'withdrawn' WHERE number = {number}");
            }
        }
        catch (FormatException)
        {
            DamagedRecords++;
        }
    }

    public void Dispose() => _statements.ForEach(statement => statement.Dispose());

    private static long PartNumber(byte[] suffix) =>
        System.Buffers.Text.Utf8Parser.TryParse(suffix, out int number, out _) ? number : 1;

    private static long PartLength(ArchiveDisc disc, DiscLine line)
    {
        using DiscContent? part = disc.Open([.. "DATA/"u8, .. line.Path, (byte)'.', .. line.Part!]);
        return part?.Length ?? 0;
    }

    private Statement Prepare(string sql)
    {
        Statement statement = _database.Prepare(sql);
        _statements.Add(statement);
        return statement;
    }

    /// <returns>False where the record lacks what it must have.</returns>
    private bool TryAdd(CatalogueRecord record)
    {
        if (record.HasPath)
        {
            return TryAddEntry(record);
        }

        if (record.Size is { } size)
        {
            return TryAddContent(record, size);
        }

        if (record is { Number: { } number, Plan: { } plan })
        {
            _addDisc.Bind(1, number).Bind(2, plan).BindText(3, record.Uuid).BindText(4, record.Label).Run();
            return true;
        }

        if (record is { Id: { } id, Capacity: { } capacity, Scan: { } scan })
        {
            _addPlan.Bind(1, id).BindText(2, record.Uuid).BindText(3, record.Created).Bind(4, scan).Bind(5, capacity).BindText(6, record.Detail).Run();
            return true;
        }

        if (record is { Id: { } first, HasStart: true })
        {
            _addScan.Bind(1, first).Bind(2, record.Source).Bind(3, record.Prefix).BindText(4, record.Started);
            _ = record.HasFinish ? _addScan.BindText(5, record.Finished) : _addScan.BindNull(5);
            (record.HasDetail ? _addScan.BindText(6, record.Detail) : _addScan.BindNull(6)).Run();
            return true;
        }

        return false;
    }

    private bool TryAddContent(CatalogueRecord record, long size)
    {
        if (ContentOf(size, record.Sha256, record.Sha512) is not { } content)
        {
            return false;
        }

        foreach ((long disc, long part, long offset, long length) in record.Placements)
        {
            _addPlacement.Bind(1, content).Bind(2, part).Bind(3, disc).Bind(4, offset).Bind(5, length).Run();
        }

        return true;
    }

    /// <returns>Null where there is no hash to know it by, or only half of what is known already.</returns>
    private long? ContentOf(long size, ReadOnlySpan<byte> sha256, ReadOnlySpan<byte> sha512)
    {
        if (sha256.IsEmpty && sha512.IsEmpty)
        {
            return null;
        }

        OrNull(OrNull(_addContent.Bind(1, size), 2, sha256), 3, sha512).Run();
        return _addContent.Changes > 0 ? _addContent.LastRowId : OrNull(OrNull(_findContent, 1, sha256), 2, sha512).Scalar();
    }

    private bool TryAddEntry(CatalogueRecord record)
    {
        bool hasHash = !record.Sha256.IsEmpty || !record.Sha512.IsEmpty;
        long? content = hasHash ? OrNull(OrNull(_findContent, 1, record.Sha256), 2, record.Sha256.IsEmpty ? record.Sha512 : []).Scalar() : null;
        ReadOnlySpan<byte> name = ArchivePath.NameOf(record.Path);
        if (record.Kind < 0 || name.IsEmpty || record.FirstScan is not { } first || (hasHash && content is null))
        {
            return false;
        }

        long directory = DirectoryOf(ArchivePath.DirectoryOf(record.Path));
        if (!_isFirst && _findEntry.Bind(1, directory).Bind(2, name).Bind(3, first).Step())
        {
            (long id, bool isOpen) = (_findEntry.Number(0), _findEntry.IsNull(1));
            _findEntry.Reset();
            if (isOpen && record.GoneScan is { } gone)
            {
                _endEntry.Bind(1, id).Bind(2, gone).Run(); // a newer catalogue knows how it went on
            }

            return true;
        }

        _addEntry.Bind(1, directory).Bind(2, name).Bind(3, (long)record.Kind).Bind(4, content).Bind(5, record.Size ?? 0).Bind(6, record.Modified ?? 0)
            .Bind(7, record.Mode ?? 0).Bind(8, record.Uid ?? 0).Bind(9, record.Gid ?? 0).Bind(10, record.LinkGroup);
        _ = record.HasTarget ? _addEntry.Bind(11, record.Target) : _addEntry.BindNull(11);
        _ = record.HasExtra ? _addEntry.BindText(12, record.Extra) : _addEntry.BindNull(12);
        _addEntry.Bind(13, record.Flags ?? 0).Bind(14, first).Bind(15, record.GoneScan).Bind(16, record.Disc).Run();
        return true;
    }

    private void AddEntry(long directory, DiscLine line, long? content, (long First, long? Gone, long Disc) at, Dictionary<string, string> extras)
    {
        _addEntry.Bind(1, directory).Bind(2, ArchivePath.NameOf(line.Path)).Bind(3, (long)line.Kind).Bind(4, content).Bind(5, line.Size).Bind(6, line.Modified)
            .Bind(7, (long)line.Mode).Bind(8, line.UserId).Bind(9, line.GroupId).Bind(10, line.LinkGroup);
        _ = line is { Kind: EntryKind.Symlink, Target: { } target } ? _addEntry.Bind(11, target) : _addEntry.BindNull(11);
        _ = extras.TryGetValue(Convert.ToBase64String(line.Path), out string? extra) ? _addEntry.BindText(12, Encoding.UTF8.GetBytes(extra)) : _addEntry.BindNull(12);
        _addEntry.Bind(13, 0L).Bind(14, at.First).Bind(15, at.Gone).Bind(16, at.Disc).Run();
    }

    /// <summary>What the disc's <c>meta.jsonl</c> says of names.</summary>
    private Dictionary<string, string> Extras(ArchiveDisc disc)
    {
        Dictionary<string, string> extras = new(StringComparer.Ordinal);
        using Stream text = disc.OpenList("ARCHIVE/meta.jsonl");
        DocumentLines lines = new(text);
        while (lines.TryRead(out ReadOnlyMemory<byte> line))
        {
            try
            {
                if (!line.IsEmpty)
                {
                    using JsonDocument document = JsonDocument.Parse(line);
                    extras[Convert.ToBase64String(Bytes(document.RootElement, "path"))] = document.RootElement.GetProperty("extra"u8).GetRawText();
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                DamagedRecords++;
            }
        }

        return extras;
    }

    private long DirectoryOf(ReadOnlySpan<byte> path)
    {
        if (_lastDirectory is not null && path.SequenceEqual(_lastDirectory))
        {
            return _lastDirectoryId;
        }

        if (_findDirectory.Bind(1, path).Scalar() is not { } id)
        {
            long parent = DirectoryOf(ArchivePath.DirectoryOf(path));
            _addDirectory.Bind(1, parent).Bind(2, path).Run();
            id = _addDirectory.LastRowId;
        }

        (_lastDirectory, _lastDirectoryId) = (path.ToArray(), id);
        return id;
    }

    private static Statement OrNull(Statement statement, int position, ReadOnlySpan<byte> value) => value.IsEmpty ? statement.BindNull(position) : statement.Bind(position, value);

    private static byte[] Bytes(JsonElement record, string key) => record.TryGetProperty(key + "Bytes", out JsonElement bytes)
        ? bytes.GetBytesFromBase64()
        : Encoding.UTF8.GetBytes(record.GetProperty(key).GetString()!);
}
