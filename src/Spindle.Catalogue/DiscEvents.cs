// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Catalogue;

/// <summary>What happened to the discs of an archive, as the catalogue remembers it.</summary>
/// <param name="database">Open for reading.</param>
public sealed class DiscEvents(CatalogueDatabase database)
{
    /// <summary>The kinds of events that there are: an image was written, a disc was burned, verified or checked, files were restored from it, an image was audited.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["written", "burned", "verified", "checked", "restored", "audited"];

    /// <summary>Events, the oldest first; they are read while they are told.</summary>
    /// <param name="request">Which ones.</param>
    public IEnumerable<DiscEvent> All(EventsRequest request)
    {
        using Statement rows = database.Prepare($"""
            SELECT at, event.disc, coalesce(disc.name, disc.label), copy.name, kind, verdict, drive, unixepoch(at) AS moment, event.id AS id
            FROM event JOIN disc ON disc.number = event.disc LEFT JOIN copy ON copy.id = event.copy
            WHERE kind IN ({string.Join(", ", Kinds.Select(kind => $"'{kind}'"))}) AND (?1 IS NULL OR event.disc = ?1) AND (?2 IS NULL OR kind = ?2)
              AND (?3 IS NULL OR unixepoch(at) >= ?3)
            UNION ALL
            SELECT at, NULL, NULL, NULL, 'audited', state, image, unixepoch(at), id FROM audit
            WHERE ?1 IS NULL AND (?2 IS NULL OR ?2 = 'audited') AND (?3 IS NULL OR unixepoch(at) >= ?3)
            ORDER BY moment, id
            """);
        _ = request.Disc is { } disc ? rows.Bind(1, disc) : rows.BindNull(1);
        _ = request.Kind is { } only ? rows.BindText(2, Encoding.UTF8.GetBytes(only)) : rows.BindNull(2);
        _ = request.Since is { } since ? rows.Bind(3, since.ToUnixTimeSeconds()) : rows.BindNull(3);
        while (rows.Step())
        {
            yield return new(rows.Text(0)!, (int?)rows.NumberOrNull(1), rows.Text(2) ?? Path.GetFileName(rows.Text(6)!), rows.Text(3), rows.Text(4)!, rows.Text(5), rows.Text(6));
        }
    }
}

/// <summary>Which events are sought.</summary>
public sealed record EventsRequest
{
    /// <summary>The catalogue.</summary>
    public required string Catalogue { get; init; }

    /// <summary>Of which disc, from 0; null for all.</summary>
    public int? Disc { get; init; }

    /// <summary>Of which kind (<see cref="DiscEvents.Kinds"/>); null for all.</summary>
    public string? Kind { get; init; }

    /// <summary>Then or later; null for all.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>Something that happened to a disc.</summary>
/// <param name="At">When (RFC 3339).</param>
/// <param name="Disc">Which one, from 0; null for an image that is of no disc of the archive.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Copy">Which of its copies; null where that was not said.</param>
/// <param name="Kind">One of <see cref="DiscEvents.Kinds"/>.</param>
/// <param name="Verdict">What was found; null where nothing was looked for.</param>
/// <param name="Source">The drive or image that was read; null where that was not said.</param>
public sealed record DiscEvent(string At, int? Disc, string Label, string? Copy, string Kind, string? Verdict, string? Source);
