// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Spindle.Catalogue.Exchange;

/// <summary>odarchive's <c>catalogue.json</c>, version 2, byte for byte as its <c>json.dump</c> lays it out: keys in order, four spaces, no escapes but JSON's own.</summary>
internal sealed class OdarchiveWriter(Stream stream, CatalogueDatabase database, (long Scan, long Plan) at, TimeProvider time)
{
    private readonly Utf8Output _output = new(stream);
    private long _unwritable;

    /// <returns>Names that are not UTF-8, which JSON can't hold; they were left out.</returns>
    public long Write(CancellationToken cancellationToken)
    {
        using IDisposable snapshot = database.Snapshot();
        using Statement missing = database.Prepare("""
            SELECT count(*) FROM entry e JOIN content c ON c.id = e.content
            WHERE e.first_scan <= ?1 AND (e.gone_scan IS NULL OR e.gone_scan > ?1) AND c.sha512 IS NULL
            """);
        if (missing.Bind(1, at.Scan).Scalar() is var count and > 0)
        {
            throw Failures.NoSha512(count.Value);
        }

        using Statement scan = database.Prepare("SELECT coalesce(finished, started), source FROM scan WHERE id = ?1");
        bool hasScan = scan.Bind(1, at.Scan).Step();
        string date = hasScan ? scan.Text(0)! : time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        byte[] source = hasScan ? scan.Blob(1).ToArray() : [];
        scan.Reset();
        DateTimeOffset moment = DateTimeOffset.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUniversalTime();

        Key("{\n", "client_name").Quoted(database.Setting("client") ?? "Unknown client");
        Key(",\n", "date").Quoted(moment.ToString(moment.Microsecond + moment.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        Key(",\n", "files");
        Files(cancellationToken);
        Key(",\n", "guid").Quoted(Guid.NewGuid().ToString());
        Key(",\n", "iso_path_root").Quoted("/DATA");
        Key(",\n", "job_id").Quoted(database.Uuid.ToString());
        Key(",\n", "job_name").Quoted(database.Setting("job") ?? "Unamed job"); // as odarchive spells it
        Key(",\n", "segment_size");
        using Statement capacity = database.Prepare("SELECT capacity FROM plan WHERE id = ?1");
        _ = capacity.Bind(1, at.Plan).Scalar() is { } sectors ? _output.Number(sectors * 2048) : _output.Raw("null"u8);
        Key(",\n", "source_path").Quoted(source);
        Key(",\n", "version").Raw("2\n}"u8).Flush();
        return _unwritable;
    }

    private Utf8Output Key(string before, string key) => _output.Raw(Encoding.ASCII.GetBytes($"{before}    \"{key}\": "));

    /// <summary>Sorted by the database, on its disk where memory does not do.</summary>
    private void Files(CancellationToken cancellationToken)
    {
        using Statement rows = database.Prepare("""
            SELECT c.sha512, CASE d.path WHEN x'' THEN e.name ELSE CAST(d.path || x'2f' || e.name AS BLOB) END AS full, c.size, e.modified,
                (SELECT min(p.disc) FROM placement p JOIN disc k ON k.number = p.disc WHERE p.content = c.id AND k.plan <= ?2)
            FROM entry e JOIN content c ON c.id = e.content JOIN directory d ON d.id = e.directory
            WHERE e.first_scan <= ?1 AND (e.gone_scan IS NULL OR e.gone_scan > ?1)
            ORDER BY c.sha512, full
            """);
        rows.Bind(1, at.Scan).Bind(2, at.Plan);
        byte[] hash = [];
        string end = ""; // of the record that is open
        while (rows.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> path = rows.Blob(1);
            if (!Utf8.IsValid(path))
            {
                _unwritable++;
                continue;
            }

            if (rows.Blob(0).SequenceEqual(hash))
            {
                _output.Raw(",\n                "u8).Quoted((byte[])[.. "/DATA/"u8, .. path]).Raw(": null"u8);
                continue;
            }

            _output.Raw(end.Length == 0 ? "{\n        \""u8 : Encoding.ASCII.GetBytes(end + ",\n        \""));
            hash = rows.Blob(0).ToArray();
            _output.Hex(hash).Raw("\": {\n"u8);
            if (rows.NumberOrNull(4) is { } disc)
            {
                _output.Raw("            \"disc_num\": "u8).Number(disc).Raw(",\n"u8);
            }

            _output.Raw("            \"filenames\": {\n                "u8).Quoted((byte[])[.. "/DATA/"u8, .. path]).Raw(": null"u8);
            DateTime local = TimeZoneInfo.ConvertTime(DateTimeOffset.UnixEpoch.AddTicks(rows.Number(3) / TimeSpan.NanosecondsPerTick), time.LocalTimeZone).DateTime;
            end = $"\n            }},\n            \"mtime\": \"{local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)}\",\n            \"size\": {rows.Number(2)}\n        }}";
        }

        _output.Raw(end.Length == 0 ? "{}"u8 : Encoding.ASCII.GetBytes(end + "\n    }"));
    }
}
