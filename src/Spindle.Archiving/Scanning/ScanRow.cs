// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Spindle.Catalogue;
using Spindle.Files.Listing;

namespace Spindle.Archiving.Scanning;

/// <summary>The row of a scan: a new one, or that of a scan which was cut off and is gone on with.</summary>
internal sealed class ScanRow
{
    private readonly CatalogueDatabase _database;

    private ScanRow(CatalogueDatabase database, long id, bool isResumed, long firstEntry)
    {
        _database = database;
        Id = id;
        IsResumed = isResumed;
        FirstEntry = firstEntry;
    }

    public long Id { get; }

    public bool IsResumed { get; }

    /// <summary>Entries with this number or a higher one are this scan's.</summary>
    public long FirstEntry { get; }

    /// <summary>Goes on with the newest scan if it was cut off, was of the same source, and no plan speaks of it; else begins one.</summary>
    public static ScanRow Begin(CatalogueDatabase database, string source, string prefix, TimeProvider time)
    {
        byte[] sourceBytes = Encoding.UTF8.GetBytes(source);
        byte[] prefixBytes = Encoding.UTF8.GetBytes(prefix);
        using SqliteTransaction transaction = database.BeginWriting();
        using Statement find = database.Prepare("""
            SELECT id, detail ->> 'firstEntry' FROM scan
            WHERE id = (SELECT max(id) FROM scan) AND finished IS NULL AND source = ?1 AND prefix = ?2 AND NOT EXISTS (SELECT 1 FROM plan WHERE plan.scan >= scan.id)
            """);
        if (find.Bind(1, sourceBytes).Bind(2, prefixBytes).Step())
        {
            ScanRow resumed = new(database, find.Number(0), isResumed: true, find.Number(1));
            find.Reset();
            return resumed;
        }

        using Statement last = database.Prepare("SELECT coalesce(max(id), 0) FROM entry");
        long firstEntry = last.Scalar()!.Value + 1;
        using Statement add = database.Prepare("INSERT INTO scan (source, prefix, started, detail) VALUES (?1, ?2, ?3, ?4)");
        add.Bind(1, sourceBytes).Bind(2, prefixBytes).BindText(3, Encoding.UTF8.GetBytes(Moment(time)))
            .BindText(4, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"firstEntry":{{firstEntry}}}"""))).Run();
        ScanRow begun = new(database, add.LastRowId, isResumed: false, firstEntry);
        transaction.Commit();
        return begun;
    }

    /// <summary>What is different from before, as the catalogue has it: a scan that was cut off counted elsewhere.</summary>
    public ScanChanges Changes()
    {
        using Statement began = _database.Prepare("SELECT count(*) FROM entry WHERE id >= ?1 AND first_scan = ?2");
        long begun = began.Bind(1, FirstEntry).Bind(2, Id).Scalar()!.Value;
        using Statement gone = _database.Prepare("SELECT count(*) FROM entry WHERE gone_scan = ?1");
        long ended = gone.Bind(1, Id).Scalar()!.Value;
        if (ended == 0)
        {
            return new(begun, 0, 0, 0);
        }

        using Statement both = _database.Prepare("""
            SELECT count(*) FROM entry old JOIN entry new ON new.directory = old.directory AND new.name = old.name AND new.gone_scan IS NULL
            WHERE old.gone_scan = ?1 AND new.first_scan = ?1
            """);
        long changed = both.Bind(1, Id).Scalar()!.Value;
        return Moved(begun - changed, changed, ended - changed);
    }

    /// <summary>Ends the scan.</summary>
    public void Finish(SourceScan result, ScanRequest request, (NodeStatus Status, byte[]? Extra) root, TimeProvider time)
    {
        using Statement finish = _database.Prepare("UPDATE scan SET finished = ?2, detail = ?3 WHERE id = ?1");
        finish.Bind(1, Id).BindText(2, Encoding.UTF8.GetBytes(Moment(time))).BindText(3, Detail(result, request, root)).Run();
    }

    /// <summary>The time of the archive's root as the scan before saw it, in ns; null where none did.</summary>
    public long? RootModified()
    {
        using Statement before = _database.Prepare("""
            SELECT detail ->> '$.root.modified' FROM scan WHERE prefix = x'' AND id < ?1 AND detail ->> '$.root.modified' IS NOT NULL ORDER BY id DESC LIMIT 1
            """);
        return before.Bind(1, Id).Scalar();
    }

    /// <summary>How many files the last scan of the same source found; null where there was none.</summary>
    public long? FilesBefore(string source, string prefix)
    {
        using Statement before = _database.Prepare("SELECT detail ->> 'files' FROM scan WHERE source = ?1 AND prefix = ?2 AND finished IS NOT NULL ORDER BY id DESC LIMIT 1");
        return before.Bind(1, Encoding.UTF8.GetBytes(source)).Bind(2, Encoding.UTF8.GetBytes(prefix)).Scalar();
    }

    /// <summary>RFC 3339, in UTC.</summary>
    public static string Moment(TimeProvider time) => time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>As many names as there are on both sides were moved: of each content, the fewer of the gone and the new ones.</summary>
    private ScanChanges Moved(long added, long changed, long deleted)
    {
        if (added == 0 || deleted == 0)
        {
            return new(added, changed, 0, deleted);
        }

        using Statement statement = _database.Prepare("""
            WITH gone (content, names) AS (
                SELECT content, count(*) FROM entry old WHERE gone_scan = ?1 AND kind = 0 AND content IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM entry new WHERE new.directory = old.directory AND new.name = old.name AND new.gone_scan IS NULL)
                GROUP BY content),
            added (content, names) AS (
                SELECT content, count(*) FROM entry new WHERE first_scan = ?1 AND id >= ?2 AND kind = 0 AND gone_scan IS NULL AND content IN (SELECT content FROM gone) AND NOT EXISTS (
                    SELECT 1 FROM entry old WHERE old.directory = new.directory AND old.name = new.name AND old.gone_scan = ?1)
                GROUP BY content)
            SELECT coalesce(sum(min(gone.names, added.names)), 0) FROM gone JOIN added ON gone.content = added.content
            """);
        long moved = statement.Bind(1, Id).Bind(2, FirstEntry).Scalar()!.Value;
        return new(added - moved, changed, moved, deleted - moved);
    }

    private byte[] Detail(SourceScan result, ScanRequest request, (NodeStatus Status, byte[]? Extra) root)
    {
        ArrayBufferWriter<byte> text = new();
        using Utf8JsonWriter writer = new(text, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteNumber("firstEntry", FirstEntry);
        writer.WriteString("job", _database.Setting("job"));
        writer.WriteString("client", _database.Setting("client"));
        writer.WriteString("hashes", _database.Setting("hashes"));
        writer.WriteStartArray("excludes");
        foreach (string exclude in request.Excludes)
        {
            writer.WriteStringValue(exclude);
        }

        writer.WriteEndArray();
        writer.WriteBoolean("oneFileSystem", request.OneFileSystem);
        if (result.Prefix.Length == 0)
        {
            // The archive's root has no entry of its own.
            writer.WriteStartObject("root");
            writer.WriteNumber("modified", root.Status.Modified);
            writer.WriteNumber("mode", root.Status.Mode);
            writer.WriteNumber("uid", root.Status.Uid);
            writer.WriteNumber("gid", root.Status.Gid);
            writer.WritePropertyName("extra");
            writer.WriteRawValue(root.Extra ?? "null"u8);
            writer.WriteEndObject();
        }

        writer.WriteNumber("files", result.Totals.Files);
        writer.WriteNumber("directories", result.Totals.Directories);
        writer.WriteNumber("others", result.Totals.Others);
        writer.WriteNumber("bytes", result.Totals.Bytes);
        writer.WriteNumber("added", result.Changes.Added);
        writer.WriteNumber("changed", result.Changes.Changed);
        writer.WriteNumber("moved", result.Changes.Moved);
        writer.WriteNumber("deleted", result.Changes.Deleted);
        writer.WriteNumber("problems", result.ProblemCount);
        writer.WriteStartArray("unreadable");
        foreach (Media.Failure problem in result.Problems)
        {
            writer.WriteStringValue(problem.What);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return text.WrittenSpan.ToArray();
    }
}
