// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Unicode;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Catalogue;

/// <summary>The catalogue as one JSON document, a record a line. docs/formats/catalogue.md defines it.</summary>
/// <remarks>
/// The same catalogue, scan and plan give the same bytes, whatever was scanned, planned, written or put away since: only
/// what can't change any more is in it.
/// </remarks>
public static class CatalogueJson
{
    /// <summary>Names the format.</summary>
    public const string Schema = "spindle/catalogue/1";

    /// <summary>Writes what was known at a point in time.</summary>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="database">Open, for reading at least.</param>
    /// <param name="scan">The newest scan to speak of; 0: none.</param>
    /// <param name="plan">The newest plan to speak of; 0: none.</param>
    /// <param name="cancellationToken">Stops in the midst of it.</param>
    public static void Write(Stream output, CatalogueDatabase database, long scan, long plan, CancellationToken cancellationToken = default) =>
        new CatalogueJsonWriter(output, database, scan, plan).Write(cancellationToken);

    /// <summary>Writes all that is known now to a file, which has its name only when it is whole.</summary>
    /// <param name="path">The file; one of that name is replaced.</param>
    /// <param name="database">Open, for reading at least.</param>
    /// <param name="cancellationToken">Leaves the file as it was.</param>
    /// <exception cref="OperationFailedException">It can't be written there; the catalogue itself is whole.</exception>
    public static Task WriteFileAsync(string path, CatalogueDatabase database, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            (long scan, long plan) = Newest(database);
            WholeFile.Write(path, file => Write(file, database, scan, plan, cancellationToken));
        },
        CancellationToken.None);

    /// <summary>The newest scan and the newest plan; 0 where there is none.</summary>
    /// <param name="database">Open.</param>
    public static (long Scan, long Plan) Newest(CatalogueDatabase database)
    {
        using Statement scan = database.Prepare("SELECT coalesce(max(id), 0) FROM scan");
        using Statement plan = database.Prepare("SELECT coalesce(max(id), 0) FROM plan");
        return (scan.Scalar() ?? 0, plan.Scalar() ?? 0);
    }
}

/// <summary>One writing of the document.</summary>
internal sealed class CatalogueJsonWriter(Stream stream, CatalogueDatabase database, long scan, long plan)
{
    private static readonly byte[][] Kinds = [.. ((string[])["file", "directory", "symlink", "fifo", "char", "block", "socket"]).Select(Encoding.ASCII.GetBytes)];

    private readonly Utf8Output _output = new(stream);

    // Asked for every entry and every placement: few discs, millions of those.
    private readonly HashSet<long> _discs = [];

    // Of files in parts: each is about as large as a disc.
    private ILookup<long, long> _also = Array.Empty<(long Entry, long Disc)>().ToLookup(also => also.Entry, also => also.Disc);

    /// <summary>The word for a kind of entry.</summary>
    public static ReadOnlySpan<byte> KindName(int kind) => Kinds[kind];

    /// <summary>The kind behind a word; -1 where there is none.</summary>
    public static int KindOf(ReadOnlySpan<byte> name)
    {
        for (int kind = 0; kind < Kinds.Length; kind++)
        {
            if (name.SequenceEqual(Kinds[kind]))
            {
                return kind;
            }
        }

        return -1;
    }

    public void Write(CancellationToken cancellationToken)
    {
        using IDisposable snapshot = database.Snapshot();
        using (Statement discs = database.Prepare("SELECT number FROM disc WHERE plan <= ?1"))
        {
            discs.Bind(1, plan);
            while (discs.Step())
            {
                _discs.Add(discs.Number(0));
            }
        }

        using (Statement also = database.Prepare("SELECT entry, disc FROM entry_also ORDER BY entry, disc"))
        {
            List<(long Entry, long Disc)> shown = [];
            while (also.Step())
            {
                shown.Add((also.Number(0), also.Number(1)));
            }

            _also = shown.Where(row => _discs.Contains(row.Disc)).ToLookup(row => row.Entry, row => row.Disc);
        }

        _output.Raw("{\n\"schema\": "u8).Quoted(CatalogueJson.Schema).Raw(",\n\"uuid\": "u8).Quoted(database.Uuid.ToString());
        _output.Raw(",\n\"scan\": "u8).Number(scan).Raw(",\n\"plan\": "u8).Number(plan);
        Rows("scans", "SELECT id, source, prefix, started, finished, detail FROM scan WHERE id <= ?1 ORDER BY id", Scan, cancellationToken);
        Rows("plans", "SELECT id, uuid, created, scan, capacity, detail FROM plan WHERE id <= ?2 ORDER BY id", Plan, cancellationToken);
        Rows("discs", "SELECT number, plan, uuid, label FROM disc WHERE plan <= ?2 ORDER BY number", Disc, cancellationToken);
        Contents(cancellationToken);
        Entries(cancellationToken);
        _output.Raw("\n}\n"u8).Flush();
    }

    private void Rows(string name, string sql, Action<Statement> write, CancellationToken cancellationToken)
    {
        _output.Raw(",\n\""u8).Raw(Encoding.ASCII.GetBytes(name)).Raw("\": ["u8);
        using Statement rows = database.Prepare(sql);
        if (sql.Contains("?1", StringComparison.Ordinal))
        {
            rows.Bind(1, scan);
        }

        if (sql.Contains("?2", StringComparison.Ordinal))
        {
            rows.Bind(2, plan);
        }

        for (bool isFirst = true; rows.Step(); isFirst = false)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _output.Raw(isFirst ? "\n{"u8 : ",\n{"u8);
            write(rows);
            _output.Raw("}"u8);
        }

        _output.Raw("\n]"u8);
    }

    /// <summary>Directory by directory: nothing need be sorted that an index does not have in order.</summary>
    private void Entries(CancellationToken cancellationToken)
    {
        const string Columns = "e.name, e.kind, e.size, e.modified, e.mode, e.uid, e.gid, e.link_group, e.target, e.extra, e.flags, e.first_scan, e.gone_scan, e.disc, c.sha256, c.sha512, e.id";
        const string Joined = "FROM entry e LEFT JOIN content c ON c.id = e.content WHERE e.directory = ?1 AND e.first_scan <= ?2";
        using Statement directories = database.Prepare("SELECT id, path FROM directory ORDER BY path");
        using Statement entries = database.Prepare(
            $"SELECT {Columns} {Joined} AND e.gone_scan IS NULL UNION ALL SELECT {Columns} {Joined} AND e.gone_scan IS NOT NULL ORDER BY 1, 12");
        _output.Raw(",\n\"entries\": ["u8);
        bool isFirst = true;
        while (directories.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[] path = directories.Blob(1).ToArray();
            entries.Bind(1, directories.Number(0)).Bind(2, scan);
            while (entries.Step())
            {
                _output.Raw(isFirst ? "\n{"u8 : ",\n{"u8);
                isFirst = false;
                Entry(path, entries);
                if (plan > 0 && entries.NumberOrNull(13) is { } number && _discs.Contains(number))
                {
                    Number("disc"u8, entries, 13);
                }

                if (plan > 0)
                {
                    Also(entries.Number(16));
                }

                _output.Raw("}"u8);
            }
        }

        _output.Raw("\n]"u8);
    }

    /// <summary>Discs that show the name, too, for they have another part of the file.</summary>
    private void Also(long entry)
    {
        ReadOnlySpan<byte> before = ", \"also\": ["u8;
        bool isAny = false;
        foreach (long disc in _also[entry])
        {
            _output.Raw(before).Number(disc);
            before = ", "u8;
            isAny = true;
        }

        _output.Raw(isAny ? "]"u8 : ""u8);
    }

    private void Scan(Statement row)
    {
        _output.Raw("\"id\": "u8).Number(row.Number(0));
        Bytes("source"u8, row.Blob(1));
        Bytes("prefix"u8, row.Blob(2));
        Text("started"u8, row, 3);
        Text("finished"u8, row, 4);
        Json("detail"u8, row, 5);
    }

    private void Plan(Statement row)
    {
        _output.Raw("\"id\": "u8).Number(row.Number(0));
        Text("uuid"u8, row, 1);
        Text("created"u8, row, 2);
        Number("scan"u8, row, 3);
        Number("capacity"u8, row, 4);
        Json("detail"u8, row, 5);
    }

    private void Disc(Statement row)
    {
        _output.Raw("\"number\": "u8).Number(row.Number(0));
        Number("plan"u8, row, 1);
        Text("uuid"u8, row, 2);
        Text("label"u8, row, 3);

        // Nothing of its size: that depends on the size of this document, which is on the disc.
    }

    /// <summary>Contents that a scan saw or a disc has, in one walk: a question for each of them would take as long as all the rest.</summary>
    /// <remarks>Sorted, and not read in the order of an index (+): of millions, each would be on another page of the file.</remarks>
    private void Contents(CancellationToken cancellationToken)
    {
        using Statement rows = database.Prepare("""
            SELECT c.id, c.size, c.sha256, c.sha512, p.disc, p.part, p.offset, p.length
            FROM content c LEFT JOIN placement p ON p.content = c.id ORDER BY +c.sha256, c.sha512
            """);
        using Statement seen = database.Prepare("SELECT EXISTS (SELECT 1 FROM entry WHERE content = ?1 AND first_scan <= ?2)");
        List<(long Disc, long Part, long Offset, long Length)> placements = [];
        bool isFirst = true;
        _output.Raw(",\n\"contents\": ["u8);
        for (bool isThere = rows.Step(); isThere;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long content = rows.Number(0);
            (long size, byte[]? sha256, byte[]? sha512) = (rows.Number(1), rows.IsNull(2) ? null : rows.Blob(2).ToArray(), rows.IsNull(3) ? null : rows.Blob(3).ToArray());
            placements.Clear();
            do
            {
                if (rows.NumberOrNull(4) is { } disc && _discs.Contains(disc))
                {
                    placements.Add((disc, rows.Number(5), rows.Number(6), rows.Number(7)));
                }

                isThere = rows.Step();
            }
            while (isThere && rows.Number(0) == content);

            if (placements.Count > 0 || seen.Bind(1, content).Bind(2, scan).Scalar() == 1)
            {
                _output.Raw(isFirst ? "\n{\"size\": "u8 : ",\n{\"size\": "u8).Number(size);
                Hash("sha256"u8, sha256);
                Hash("sha512"u8, sha512);
                Placements(placements);
                _output.Raw("}"u8);
                isFirst = false;
            }
        }

        _output.Raw("\n]"u8);
    }

    private void Placements(List<(long Disc, long Part, long Offset, long Length)> placements)
    {
        placements.Sort();
        ReadOnlySpan<byte> before = ", \"placements\": [{\"disc\": "u8;
        foreach ((long disc, long part, long offset, long length) in placements)
        {
            _output.Raw(before).Number(disc).Raw(", \"part\": "u8).Number(part).Raw(", \"offset\": "u8).Number(offset).Raw(", \"length\": "u8).Number(length).Raw("}"u8);
            before = ", {\"disc\": "u8;
        }

        _output.Raw(placements.Count == 0 ? ""u8 : "]"u8);
    }

    private void Entry(byte[] directory, Statement row)
    {
        ReadOnlySpan<byte> name = row.Blob(0);
        byte[] path = directory.Length == 0 ? name.ToArray() : [.. directory, (byte)'/', .. name];
        _output.Raw("\"path\": "u8).Quoted(path);
        BytesIfNeeded("path"u8, path);
        _output.Raw(", \"kind\": \""u8).Raw(Kinds[row.Number(1)]).Raw("\""u8);
        Number("size"u8, row, 2);
        Number("modified"u8, row, 3);
        Number("mode"u8, row, 4);
        Number("uid"u8, row, 5);
        Number("gid"u8, row, 6);
        Hash("sha256"u8, row.Blob(14));
        if (row.IsNull(14))
        {
            Hash("sha512"u8, row.Blob(15));
        }

        Number("linkGroup"u8, row, 7);
        if (!row.IsNull(8))
        {
            Bytes("target"u8, row.Blob(8));
        }

        Json("extra"u8, row, 9);
        if (row.Number(10) != 0)
        {
            Number("flags"u8, row, 10);
        }

        Number("firstScan"u8, row, 11);
        if (row.NumberOrNull(12) <= scan)
        {
            Number("goneScan"u8, row, 12);
        }
    }

    private void Number(ReadOnlySpan<byte> key, Statement row, int column)
    {
        if (!row.IsNull(column))
        {
            _output.Raw(", \""u8).Raw(key).Raw("\": "u8).Number(row.Number(column));
        }
    }

    private void Text(ReadOnlySpan<byte> key, Statement row, int column)
    {
        if (!row.IsNull(column))
        {
            _output.Raw(", \""u8).Raw(key).Raw("\": "u8).Quoted(row.Blob(column));
        }
    }

    /// <summary>JSON that stands in the catalogue goes out as it is.</summary>
    private void Json(ReadOnlySpan<byte> key, Statement row, int column)
    {
        if (!row.IsNull(column))
        {
            _output.Raw(", \""u8).Raw(key).Raw("\": "u8).Raw(row.Blob(column));
        }
    }

    private void Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> hash)
    {
        if (!hash.IsEmpty)
        {
            _output.Raw(", \""u8).Raw(key).Raw("\": \""u8).Hex(hash).Raw("\""u8);
        }
    }

    private void Bytes(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        _output.Raw(", \""u8).Raw(key).Raw("\": "u8).Quoted(value);
        BytesIfNeeded(key, value);
    }

    private void BytesIfNeeded(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (!Utf8.IsValid(value))
        {
            _output.Raw(", \""u8).Raw(key).Raw("Bytes\": \""u8).Base64Of(value).Raw("\""u8);
        }
    }
}
