// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using Spindle.Archiving.Catalogue;

namespace Spindle.Archiving.Sources;

/// <summary>Puts catalogues together, record by record. What is known already is never replaced.</summary>
internal sealed class CatalogueUnion : IDisposable
{
    private static readonly string[] Kinds = ["file", "directory", "symlink", "fifo", "char", "block", "socket"];

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
        _findVersion = Prepare("SELECT 1 FROM entry WHERE directory = ?1 AND name = ?2 AND modified = ?3 AND kind = ?4 AND content IS ?5");
    }

    /// <summary>Records that could not be understood.</summary>
    public long DamagedRecords { get; private set; }

    /// <summary>Adds what the lines of a catalogue say.</summary>
    public void Add(DocumentLines lines, CancellationToken cancellationToken)
    {
        while (lines.TryRead(out ReadOnlyMemory<byte> line))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (line.Length < 2 || line.Span[0] != '{')
            {
                continue; // between the records
            }

            try
            {
                using JsonDocument document = JsonDocument.Parse(line.Span[^1] == ',' ? line[..^1] : line);
                Add(document.RootElement);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
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
            long? content = line is { Kind: EntryKind.File, Sha256: { } sha256 } ? ContentOf(line.Size, sha256, null) : null;
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
            AddEntry(directory, line, content, (scan, now is { } newer ? Math.Max(newer, scan + 1) : null, identity.Number), extras);
        }
    }

    /// <summary>What was listed only where it is needed, and directories that no record speaks of.</summary>
    public void Finish()
    {
        _database.Run("""
            INSERT OR IGNORE INTO disc (number, plan, uuid, label, status, sectors, files, bytes)
                SELECT DISTINCT disc, coalesce((SELECT max(id) FROM plan), 1), 'unknown ' || disc, 'disc ' || disc, 'written', 0, 0, 0 FROM placement;
            DELETE FROM placement WHERE part = 0 AND EXISTS (SELECT 1 FROM placement AS other WHERE other.content = placement.content AND other.disc = placement.disc AND other.part > 0);
            """);
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

    private void Add(JsonElement record)
    {
        if (record.TryGetProperty("path"u8, out _))
        {
            AddEntry(record);
        }
        else if (record.TryGetProperty("size"u8, out JsonElement size))
        {
            AddContent(record, size.GetInt64());
        }
        else if (record.TryGetProperty("number"u8, out JsonElement number))
        {
            Text(Text(_addDisc.Bind(1, number.GetInt64()).Bind(2, record.GetProperty("plan"u8).GetInt64()), 3, record, "uuid"), 4, record, "label").Run();
        }
        else if (record.TryGetProperty("capacity"u8, out JsonElement capacity))
        {
            _addPlan.Bind(1, record.GetProperty("id"u8).GetInt64()).Bind(4, record.GetProperty("scan"u8).GetInt64()).Bind(5, capacity.GetInt64());
            Text(Text(Text(_addPlan, 2, record, "uuid"), 3, record, "created"), 6, record, "detail").Run();
        }
        else if (record.TryGetProperty("started"u8, out _))
        {
            _addScan.Bind(1, record.GetProperty("id"u8).GetInt64()).Bind(2, Bytes(record, "source")).Bind(3, Bytes(record, "prefix"));
            Text(Text(Text(_addScan, 4, record, "started"), 5, record, "finished"), 6, record, "detail").Run();
        }
    }

    private void AddContent(JsonElement record, long size)
    {
        long content = ContentOf(size, Hash(record, "sha256"), Hash(record, "sha512"));
        if (record.TryGetProperty("placements"u8, out JsonElement placements))
        {
            foreach (JsonElement at in placements.EnumerateArray())
            {
                _addPlacement.Bind(1, content).Bind(2, at.GetProperty("part"u8).GetInt64()).Bind(3, at.GetProperty("disc"u8).GetInt64())
                    .Bind(4, at.GetProperty("offset"u8).GetInt64()).Bind(5, at.GetProperty("length"u8).GetInt64()).Run();
            }
        }
    }

    private long ContentOf(long size, byte[]? sha256, byte[]? sha512)
    {
        if (sha256 is not { Length: 32 } && sha512 is not { Length: 64 })
        {
            throw new FormatException("a content without a hash");
        }

        OrNull(OrNull(_addContent.Bind(1, size), 2, sha256), 3, sha512).Run();
        return _addContent.Changes > 0 ? _addContent.LastRowId : OrNull(OrNull(_findContent, 1, sha256), 2, sha512).Scalar() ?? throw new FormatException("a content with half of its hashes");
    }

    private void AddEntry(JsonElement record)
    {
        byte[] path = Bytes(record, "path");
        byte[]? sha256 = Hash(record, "sha256");
        byte[]? sha512 = sha256 is null ? Hash(record, "sha512") : null;
        int kind = Array.IndexOf(Kinds, record.GetProperty("kind"u8).GetString());
        long first = record.GetProperty("firstScan"u8).GetInt64();
        long? gone = Number(record, "goneScan");
        bool hasHash = sha256 is not null || sha512 is not null;
        long? content = hasHash ? OrNull(OrNull(_findContent, 1, sha256), 2, sha512).Scalar() : null;
        long directory = DirectoryOf(ArchivePath.DirectoryOf(path));
        ReadOnlySpan<byte> name = ArchivePath.NameOf(path);
        if (kind < 0 || name.IsEmpty || (hasHash && content is null))
        {
            DamagedRecords++;
            return;
        }

        if (!_isFirst && _findEntry.Bind(1, directory).Bind(2, name).Bind(3, first).Step())
        {
            (long id, bool isOpen) = (_findEntry.Number(0), _findEntry.IsNull(1));
            _findEntry.Reset();
            if (isOpen && gone is not null)
            {
                _endEntry.Bind(1, id).Bind(2, gone).Run(); // a newer catalogue knows how it went on
            }

            return;
        }

        _addEntry.Bind(1, directory).Bind(2, name).Bind(3, (long)kind).Bind(4, content).Bind(5, Number(record, "size") ?? 0).Bind(6, Number(record, "modified") ?? 0)
            .Bind(7, Number(record, "mode") ?? 0).Bind(8, Number(record, "uid") ?? 0).Bind(9, Number(record, "gid") ?? 0).Bind(10, Number(record, "linkGroup"));
        OrNull(_addEntry, 11, record.TryGetProperty("target"u8, out _) ? Bytes(record, "target") : null);
        Text(_addEntry, 12, record, "extra").Bind(13, Number(record, "flags") ?? 0).Bind(14, first).Bind(15, gone).Bind(16, Number(record, "disc")).Run();
    }

    private void AddEntry(long directory, DiscLine line, long? content, (long First, long? Gone, long Disc) at, Dictionary<string, string> extras)
    {
        _addEntry.Bind(1, directory).Bind(2, ArchivePath.NameOf(line.Path)).Bind(3, (long)line.Kind).Bind(4, content).Bind(5, line.Size).Bind(6, line.Modified)
            .Bind(7, (long)line.Mode).Bind(8, line.UserId).Bind(9, line.GroupId).Bind(10, line.LinkGroup);
        OrNull(_addEntry, 11, line.Kind == EntryKind.Symlink ? line.Target : null);
        _ = extras.TryGetValue(Convert.ToBase64String(line.Path), out string? extra) ? _addEntry.BindText(12, Encoding.UTF8.GetBytes(extra)) : _addEntry.BindNull(12);
        _addEntry.Bind(13, 0L).Bind(14, at.First).Bind(15, at.Gone).Bind(16, at.Disc).Run();
    }

    /// <summary>What the disc's <c>meta.jsonl</c> says of names.</summary>
    private Dictionary<string, string> Extras(ArchiveDisc disc)
    {
        Dictionary<string, string> extras = new(StringComparer.Ordinal);
        using Stream text = disc.OpenDocument("ARCHIVE/meta.jsonl");
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

    private static Statement OrNull(Statement statement, int position, byte[]? value) => value is null ? statement.BindNull(position) : statement.Bind(position, value);

    private static Statement Text(Statement statement, int position, JsonElement record, string key) => record.TryGetProperty(key, out JsonElement value)
        ? statement.BindText(position, Encoding.UTF8.GetBytes(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()))
        : statement.BindNull(position);

    private static long? Number(JsonElement record, string key) => record.TryGetProperty(key, out JsonElement value) ? value.GetInt64() : null;

    private static byte[]? Hash(JsonElement record, string key) => record.TryGetProperty(key, out JsonElement value) ? Convert.FromHexString(value.GetString()!) : null;

    private static byte[] Bytes(JsonElement record, string key) => record.TryGetProperty(key + "Bytes", out JsonElement bytes)
        ? bytes.GetBytesFromBase64()
        : Encoding.UTF8.GetBytes(record.GetProperty(key).GetString()!);
}
