// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization;
using Spindle.Media;

namespace Spindle.Catalogue.Health;

/// <summary>How copies hold by what they have in common: the maker's code of the medium, the batch that people bought, the burner. What degrades together is copied together.</summary>
/// <param name="database">Open for reading.</param>
public sealed class MediumGroups(CatalogueDatabase database)
{
    private static readonly string[] Good = ["whole", "good", "verified"];

    /// <summary>The groups: by medium id, by batch, by burner; in each, those with the most degraded copies first.</summary>
    public IReadOnlyList<MediumGroup> All()
    {
        using Statement rows = database.Prepare("""
            SELECT copy.id, copy.detail,
                (SELECT detail FROM event WHERE event.copy = copy.id AND kind = 'burned' ORDER BY at DESC, id DESC LIMIT 1),
                (SELECT verdict FROM event WHERE event.copy = copy.id AND kind IN ('verified', 'checked') ORDER BY at DESC, id DESC LIMIT 1)
            FROM copy
            """);
        Dictionary<(MediumGrouping By, string Name), (int Copies, int Read, int Degraded)> groups = [];
        while (rows.Step())
        {
            JsonElement medium = JsonDetail.Parse(rows.Text(1)), burned = JsonDetail.Parse(rows.Text(2)).In("disc");
            string? verdict = rows.Text(3);
            string burner = string.Join(' ', new[] { burned.TextIn("vendor"), burned.TextIn("model"), burned.TextIn("firmware") }.Where(word => word is not null));
            foreach ((MediumGrouping by, string? name) in new[] { (MediumGrouping.MediumId, medium.TextIn("mediumId")), (MediumGrouping.Batch, medium.TextIn("medium")?.Trim()), (MediumGrouping.Burner, burner) })
            {
                if (!string.IsNullOrEmpty(name))
                {
                    (int copies, int read, int degraded) = groups.GetValueOrDefault((by, name));
                    groups[(by, name)] = (copies + 1, read + (verdict is null ? 0 : 1), degraded + (verdict is null || Good.Contains(verdict) ? 0 : 1));
                }
            }
        }

        return [.. groups.Select(group => new MediumGroup(group.Key.By, group.Key.Name, group.Value.Copies, group.Value.Read, group.Value.Degraded))
            .OrderBy(group => group.By).ThenByDescending(group => group.Degraded).ThenBy(group => group.Name, StringComparer.Ordinal)];
    }
}

/// <summary>What copies have in common.</summary>
[JsonConverter(typeof(JsonForm.Words<MediumGrouping>))]
public enum MediumGrouping
{
    /// <summary>The maker's code in the medium.</summary>
    MediumId,

    /// <summary>What people said of the medium: brand, lot, when it was bought.</summary>
    Batch,

    /// <summary>The drive that burned them, with its firmware.</summary>
    Burner,
}

/// <summary>Copies that have something in common.</summary>
/// <param name="By">What.</param>
/// <param name="Name">Which one.</param>
/// <param name="Copies">How many there are.</param>
/// <param name="Read">How many of them were read since, or as they were made.</param>
/// <param name="Degraded">How many were not whole when they were last read, or have to be watched or copied.</param>
public sealed record MediumGroup(MediumGrouping By, string Name, int Copies, int Read, int Degraded);
