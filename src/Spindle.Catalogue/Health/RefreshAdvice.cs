// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json.Serialization;
using Spindle.Media;

namespace Spindle.Catalogue.Health;

/// <summary>Which copies should be burned anew, and why: what is damaged, what has used up half of its parity, what is of a batch that degrades, and what is old.</summary>
/// <remarks>
/// No table of lives holds for all discs. What is given here is cautious: CDs and DVDs five years, of which NARA (2007) says that they can be expected to hold for two to five; Blu-ray Discs ten, which is
/// a choice of ours. Who knows better says so.
/// </remarks>
/// <param name="database">Open for reading.</param>
/// <param name="limit">After what age a copy is burned anew; null for the usual one of its kind.</param>
public sealed class RefreshAdvice(CatalogueDatabase database, TimeSpan? limit)
{
    private const double LeastMargin = 0.5; // of the roots
    private const int Telling = 2; // copies of a batch that degrade

    private static readonly TimeSpan OfCdsAndDvds = TimeSpan.FromDays(5 * 365.25), OfBlurayDiscs = TimeSpan.FromDays(10 * 365.25);
    private static readonly string[] Good = ["whole", "good", "verified", "watch"];

    /// <summary>The copies, by discs.</summary>
    /// <param name="now">The moment as of which that is so.</param>
    public IReadOnlyList<RefreshCopy> All(DateTimeOffset now)
    {
        HashSet<string> batches = [.. new MediumGroups(database).All().Where(group => group is { By: MediumGrouping.Batch, Degraded: >= Telling }).Select(group => group.Name)];
        using Statement rows = database.Prepare("""
            SELECT disc, coalesce(disc.name, label), copy.name, place, made, copy.detail,
                (SELECT verdict FROM event WHERE event.copy = copy.id AND kind IN ('verified', 'checked') ORDER BY at DESC, id DESC LIMIT 1),
                (SELECT detail FROM event WHERE event.copy = copy.id AND kind = 'checked' ORDER BY at DESC, id DESC LIMIT 1)
            FROM copy JOIN disc ON disc.number = copy.disc ORDER BY disc, copy.id
            """);
        List<RefreshCopy> copies = [];
        while (rows.Step())
        {
            DateTimeOffset? made = DateTimeOffset.TryParse(rows.Text(4), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) ? moment : null;
            System.Text.Json.JsonElement medium = JsonDetail.Parse(rows.Text(5));
            CheckDetail? check = rows.Text(7) is { } detail ? CheckDetail.Parse(detail) : null;
            List<RefreshReason> reasons = [];
            Add(reasons, RefreshReason.Damaged, rows.Text(6) is { } verdict && !Good.Contains(verdict));
            Add(reasons, RefreshReason.Margin, check is not null && check.WorstMargin < check.Roots * LeastMargin);
            Add(reasons, RefreshReason.Batch, medium.TextIn("medium")?.Trim() is { } batch && batches.Contains(batch));
            Add(reasons, RefreshReason.Age, made is { } born && (limit ?? LimitOf(medium.TextIn("kind"))) is { } life && now - born > life);
            if (reasons.Count > 0)
            {
                copies.Add(new((int)rows.Number(0), rows.Text(1)!, rows.Text(2)!, rows.Text(3), reasons, made, check?.WorstMargin, check?.Roots));
            }
        }

        return copies;
    }

    private static void Add(List<RefreshReason> reasons, RefreshReason reason, bool holds)
    {
        if (holds)
        {
            reasons.Add(reason);
        }
    }

    private static TimeSpan? LimitOf(string? kind) => kind switch
    {
        null => null,
        _ when kind.StartsWith("BD", StringComparison.Ordinal) => OfBlurayDiscs,
        _ when kind.StartsWith("CD", StringComparison.Ordinal) || kind.StartsWith("DVD", StringComparison.Ordinal) => OfCdsAndDvds,
        _ => null,
    };
}

/// <summary>Why a copy should be burned anew.</summary>
[JsonConverter(typeof(JsonForm.Words<RefreshReason>))]
public enum RefreshReason
{
    /// <summary>It was not whole when it was last read, or its parity is nearly used up.</summary>
    Damaged,

    /// <summary>Its worst ecc block has less than half of its parity left.</summary>
    Margin,

    /// <summary>Two copies of its batch degrade, at least.</summary>
    Batch,

    /// <summary>It is older than discs of its kind should become.</summary>
    Age,
}

/// <summary>A copy that should be burned anew.</summary>
/// <param name="Disc">Number of the disc.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Copy">Which copy.</param>
/// <param name="Place">Where it is kept; null where nobody said.</param>
/// <param name="Reasons">Why.</param>
/// <param name="Made">When it was made; null where that is not known.</param>
/// <param name="Margin">Sectors that its worst ecc block could lose in addition at the last check; null where there was none.</param>
/// <param name="Roots">Sectors that an ecc block may lose at all; null as above.</param>
public sealed record RefreshCopy(int Disc, string Label, string Copy, string? Place, IReadOnlyList<RefreshReason> Reasons, DateTimeOffset? Made, int? Margin, int? Roots);
