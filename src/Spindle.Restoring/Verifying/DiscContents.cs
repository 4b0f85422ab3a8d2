// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Catalogue.Documents;
using Spindle.Files;
using Spindle.Media;
using Spindle.Restoring.Shelf;

namespace Spindle.Restoring.Verifying;

/// <summary>What a disc's own lists say is on it: two lists, which must agree.</summary>
/// <remarks>They are brought together in a database that is gone afterwards: a disc may hold a million files.</remarks>
internal sealed class DiscContents : IDisposable
{
    private const string SumsName = "ARCHIVE/SHA256SUMS";

    private readonly CatalogueDatabase _lists = CatalogueDatabase.CreateTemporary("the lists of the disc");
    private readonly List<FileDamage> _damage = [];

    // One transaction to the end: each change in one of its own would cost as much as a look through all that is in memory.
    private DiscContents() => _lists.Run("""
        BEGIN;
        -- By path: what SHA256SUMS says of a file, and what files.tsv says of it or of a part of it.
        CREATE TABLE listed (path BLOB PRIMARY KEY, sum BLOB, line BLOB, size INTEGER, is_part INTEGER, position INTEGER) WITHOUT ROWID;
        -- The same, numbered from 1 in the order in which they are to be read.
        CREATE TABLE reading (number INTEGER PRIMARY KEY, path BLOB, sha256 BLOB, size INTEGER, line BLOB, position INTEGER);
        CREATE TABLE catalogued (sha256 BLOB PRIMARY KEY) WITHOUT ROWID
        """);

    /// <summary>How many files there are.</summary>
    public long Count { get; private set; }

    /// <summary>What is wrong with the lists.</summary>
    public IReadOnlyList<FileDamage> Damage => _damage;

    /// <summary>Reads the lists of a disc.</summary>
    public static DiscContents Read(ArchiveDisc disc)
    {
        DiscContents contents = new();
        try
        {
            contents.ReadTable(disc);
            contents.ReadSums(disc);
            contents.FindLacking(disc);
            contents.Order();
            return contents;
        }
        catch
        {
            contents.Dispose();
            throw;
        }
    }

    /// <summary>Files in the order in which they are to be read.</summary>
    /// <param name="first">The first of them, from 0.</param>
    /// <param name="count">How many, <see cref="Count"/> at most; after the last one comes the first.</param>
    public IEnumerable<ListedFile> Files(long first, long count) =>
        Between(first, Math.Min(Count, first + count)).Concat(Between(0, Math.Max(0, first + count - Count)));

    /// <summary>Bytes of those files, as far as they are known.</summary>
    /// <param name="first">As of <see cref="Files"/>.</param>
    /// <param name="count">As of <see cref="Files"/>.</param>
    public long Bytes(long first, long count)
    {
        using Statement sum = _lists.Prepare("SELECT CAST(total(size) AS INTEGER) FROM reading WHERE number > ?1 AND number <= ?2");
        return sum.Bind(1, first).Bind(2, Math.Min(Count, first + count)).Scalar()!.Value + sum.Bind(1, 0L).Bind(2, Math.Max(0, first + count - Count)).Scalar()!.Value;
    }

    /// <summary>Holds the lists against the catalogue.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="disc">The number that the disc has in it.</param>
    public void CompareWith(CatalogueDatabase catalogue, int disc)
    {
        using Statement insert = _lists.Prepare("INSERT OR IGNORE INTO catalogued (sha256) VALUES (?1)");
        using Statement rows = catalogue.Prepare(
            "SELECT CASE part WHEN 0 THEN content.sha256 ELSE placement.sha256 END FROM placement JOIN content ON content.id = placement.content WHERE disc = ?1");
        rows.Bind(1, disc);
        while (rows.Step())
        {
            if (rows.IsNull(0))
            {
                return; // a part that was not hashed yet: what the catalogue lacks it can't confirm
            }

            insert.Bind(1, rows.Blob(0)).Run();
        }

        const string listed = "SELECT sha256 FROM reading WHERE substr(path, 1, 5) = CAST('DATA/' AS BLOB)";
        const string known = "SELECT sha256 FROM catalogued";
        AddDifference($"{known} EXCEPT {listed}", "contents that the catalogue has on this disc are not in its list");
        AddDifference($"{listed} EXCEPT {known}", "contents in the disc's list are none that the catalogue has on it");
    }

    public void Dispose() => _lists.Dispose();

    private void AddDifference(string query, string what)
    {
        // A catalogue that knows of nothing on the disc says nothing about it.
        long count = Number($"SELECT CASE WHEN EXISTS (SELECT 1 FROM catalogued) THEN (SELECT count(*) FROM ({query})) ELSE 0 END");
        if (count > 0)
        {
            _damage.Add(new(SumsName, DamageKind.List, $"{count} {what}", []));
        }
    }

    private void ReadTable(ArchiveDisc disc)
    {
        using Statement insert = _lists.Prepare("INSERT OR IGNORE INTO listed (path, line, size, is_part, position) VALUES (?1, ?2, ?3, ?4, ?5)");
        foreach (DiscLine line in DiscIndex.Lines(disc))
        {
            if (line.Kind == EntryKind.File && line.Sha256 is not null && line.Disc == disc.Identity.Number)
            {
                byte[] path = [.. "DATA/"u8, .. DiscPlace.Of(line).Path];
                insert.Bind(1, path).Bind(2, line.Sha256).Bind(3, line.Size).Bind(4, line.Part is null ? 0 : 1).Bind(5, line.Sector * 2048).Run();
            }
        }
    }

    /// <summary>Reads what <c>sha256sum</c> writes.</summary>
    private void ReadSums(ArchiveDisc disc)
    {
        using Stream document = disc.OpenDocument(SumsName);
        using Statement insert = _lists.Prepare("INSERT INTO listed (path, sum) VALUES (?1, ?2) ON CONFLICT (path) DO UPDATE SET sum = excluded.sum WHERE sum IS NULL");
        DocumentLines lines = new(document);
        byte[] hash = new byte[32];
        int bad = 0;
        while (lines.TryRead(out ReadOnlyMemory<byte> text))
        {
            ReadOnlySpan<byte> line = text.Span;
            bool isEscaped = line.StartsWith("\\"u8);
            line = isEscaped ? line[1..] : line;
            if (!lines.IsCut && line.Length > 66 && line[64] == ' ' && line[65] is (byte)' ' or (byte)'*'
                && Convert.FromHexString(line[..64], hash, out _, out _) == System.Buffers.OperationStatus.Done
                && (isEscaped ? DiscLine.Unescape(line[66..]) : line[66..].ToArray()) is { } path)
            {
                insert.Bind(1, path).Bind(2, hash).Run();
            }
            else
            {
                bad++;
            }
        }

        if (bad > 0)
        {
            _damage.Add(new(SumsName, DamageKind.List, $"{bad} lines can't be understood", []));
        }
    }

    /// <summary>What the one list lost, the other one may have.</summary>
    private void FindLacking(ArchiveDisc disc)
    {
        if (!disc.HasDocument(SumsName))
        {
            _damage.Add(new(SumsName, DamageKind.Missing, "missing", []));
        }
        else if (Number("SELECT count(*) FROM listed WHERE sum IS NULL") is > 0 and long lacking)
        {
            _damage.Add(new(SumsName, DamageKind.List, $"lacks {Figures.Count(lacking, "file", "files")} that ARCHIVE/files.tsv has", []));
        }

        if (disc is not ImageDisc)
        {
            return;
        }

        using Statement placeless = _lists.Prepare("SELECT path FROM listed WHERE line IS NULL");
        using Statement place = _lists.Prepare("UPDATE listed SET position = ?2 WHERE path = ?1");
        while (placeless.Step())
        {
            using DiscContent? content = disc.Open(placeless.Blob(0));
            place.Bind(1, placeless.Blob(0)).Bind(2, content?.Position).Run();
        }
    }

    private void Order()
    {
        // Of a part, the table has the hash of the whole file.
        _lists.Run("""
            INSERT INTO reading (path, sha256, size, line, position)
                SELECT path, coalesce(sum, line), CASE is_part WHEN 0 THEN size END, CASE is_part WHEN 0 THEN line END, coalesce(position, -1) AS place
                FROM listed WHERE sum IS NOT NULL OR is_part = 0 ORDER BY place, path;
            DROP TABLE listed
            """);
        Count = Number("SELECT count(*) FROM reading");
    }

    private IEnumerable<ListedFile> Between(long from, long to)
    {
        using Statement rows = _lists.Prepare("SELECT path, sha256, size, line, position FROM reading WHERE number > ?1 AND number <= ?2 ORDER BY number");
        rows.Bind(1, from).Bind(2, to);
        while (rows.Step())
        {
            yield return new(rows.Blob(0).ToArray(), rows.Blob(1).ToArray(), rows.NumberOrNull(2), rows.IsNull(3) ? null : rows.Blob(3).ToArray(), rows.Number(4));
        }
    }

    private long Number(string sql)
    {
        using Statement query = _lists.Prepare(sql);
        return query.Scalar()!.Value;
    }
}
