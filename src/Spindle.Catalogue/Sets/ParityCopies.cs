// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Spindle.Catalogue.Sets;

/// <summary>Parity discs that were burned, as the catalogue remembers them: copies, and those that became none.</summary>
/// <remarks>They stand apart from those of the archive's discs, for a parity disc has no number; and a copy is one of what the set's parity was then: a set that was extended has other parity discs.</remarks>
/// <param name="database">The catalogue.</param>
public sealed class ParityCopies(CatalogueDatabase database)
{
    /// <summary>The parity discs that were made, in order.</summary>
    public IReadOnlyList<MadeParityDisc> Made()
    {
        using Statement rows = database.Prepare("SELECT id, parity_set, row, label, image, hex(sha256) FROM parity_disc WHERE sha256 IS NOT NULL ORDER BY parity_set, row");
        List<MadeParityDisc> made = [];
        while (rows.Step())
        {
            made.Add(new(rows.Number(0), (int)rows.Number(1), (int)rows.Number(2), rows.Text(3)!, rows.Text(4), rows.Text(5)!.ToLowerInvariant()));
        }

        return made;
    }

    /// <summary>Counts the copies of a parity disc that hold: the last that was heard of each is good, and they are of what it is now.</summary>
    /// <param name="disc">The parity disc.</param>
    /// <param name="countsUnread">Whether one that was burned, and that nobody has read, counts, too.</param>
    public int Holding(MadeParityDisc disc, bool countsUnread)
    {
        using Statement row = database.Prepare($"""
            SELECT count(*) FROM parity_copy WHERE parity_disc = ?1 AND sha256 = ?2
                AND (SELECT verdict FROM parity_event WHERE parity_copy = parity_copy.id ORDER BY at DESC, id DESC LIMIT 1) IN ('verified', 'whole'{(countsUnread ? ", 'burned'" : "")})
            """);
        return (int)row.Bind(1, disc.Id).Bind(2, Convert.FromHexString(disc.Sha256)).Scalar()!;
    }

    /// <summary>All copies, each with its parity disc's set and row.</summary>
    public ILookup<(int Set, int Row), ParityCopyRecord> All()
    {
        using Statement rows = database.Prepare("""
            SELECT parity_set, row, name, place, made, parity_copy.sha256 IS parity_disc.sha256, (SELECT verdict FROM parity_event WHERE parity_copy = parity_copy.id ORDER BY at DESC, id DESC LIMIT 1)
            FROM parity_copy JOIN parity_disc ON parity_disc.id = parity_disc ORDER BY parity_copy.id
            """);
        List<((int, int) Disc, ParityCopyRecord Copy)> copies = [];
        while (rows.Step())
        {
            copies.Add((((int)rows.Number(0), (int)rows.Number(1)), new(rows.Text(2)!, rows.Text(3), rows.Text(4)!, rows.Number(5) == 1, rows.Text(6))));
        }

        return copies.ToLookup(one => one.Disc, one => one.Copy);
    }

    /// <summary>Enters what was burned: all of it, or nothing.</summary>
    /// <param name="disc">The parity disc that the image is of.</param>
    /// <param name="burned">In the order in which it ended.</param>
    /// <param name="at">When.</param>
    /// <returns>What each copy is called from now on; null for a disc that is none.</returns>
    /// <exception cref="Media.OperationFailedException"><c>catalogue-failed</c>.</exception>
    public IReadOnlyList<string?> Add(MadeParityDisc disc, IEnumerable<BurnedCopyRecord> burned, DateTimeOffset at) => CatalogueDatabase.Guarded(database.Path, () =>
    {
        using SqliteTransaction transaction = database.BeginWriting();
        byte[] time = Utf8(at.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture));
        HashSet<string> taken = [.. All()[(disc.Set, disc.Row)].Select(copy => copy.Name)];
        List<string?> names = [];
        foreach (BurnedCopyRecord one in burned)
        {
            string? name = one.IsCopy ? BurnedCopies.FreeName(taken) : null;
            if (name is not null)
            {
                taken.Add(name);
                using Statement copy = database.Prepare("INSERT INTO parity_copy (parity_disc, name, place, made, sha256, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
                Text(copy.Bind(1, disc.Id).BindText(2, Utf8(name)), 3, one.Place).BindText(4, time).Bind(5, Convert.FromHexString(disc.Sha256)).BindText(6, Utf8(one.Medium)).Run();
            }

            AddEvent(disc, name, "burned", one.Verdict, one.Drive, one.Detail, time);
            if (one.IsVerified)
            {
                AddEvent(disc, name, "verified", "whole", one.VerifiedIn ?? one.Drive, null, time); // it was read, and was the image
            }

            names.Add(name);
        }

        transaction.Commit();
        return names;
    });

    private void AddEvent(MadeParityDisc disc, string? copy, string kind, string verdict, string drive, string? detail, byte[] time)
    {
        using Statement row = database.Prepare("""
            INSERT INTO parity_event (at, parity_disc, parity_copy, kind, verdict, drive, detail)
            VALUES (?1, ?2, (SELECT id FROM parity_copy WHERE parity_disc = ?2 AND name = ?3), ?4, ?5, ?6, ?7)
            """);
        Text(Text(row.BindText(1, time).Bind(2, disc.Id), 3, copy).BindText(4, Utf8(kind)).BindText(5, Utf8(verdict)).BindText(6, Utf8(drive)), 7, detail).Run();
    }

    private static Statement Text(Statement statement, int position, string? text) => text is null ? statement.BindNull(position) : statement.BindText(position, Utf8(text));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}

/// <summary>A parity disc whose image was made.</summary>
/// <param name="Id">Of its row.</param>
/// <param name="Set">The number of its set.</param>
/// <param name="Row">Which row of parity, from 1.</param>
/// <param name="Label">Name of its volume.</param>
/// <param name="Image">Where the image was written to; null where that is not known any more.</param>
/// <param name="Sha256">Of the image; hexadecimal, small letters.</param>
public sealed record MadeParityDisc(long Id, int Set, int Row, string Label, string? Image, string Sha256);

/// <summary>A copy of a parity disc.</summary>
/// <param name="Name">Such as <c>A</c>.</param>
/// <param name="Place">Where it is kept; null where that is not said.</param>
/// <param name="Made">When it was burned (RFC 3339).</param>
/// <param name="IsCurrent">Whether it is of what the parity disc is now, and not of a set that was extended since.</param>
/// <param name="Verdict">The last that was heard of it: <c>whole</c>, or <c>burned</c> where nobody has read it.</param>
public sealed record ParityCopyRecord(string Name, string? Place, string Made, bool IsCurrent, string? Verdict);
