// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json;
using Spindle.Archiving.Catalogue;
using Spindle.Files;

namespace Spindle.Archiving.Exchange;

/// <summary>Reads odarchive's <c>catalogue.json</c>, versions 1 and 2: files by the SHA-512 of what they hold, and nothing about directories.</summary>
internal sealed class OdarchiveImport(JsonSource json, CatalogueDatabase database, ImportTables tables, TimeZoneInfo zone)
{
    private const long Scan = 1;
    private const long Plan = 1;

    private readonly HashSet<long> _discs = [];
    private readonly Dictionary<string, string> _texts = [];

    public ImportResult Read(CancellationToken cancellationToken)
    {
        database.Run("INSERT INTO scan (id, source, prefix, started) VALUES (1, x'', x'', '')");
        bool hasFiles = false;
        do
        {
            string key = json.Token == JsonTokenType.PropertyName ? json.Text! : throw new JsonException("a key is missing");
            if (key == "files")
            {
                hasFiles = true;
                Files(cancellationToken);
            }
            else
            {
                _texts[key] = json.Value()?.ToString() ?? "";
            }
        }
        while (json.Read() && json.Token != JsonTokenType.EndObject);

        string version = _texts.GetValueOrDefault("version", "");
        if (!hasFiles || version is not ("1" or "2"))
        {
            throw new FormatException(hasFiles ? $"its version is '{version}', and 1 and 2 are known" : "it lists no files");
        }

        Finish();
        return new($"odarchive {version}", tables.Entries, tables.Contents, _discs.Count);
    }

    private void Files(CancellationToken cancellationToken)
    {
        json.Read();
        while (json.Read() && json.Token == JsonTokenType.PropertyName)
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[] sha512 = Convert.FromHexString(json.Text!);
            if (sha512.Length != 64)
            {
                throw new FormatException($"'{json.Text}' is no SHA-512");
            }

            Add(sha512, json.Value() ?? throw new JsonException("a file is missing"));
        }
    }

    private void Add(byte[] sha512, JsonElement file)
    {
        long size = file.GetProperty("size").GetInt64();
        long? disc = file.TryGetProperty("disc_num", out JsonElement number) && number.ValueKind == JsonValueKind.Number ? number.GetInt64() : null;
        long content = tables.Content(size, null, sha512);
        if (disc is { } known)
        {
            AddDisc(known);
            tables.Place(content, (0, known, 0, size));
        }

        DateTime local = DateTime.Parse(file.GetProperty("mtime").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.None);
        long modified = (TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone) - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        foreach (JsonProperty name in file.GetProperty("filenames").EnumerateObject())
        {
            string path = name.Name.StartsWith("/DATA/", StringComparison.Ordinal) ? name.Name["/DATA/".Length..] : name.Name.TrimStart('/');
            byte[] bytes = Encoding.UTF8.GetBytes(path);
            tables.EntriesAbove(bytes, Scan);
            tables.Entry(new() { Path = bytes, Kind = EntryKind.File, Content = content, Size = size, Modified = modified, Mode = 0x1A4, FirstScan = Scan, Disc = disc }); // 0644
        }
    }

    private void AddDisc(long number)
    {
        if (!_discs.Add(number))
        {
            return;
        }

        if (_discs.Count == 1)
        {
            database.Run($"INSERT INTO plan (id, uuid, created, scan, capacity, detail) VALUES ({Plan}, '', '', {Scan}, 0, '{{\"imported\":\"odarchive\"}}')");
        }

        tables.Prepare("INSERT INTO disc (number, plan, uuid, label, status, sectors, files, bytes) VALUES (?1, ?2, ?3, '', 'imported', 0, 0, 0)")
            .Bind(1, number).Bind(2, Plan).BindText(3, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"unknown {number}"))).Run();
    }

    /// <summary>What stands behind the files in the document.</summary>
    private void Finish()
    {
        string date = DateTime.Parse(_texts["date"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        database.Set("hashes", "sha256,sha512");
        Keep("job", "job_name");
        Keep("client", "client_name");
        if (Guid.TryParse(_texts.GetValueOrDefault("job_id"), out Guid job))
        {
            database.Set("uuid", job.ToString());
        }

        foreach (long disc in _discs)
        {
            tables.Prepare("UPDATE disc SET uuid = ?2 WHERE number = ?1").Bind(1, disc).BindText(2, Encoding.ASCII.GetBytes(OdarchiveUuid.Of(job, disc).ToString())).Run();
        }

        tables.Prepare("UPDATE scan SET source = ?1, started = ?2, finished = ?2, detail = ?3")
            .Bind(1, Encoding.UTF8.GetBytes(_texts.GetValueOrDefault("source_path", "")))
            .BindText(2, Encoding.ASCII.GetBytes(date))
            .BindText(3, """{"imported":"odarchive"}"""u8).Run();
        _ = long.TryParse(_texts.GetValueOrDefault("segment_size"), NumberStyles.None, CultureInfo.InvariantCulture, out long capacity);
        tables.Prepare("UPDATE plan SET uuid = ?1, created = ?2, capacity = ?3")
            .BindText(1, Encoding.UTF8.GetBytes(_texts.GetValueOrDefault("guid", ""))).BindText(2, Encoding.ASCII.GetBytes(date)).Bind(3, capacity / 2048).Run();
        tables.Prepare("""
            UPDATE disc SET label = ?1 || '_' || printf('%04d', number),
                files = (SELECT count(*) FROM placement WHERE disc = number),
                bytes = (SELECT coalesce(sum(length), 0) FROM placement WHERE disc = number)
            """).BindText(1, Encoding.UTF8.GetBytes(_texts.GetValueOrDefault("job_name", "new"))).Run();
    }

    private void Keep(string key, string from)
    {
        if (_texts.GetValueOrDefault(from) is { Length: > 0 } value)
        {
            database.Set(key, value);
        }
    }
}
