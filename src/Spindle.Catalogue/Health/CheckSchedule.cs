// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Catalogue.Health;

/// <summary>When each disc in a box should be read again: some time after it was made, and then at intervals. Burned discs that go bad do so in their first year, or slowly.</summary>
/// <param name="database">Open for reading.</param>
/// <param name="first">How long after it was made a disc is checked first.</param>
/// <param name="every">How long after that, and after each further check.</param>
public sealed class CheckSchedule(CatalogueDatabase database, TimeSpan first, TimeSpan every)
{
    /// <summary>A year, the usual time to the first check.</summary>
    public static TimeSpan UsualFirst { get; } = TimeSpan.FromDays(365);

    /// <summary>Two years, the usual time between checks.</summary>
    public static TimeSpan UsualEvery { get; } = TimeSpan.FromDays(730);

    private static readonly TimeSpan AtBirth = TimeSpan.FromDays(1); // a reading that belongs to making it

    /// <summary>Copies whose time has come, those that wait longest first. A disc without copies is one itself, once its image was written.</summary>
    /// <param name="now">The moment as of which that is so.</param>
    public IReadOnlyList<DueCopy> Due(DateTimeOffset now)
    {
        using Statement rows = database.Prepare("""
            SELECT number, coalesce(disc.name, label), copy.name, place, coalesce(made, written),
                (SELECT max(at) FROM event WHERE event.disc = number AND kind IN ('verified', 'checked')
                    AND (event.copy = copy.id OR (event.copy IS NULL AND (SELECT count(*) FROM copy c WHERE c.disc = number) <= 1)))
            FROM disc LEFT JOIN copy ON copy.disc = number WHERE status IN ('written', 'imported') ORDER BY number, copy.id
            """);
        List<DueCopy> due = [];
        while (rows.Step())
        {
            DateTimeOffset? made = Moment(rows.Text(4)), last = Moment(rows.Text(5));
            DateTimeOffset? checkBy = last is { } then && !(made is { } born && then - born < AtBirth) ? then + every : made is { } begin ? begin + first : null;
            if (checkBy is null || checkBy <= now)
            {
                due.Add(new((int)rows.Number(0), rows.Text(1)!, rows.Text(2), rows.Text(3), checkBy, last));
            }
        }

        return [.. due.OrderBy(copy => copy.CheckBy ?? DateTimeOffset.MinValue).ThenBy(copy => copy.Disc)];
    }

    private static DateTimeOffset? Moment(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) ? moment : null;
}

/// <summary>A disc in a box that should be read.</summary>
/// <param name="Disc">Its number.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Copy">Which copy; null where the catalogue knows of none.</param>
/// <param name="Place">Where it is kept.</param>
/// <param name="CheckBy">When its time came; null where nobody knows when it was made, or read.</param>
/// <param name="LastRead">When it was last read; null for never.</param>
public sealed record DueCopy(int Disc, string Label, string? Copy, string? Place, DateTimeOffset? CheckBy, DateTimeOffset? LastRead);
