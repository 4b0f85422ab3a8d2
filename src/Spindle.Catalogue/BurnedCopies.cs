// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Spindle.Media;

namespace Spindle.Catalogue;

/// <summary>Discs that were burned of an archive's images, as the catalogue remembers them: copies, and those that became none.</summary>
/// <param name="database">The catalogue.</param>
public sealed class BurnedCopies(CatalogueDatabase database)
{
    /// <summary>What <c>copy.detail</c> of a copy holds that is an image, and no disc: it was not burned.</summary>
    public const string ImageDetail = """{"kind":"image"}""";

    private const string Kind = "burned";
    private const int Letters = 26;

    /// <summary>Finds the disc that an image is of.</summary>
    /// <param name="sha256">Of the image.</param>
    /// <returns>Its number; null where no disc has such an image.</returns>
    public int? Find(byte[] sha256)
    {
        using Statement row = database.Prepare("SELECT number FROM disc WHERE sha256 = ?1");
        return (int?)row.Bind(1, sha256).Scalar();
    }

    /// <summary>Counts the copies of a disc that hold: the last that was heard of each is good.</summary>
    /// <param name="disc">The disc.</param>
    /// <param name="countsUnread">Whether one that was burned, and that nobody has read, counts, too.</param>
    public int Holding(int disc, bool countsUnread)
    {
        using Statement row = database.Prepare($"""
            SELECT count(*) FROM copy WHERE disc = ?1 AND coalesce(detail ->> 'kind', '') <> 'image' AND (SELECT verdict FROM event WHERE event.copy = copy.id AND kind IN ('burned', 'verified', 'checked') ORDER BY at DESC, id DESC LIMIT 1)
                IN ('verified', 'whole', 'good', 'watch'{(countsUnread ? ", 'burned'" : "")})
            """);
        return (int)row.Bind(1, disc).Scalar()!;
    }

    /// <summary>Enters what was burned: all of it, or nothing.</summary>
    /// <param name="disc">The disc that the image is of.</param>
    /// <param name="burned">In the order in which it ended.</param>
    /// <param name="at">When.</param>
    /// <returns>What each copy is called from now on; null for a disc that is none.</returns>
    /// <exception cref="OperationFailedException"><c>no-such-disc</c>, <c>catalogue-failed</c>.</exception>
    public IReadOnlyList<string?> Add(int disc, IEnumerable<BurnedCopyRecord> burned, DateTimeOffset at) => CatalogueDatabase.Guarded(database.Path, () =>
    {
        using SqliteTransaction transaction = database.BeginWriting();
        DiscStore discs = new(database);
        discs.Get(disc);
        List<string?> names = [];
        foreach (BurnedCopyRecord one in burned)
        {
            string? name = one.IsCopy ? FreeName(discs.Get(disc).Copies.Select(copy => copy.Name).ToHashSet()) : null;
            if (name is not null)
            {
                discs.SetCopy(disc, name, one.Place, at);
                using Statement medium = database.Prepare("UPDATE copy SET detail = ?3 WHERE disc = ?1 AND name = ?2");
                medium.Bind(1, disc).BindText(2, Utf8(name)).BindText(3, Utf8(one.Medium)).Run();
            }

            AddEvent(discs, disc, name, (Kind, one.Verdict, one.Drive, one.Detail), at);
            if (one.IsVerified)
            {
                AddEvent(discs, disc, name, ("verified", "whole", one.VerifiedIn ?? one.Drive, null), at); // it was read, and was the image
            }

            names.Add(name);
        }

        transaction.Commit();
        return names;
    });

    private void AddEvent(DiscStore discs, int disc, string? copy, (string Kind, string Verdict, string Drive, string? Detail) what, DateTimeOffset at)
    {
        discs.AddEvent(disc, what.Kind, what.Verdict, what.Drive, what.Detail, at);
        if (copy is not null)
        {
            using Statement update = database.Prepare("UPDATE event SET copy = (SELECT id FROM copy WHERE disc = ?1 AND name = ?2) WHERE id = last_insert_rowid()");
            update.Bind(1, disc).BindText(2, Utf8(copy)).Run();
        }
    }

    /// <summary>The first letter that no copy of a disc has.</summary>
    internal static string FreeName(IReadOnlySet<string> taken) => Enumerable.Range(0, int.MaxValue)
        .Select(i => i < Letters ? ((char)('A' + i)).ToString() : string.Create(CultureInfo.InvariantCulture, $"copy {i + 1}"))
        .First(name => !taken.Contains(name));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}

/// <summary>A disc that was burned.</summary>
/// <param name="Verdict">What came of it: <c>verified</c>, <c>burned</c>, <c>spoiled</c> or <c>cancelled</c>.</param>
/// <param name="Drive">The drive.</param>
/// <param name="Place">Where it is kept; null where that is not said.</param>
/// <param name="Medium">JSON: what disc it is (docs/formats/catalogue.md).</param>
/// <param name="Detail">JSON: how it was burned (docs/formats/catalogue.md).</param>
public sealed record BurnedCopyRecord(string Verdict, string Drive, string? Place, string Medium, string Detail)
{
    /// <summary>The drive that read it; null for the one that burned it.</summary>
    public string? VerifiedIn { get; init; }

    /// <summary>Whether it was read, and was the image.</summary>
    public bool IsVerified => Verdict == "verified";

    /// <summary>Whether it counts as a copy.</summary>
    public bool IsCopy => Verdict is "verified" or "burned";
}
