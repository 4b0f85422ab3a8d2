// SPDX-License-Identifier: MIT
namespace Spindle.Catalogue.Sets;

/// <summary>How many more discs of each set may be lost now, as far as the catalogue knows.</summary>
/// <remarks>
/// A disc counts as lost where it was found damaged and no copy of it was found whole when it was read last: damaged beyond what its own
/// parity mends. A copy that was never read proves nothing, and one whose disc was never found damaged counts as there.
/// </remarks>
/// <param name="database">The catalogue.</param>
public sealed class SetMargins(CatalogueDatabase database)
{
    /// <summary>All sets, in order.</summary>
    public IReadOnlyList<SetMargin> All()
    {
        HashSet<int> lost = Lost();
        return
        [
            .. new SetStore(database).All().Select(set =>
            {
                int[] members = [.. set.Members.Select(member => member.Disc).Where(lost.Contains)];
                return new SetMargin(set, members, set.Status == "closed" ? set.Plan.Rows - members.Length : null);
            }),
        ];
    }

    private HashSet<int> Lost()
    {
        // The last reading of each copy; of a check, what its parity could not mend.
        using Statement readings = database.Prepare("""
            SELECT disc, verdict IS 'damaged' OR coalesce(detail ->> 'blocksLost', 0) > 0, max(id) FROM event
            WHERE disc IS NOT NULL AND ((kind = 'verified' AND verdict IN ('whole', 'damaged')) OR (kind = 'restored' AND verdict = 'damaged') OR (kind = 'checked' AND verdict IS NOT NULL))
            GROUP BY disc, copy
            """);
        Dictionary<int, bool> isLost = [];
        while (readings.Step())
        {
            int disc = (int)readings.Number(0);
            isLost[disc] = readings.Number(1) == 1 && isLost.GetValueOrDefault(disc, true);
        }

        return [.. isLost.Where(disc => disc.Value).Select(disc => disc.Key)];
    }
}

/// <summary>A set, and how it stands.</summary>
/// <param name="Set">The set.</param>
/// <param name="Lost">Its discs that count as lost.</param>
/// <param name="MayLose">How many more, discs and parity discs, may be lost; negative where too many are. Null as long as it has no parity discs.</param>
public sealed record SetMargin(SetRecord Set, IReadOnlyList<int> Lost, int? MayLose);
