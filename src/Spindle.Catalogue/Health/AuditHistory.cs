// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Spindle.Media;

namespace Spindle.Catalogue.Health;

/// <summary>The audits of images that the catalogue remembers.</summary>
/// <param name="database">The catalogue.</param>
public sealed class AuditHistory(CatalogueDatabase database)
{
    /// <summary>The state of an image that is what its records say.</summary>
    public const string Pass = "pass";

    /// <summary>The state of an image that had no record, and has got one.</summary>
    public const string Adopted = "adopted";

    /// <summary>When an image was last found to be whole.</summary>
    /// <param name="image">Its absolute path.</param>
    /// <returns>Null where it never was.</returns>
    public DateTimeOffset? LastPass(string image)
    {
        using Statement row = database.Prepare($"SELECT max(at) FROM audit WHERE image = ?1 AND state IN ('{Pass}', '{Adopted}')");
        return row.BindText(1, Utf8(image)).Step() && DateTimeOffset.TryParse(row.Text(0), CultureInfo.InvariantCulture, out DateTimeOffset at) ? at : null;
    }

    /// <summary>Whether an audit of an image is remembered.</summary>
    /// <param name="image">Its absolute path.</param>
    /// <param name="at">When it was, to the second.</param>
    public bool Has(string image, DateTimeOffset at)
    {
        using Statement row = database.Prepare("SELECT 1 FROM audit WHERE image = ?1 AND at = ?2");
        return row.BindText(1, Utf8(image)).BindText(2, Utf8(Time(at))).Step();
    }

    /// <summary>Remembers audits: all of them, or none.</summary>
    /// <exception cref="OperationFailedException"><c>catalogue-failed</c>.</exception>
    public void Add(IEnumerable<ImageAudit> audits) => CatalogueDatabase.Guarded(database.Path, () =>
    {
        using SqliteTransaction transaction = database.BeginWriting();
        using Statement insert = database.Prepare("INSERT INTO audit (image, at, state, detail) VALUES (?1, ?2, ?3, ?4)");
        foreach (ImageAudit audit in audits)
        {
            insert.BindText(1, Utf8(audit.Image)).BindText(2, Utf8(Time(audit.At))).BindText(3, Utf8(audit.State)).BindText(4, Utf8(audit.Detail)).Run();
        }

        transaction.Commit();
        return 0;
    });

    /// <summary>The images that should be audited: those whose last pass is longer ago, that did not pass the last time, or that were imaged and never audited.</summary>
    /// <param name="before">The moment before which a pass is too old.</param>
    /// <returns>Those that wait longest first.</returns>
    public IReadOnlyList<DueImage> Due(DateTimeOffset before)
    {
        using Statement rows = database.Prepare($"""
            WITH known AS (SELECT image FROM imaged UNION SELECT image FROM audit),
                last AS (SELECT image, (SELECT max(at) FROM audit WHERE audit.image = known.image AND state IN ('{Pass}', '{Adopted}')) AS passed,
                    (SELECT state FROM audit WHERE audit.image = known.image ORDER BY at DESC, id DESC LIMIT 1) AS state FROM known)
            SELECT image, passed, state FROM last
            WHERE passed IS NULL OR unixepoch(passed) < ?1 OR state NOT IN ('{Pass}', '{Adopted}') ORDER BY unixepoch(passed), image
            """);
        rows.Bind(1, before.ToUnixTimeSeconds());
        List<DueImage> due = [];
        while (rows.Step())
        {
            due.Add(new(rows.Text(0)!, rows.Text(1), rows.Text(2)));
        }

        return due;
    }

    private static string Time(DateTimeOffset moment) => moment.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}

/// <summary>An audit of an image.</summary>
/// <param name="Image">Its absolute path.</param>
/// <param name="At">When.</param>
/// <param name="State">What came of it, in one word (docs/formats/catalogue.md).</param>
/// <param name="Detail">JSON with what else there is to know.</param>
public sealed record ImageAudit(string Image, DateTimeOffset At, string State, string Detail);

/// <summary>An image that should be audited.</summary>
/// <param name="Image">Its absolute path.</param>
/// <param name="LastPassed">When it was last found to be whole (RFC 3339); null where it never was.</param>
/// <param name="LastState">What the last audit said; null where there was none.</param>
public sealed record DueImage(string Image, string? LastPassed, string? LastState);
