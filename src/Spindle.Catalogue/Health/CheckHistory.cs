// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Spindle.Media;

namespace Spindle.Catalogue.Health;

/// <summary>The checks of discs that the catalogue remembers: events of the kind <c>checked</c>.</summary>
/// <param name="database">The catalogue.</param>
public sealed class CheckHistory(CatalogueDatabase database)
{
    private const string Kind = "checked";

    /// <summary>Finds a disc by its uuid.</summary>
    /// <returns>Its number; null where the catalogue does not know it.</returns>
    public int? Find(Guid uuid)
    {
        using Statement row = database.Prepare("SELECT number FROM disc WHERE uuid = ?1");
        return (int?)row.BindText(1, Utf8(uuid.ToString())).Scalar();
    }

    /// <summary>Remembers a check.</summary>
    /// <param name="disc">Number of the disc.</param>
    /// <param name="format">Of the parity, in words of the catalogue.</param>
    /// <param name="check">What was found, and when. A copy that is not known is entered.</param>
    /// <exception cref="OperationFailedException"><c>no-such-disc</c>, <c>catalogue-failed</c>.</exception>
    public void Add(int disc, string format, DiscCheck check) => CatalogueDatabase.Guarded(database.Path, () =>
    {
        using SqliteTransaction transaction = database.BeginWriting();
        DiscStore discs = new(database);
        discs.Get(disc);
        if (check.Copy is { } copy)
        {
            discs.SetCopy(disc, copy, place: null, check.At);
        }

        discs.AddEvent(disc, Kind, check.Verdict, check.Drive, CheckDetail.Of(format, check).ToJson(), check.At);
        if (check.Copy is not null)
        {
            using Statement update = database.Prepare(
                "UPDATE event SET copy = (SELECT id FROM copy WHERE disc = ?1 AND name = ?2) WHERE id = last_insert_rowid()");
            update.Bind(1, disc).BindText(2, Utf8(check.Copy)).Run();
        }

        transaction.Commit();
        return 0;
    });

    /// <summary>The checks of a disc, the oldest first. Events whose details are not those of a check of parity are left out.</summary>
    /// <param name="disc">Number of the disc.</param>
    public IReadOnlyList<DiscCheck> Of(int disc)
    {
        using Statement rows = database.Prepare("""
            SELECT at, copy.name, drive, verdict, event.detail FROM event LEFT JOIN copy ON copy.id = event.copy
            WHERE event.disc = ?1 AND kind = ?2 AND verdict IS NOT NULL AND event.detail IS NOT NULL ORDER BY at, event.id
            """);
        rows.Bind(1, disc).BindText(2, Utf8(Kind));
        List<DiscCheck> checks = [];
        while (rows.Step())
        {
            if (CheckDetail.Parse(rows.Text(4)!) is { } detail && DateTimeOffset.TryParse(rows.Text(0), CultureInfo.InvariantCulture, out DateTimeOffset at))
            {
                checks.Add(CheckOf(detail, at, rows.Text(1), rows.Text(2), rows.Text(3)!));
            }
        }

        return checks;
    }

    private static DiscCheck CheckOf(CheckDetail detail, DateTimeOffset at, string? copy, string? drive, string verdict) => new()
    {
        At = at,
        Copy = copy,
        Drive = drive,
        Verdict = verdict,
        Roots = detail.Roots,
        Blocks = detail.Blocks,
        SectorsMissing = detail.SectorsMissing,
        ChecksumMismatches = detail.ChecksumMismatches,
        SilentErrors = detail.SilentErrors,
        BlocksLost = detail.BlocksLost,
        WorstBlock = detail.WorstBlock,
        WorstMargin = detail.WorstMargin,
        LongestBearableBurst = detail.LongestBearableBurst,
        CopyNowShare = detail.CopyNowShare,
        BlocksByWrongSectors = detail.BlocksByWrongSectors,
    };

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
