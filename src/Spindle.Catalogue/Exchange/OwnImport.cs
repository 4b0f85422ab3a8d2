// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using Spindle.Catalogue.Sets;
using Spindle.Files;

namespace Spindle.Catalogue.Exchange;

/// <summary>Reads what <see cref="CatalogueJson"/> wrote.</summary>
/// <param name="json">The document, behind the name of its schema.</param>
/// <param name="database">The catalogue that it fills.</param>
/// <param name="tables">Its tables.</param>
/// <param name="teller">The disc that the document lay on: it exists, for it tells of itself. Null where that is not known.</param>
internal sealed class OwnImport(JsonSource json, CatalogueDatabase database, ImportTables tables, Guid? teller)
{
    private readonly HashSet<int> _written = [];
    private readonly HashSet<int> _withdrawn = [];
    private long _newestPlan;
    private bool _saysWhatIsWritten;
    private long _discs;

    public ImportResult Read(CancellationToken cancellationToken)
    {
        if (json.Value() is not { } schema || schema.GetString() != CatalogueJson.Schema)
        {
            throw new FormatException($"its schema is not {CatalogueJson.Schema}");
        }

        while (json.Read() && json.Token == JsonTokenType.PropertyName)
        {
            Action<JsonElement>? add = json.Text switch
            {
                "scans" => Scan,
                "plans" => Plan,
                "discs" => Disc,
                "contents" => Content,
                "entries" => Entry,
                _ => null,
            };
            string key = json.Text!;
            if (add is null)
            {
                JsonElement value = json.Value() ?? throw new JsonException("a value is missing");
                if (key == "uuid")
                {
                    database.Set("uuid", value.GetGuid().ToString());
                }

                continue;
            }

            json.Read();
            while (json.Value() is { } record)
            {
                cancellationToken.ThrowIfCancellationRequested();
                add(record);
            }
        }

        if (json.Token != JsonTokenType.EndObject)
        {
            throw new JsonException("the document ends too early");
        }

        new SetStore(database).AddTold();
        return new(CatalogueJson.Schema, tables.Entries, tables.Contents, _discs);
    }

    private void Scan(JsonElement record)
    {
        Statement add = tables.Prepare("INSERT INTO scan (id, source, prefix, started, finished, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        add.Bind(1, record.GetProperty("id").GetInt64()).Bind(2, Bytes(record, "source")).Bind(3, Bytes(record, "prefix"));
        Text(Text(Text(add, 4, record, "started"), 5, record, "finished"), 6, record, "detail").Run();
        if (record.TryGetProperty("detail", out JsonElement detail))
        {
            foreach (string key in (string[])["job", "client", "hashes"])
            {
                if (detail.TryGetProperty(key, out JsonElement value) && value.GetString() is { } text)
                {
                    database.Set(key, text);
                }
            }
        }
    }

    private void Plan(JsonElement record)
    {
        Statement add = tables.Prepare("INSERT INTO plan (id, uuid, created, scan, capacity, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        add.Bind(1, record.GetProperty("id").GetInt64()).Bind(4, record.GetProperty("scan").GetInt64()).Bind(5, record.GetProperty("capacity").GetInt64());
        Text(Text(Text(add, 2, record, "uuid"), 3, record, "created"), 6, record, "detail").Run();

        // Each plan says what existed before it; the newest one is told of by one of its discs at least.
        bool hasDetail = record.TryGetProperty("detail", out JsonElement detail) && detail.ValueKind == JsonValueKind.Object;
        _newestPlan = record.GetProperty("id").GetInt64();
        _saysWhatIsWritten = hasDetail && detail.TryGetProperty("written", out _);
        _written.UnionWith(DiscNumbers.Parse(hasDetail && detail.TryGetProperty("written", out JsonElement written) ? written.GetString() : null));
        _withdrawn.Clear();
        _withdrawn.UnionWith(DiscNumbers.Parse(hasDetail && detail.TryGetProperty("withdrawn", out JsonElement withdrawn) ? withdrawn.GetString() : null));
    }

    private void Disc(JsonElement record)
    {
        // A disc that is only told of may have been written or not: it keeps its place, and can be made again.
        long number = record.GetProperty("number").GetInt64();
        long plan = record.GetProperty("plan").GetInt64();
        bool isTeller = record.GetProperty("uuid").GetGuid() == teller;
        bool isWritten = isTeller || _written.Contains((int)number) || (plan < _newestPlan && !_saysWhatIsWritten); // an older program planned on only when all was written
        string status = isTeller ? "imported" : _withdrawn.Contains((int)number) ? "withdrawn" : isWritten ? "imported" : "told";
        Statement add = tables.Prepare("INSERT INTO disc (number, plan, uuid, label, status, sectors, files, bytes) VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, 0)");
        add.Bind(1, number).Bind(2, plan).BindText(5, Encoding.ASCII.GetBytes(status));
        Text(Text(add, 3, record, "uuid"), 4, record, "label").Run();
        _discs++;
    }

    private void Content(JsonElement record)
    {
        long content = tables.Content(record.GetProperty("size").GetInt64(), Hash(record, "sha256"), Hash(record, "sha512"));
        if (record.TryGetProperty("placements", out JsonElement placements))
        {
            foreach (JsonElement at in placements.EnumerateArray())
            {
                tables.Place(content, (at.GetProperty("part").GetInt64(), at.GetProperty("disc").GetInt64(), at.GetProperty("offset").GetInt64(), at.GetProperty("length").GetInt64()));
            }
        }
    }

    private void Entry(JsonElement record)
    {
        byte[]? sha256 = Hash(record, "sha256");
        byte[]? sha512 = sha256 is null ? Hash(record, "sha512") : null;
        bool isRead = sha256 is not null || sha512 is not null;
        int kind = CatalogueJsonWriter.KindOf(Encoding.UTF8.GetBytes(record.GetProperty("kind").GetString()!));
        tables.Entry(new()
        {
            Path = Bytes(record, "path"),
            Kind = kind >= 0 ? (EntryKind)kind : throw new FormatException($"'{record.GetProperty("kind")}' is no kind of entry"),
            Content = isRead ? tables.FindContent(sha256, sha512) ?? throw new FormatException("an entry has a content that is not listed") : null,
            Size = Number(record, "size") ?? 0,
            Modified = Number(record, "modified") ?? 0,
            Mode = Number(record, "mode") ?? 0,
            Uid = Number(record, "uid") ?? 0,
            Gid = Number(record, "gid") ?? 0,
            LinkGroup = Number(record, "linkGroup"),
            Target = record.TryGetProperty("target", out _) ? Bytes(record, "target") : null,
            Extra = record.TryGetProperty("extra", out JsonElement extra) ? extra.GetRawText() : null,
            Flags = Number(record, "flags") ?? 0,
            FirstScan = record.GetProperty("firstScan").GetInt64(),
            GoneScan = Number(record, "goneScan"),
            Disc = Number(record, "disc"),
            AlsoOn = record.TryGetProperty("also", out JsonElement also) ? [.. also.EnumerateArray().Select(disc => disc.GetInt64())] : null,
        });
    }

    private static long? Number(JsonElement record, string key) => record.TryGetProperty(key, out JsonElement value) ? value.GetInt64() : null;

    private static byte[] Bytes(JsonElement record, string key) => record.TryGetProperty(key + "Bytes", out JsonElement bytes)
        ? bytes.GetBytesFromBase64()
        : Encoding.UTF8.GetBytes(record.GetProperty(key).GetString()!);

    private static byte[]? Hash(JsonElement record, string key) => record.TryGetProperty(key, out JsonElement value) ? Convert.FromHexString(value.GetString()!) : null;

    private static Statement Text(Statement statement, int position, JsonElement record, string key) => record.TryGetProperty(key, out JsonElement value)
        ? statement.BindText(position, Encoding.UTF8.GetBytes(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()))
        : statement.BindNull(position);
}
