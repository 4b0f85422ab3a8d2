// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Vault.Objects;

namespace Spindle.Vault.Moving;

/// <summary>What the vault's tables and the catalogue's say together.</summary>
public static class VaultViews
{
    /// <summary>
    /// Of each content, how many verified copies there are: a copy is one that was read, and was whole when it was read last. A disc that was found damaged, without a word which
    /// copy of it that was, has one less.
    /// </summary>
    internal const string CopiesOfContents = """
        verified AS (
            SELECT d.number AS disc, max(0, (
                SELECT count(*) FROM copy c WHERE c.disc = d.number AND
                    (SELECT verdict FROM event e WHERE e.copy = c.id AND kind IN ('verified', 'checked') ORDER BY at DESC, id DESC LIMIT 1) = 'whole')
                - coalesce((SELECT verdict <> 'whole' FROM event e WHERE e.disc = d.number AND copy IS NULL AND kind IN ('verified', 'checked') ORDER BY at DESC, id DESC LIMIT 1), 0)) AS n
            FROM disc d WHERE status NOT IN ('planned', 'withdrawn')),
        pieces AS (SELECT content, part, sum(n) AS n FROM placement JOIN verified ON verified.disc = placement.disc GROUP BY content, part),
        copies AS (SELECT content, max(coalesce(max(CASE WHEN part = 0 THEN n END), 0), coalesce(min(CASE WHEN part > 0 THEN n END), 0)) AS n FROM pieces GROUP BY content)
        """;

    private const string DeadContents = """
        WITH dead AS (
            SELECT DISTINCT d.content FROM vault_object d WHERE d.gone IS NOT NULL AND d.content IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM vault_object o WHERE o.content = d.content AND o.gone IS NULL))
        """;

    private const string StandingOf = """
        CASE WHEN o.gone IS NOT NULL THEN 7
             WHEN o.file IS NULL AND o.size > 0 THEN CASE WHEN o.lost IS NOT NULL THEN 6 WHEN EXISTS (SELECT 1 FROM vault_wish w WHERE w.object = o.id) THEN 4 ELSE 3 END
             WHEN o.until IS NOT NULL THEN 5
             WHEN o.content IS NULL THEN 0
             WHEN EXISTS (SELECT 1 FROM placement JOIN disc ON number = placement.disc WHERE placement.content = o.content AND status NOT IN ('planned', 'withdrawn')) THEN 2
             ELSE 1 END
        """;

    /// <summary>How many objects, and bytes of them, are where in their lives.</summary>
    public static IReadOnlyList<(Standing Standing, long Objects, long Bytes)> Count(VaultRows rows)
    {
        Statement found = rows[$"SELECT {StandingOf} AS standing, count(*), sum(size) FROM vault_object o GROUP BY standing ORDER BY standing"];
        List<(Standing, long, long)> counts = [];
        while (found.Step())
        {
            counts.Add(((Standing)found.Number(0), found.Number(1), found.Number(2)));
        }

        return counts;
    }

    /// <summary>How many verified copies of a disc there are.</summary>
    public static int CopiesOf(VaultRows rows, int disc) => (int)(rows[$"WITH {CopiesOfContents} SELECT n FROM verified WHERE disc = ?1"].Bind(1, disc).Scalar() ?? 0);

    /// <summary>The discs that hold what was deleted or overwritten, and is no other object's content: first those of which most is.</summary>
    public static IReadOnlyList<DeadShare> DeadShares(VaultRows rows)
    {
        Statement found = rows[$"""
            {DeadContents}
            SELECT d.number, coalesce(d.name, d.label), sum(p.length), sum(CASE WHEN p.content IN (SELECT content FROM dead) THEN p.length ELSE 0 END) AS bytes
            FROM disc d JOIN placement p ON p.disc = d.number
            WHERE d.number IN (SELECT q.disc FROM dead JOIN placement q ON q.content = dead.content) AND d.status NOT IN ('planned', 'withdrawn')
            GROUP BY d.number ORDER BY bytes DESC, d.number
            """];
        List<DeadShare> discs = [];
        while (found.Step())
        {
            discs.Add(new((int)found.Number(0), found.Text(1)!, found.Number(2), found.Number(3)));
        }

        return discs;
    }

    /// <summary>Objects with what is known of them, by bucket and key.</summary>
    /// <param name="rows">The connection, which belongs to the list until that is at its end.</param>
    /// <param name="bucket">Only those of a bucket; null for all.</param>
    /// <param name="prefix">Only those whose keys begin so.</param>
    public static IEnumerable<ObjectView> List(VaultRows rows, string? bucket, string prefix)
    {
        using Statement found = rows.Database.Prepare($"""
            WITH {CopiesOfContents}
            SELECT {ObjectRows.ColumnsOf("o")}, b.name, {StandingOf}, (SELECT n FROM copies WHERE copies.content = o.content), b.rules
            FROM vault_object o JOIN vault_bucket b ON b.id = o.bucket
            WHERE o.gone IS NULL AND (?1 IS NULL OR b.name = ?1) AND substr(o.key, 1, length(?2)) = ?2 ORDER BY b.name, o.key
            """);
        found.Bind(1, bucket).BindKey(2, prefix);
        while (found.Step())
        {
            const int Behind = 12; // the object's own columns
            VaultObject one = ObjectRows.Row(found);
            yield return new(found.Text(Behind)!, one, (Standing)found.Number(Behind + 1), (int)(found.NumberOrNull(Behind + 2) ?? 0), ObjectTier.ClassOf(one, VaultJson.Rules(found.Text(Behind + 3)!)));
        }
    }

    /// <summary>The discs that are needed for all that was asked for: first those that somebody waits for most, then those that were asked for longest ago.</summary>
    public static IReadOnlyList<WantedDisc> Wanted(VaultRows rows)
    {
        Statement found = rows["""
            SELECT d.number, coalesce(d.name, d.label), d.uuid, d.image, count(DISTINCT w.object), sum(p.length), min(w.asked), min(w.tier), group_concat(DISTINCT w.by),
                (SELECT group_concat(name || coalesce(': ' || place, ''), ', ') FROM copy WHERE copy.disc = d.number)
            FROM vault_wish w JOIN vault_object o ON o.id = w.object
                JOIN placement p ON p.content = o.content
                JOIN disc d ON d.number = p.disc
            WHERE d.number = (SELECT min(q.disc) FROM placement q WHERE q.content = p.content AND q.part = p.part)
            GROUP BY d.number ORDER BY min(w.tier), min(w.asked), d.number
            """];
        List<WantedDisc> discs = [];
        while (found.Step())
        {
            discs.Add(new(
                (int)found.Number(0), found.Text(1)!, found.Text(2)!, found.Text(3), found.Number(4), found.Number(5), DateTimeOffset.FromUnixTimeMilliseconds(found.Number(6)),
                (WishTier)found.Number(7), (found.Text(8) ?? "").Split(','), found.Text(9)));
        }

        return discs;
    }
}

/// <summary>An object, and where it is in its life.</summary>
/// <param name="Bucket">The name of its bucket.</param>
/// <param name="One">The object.</param>
/// <param name="Standing">Where it is.</param>
/// <param name="Copies">Verified copies of it on discs.</param>
/// <param name="StorageClass">What clients are told.</param>
public sealed record ObjectView(string Bucket, VaultObject One, Standing Standing, int Copies, string StorageClass);

/// <summary>How much of a disc nobody wants any more.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Bytes">Bytes of contents that it holds.</param>
/// <param name="DeadBytes">Bytes of those that are no object's any more.</param>
public sealed record DeadShare(int Number, string Label, long Bytes, long DeadBytes);

/// <summary>A disc that somebody waits for.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Uuid">Names it for ever.</param>
/// <param name="Image">Where its image was written to; null where that is not known.</param>
/// <param name="Objects">Objects that are wanted of it.</param>
/// <param name="Bytes">Bytes of them.</param>
/// <param name="Since">When the first of them was asked for.</param>
/// <param name="Tier">The most urgent.</param>
/// <param name="By">The names of the keys that asked.</param>
/// <param name="Copies">Its copies, and where they are kept; null where there are none.</param>
public sealed record WantedDisc(int Number, string Label, string Uuid, string? Image, long Objects, long Bytes, DateTimeOffset Since, WishTier Tier, IReadOnlyList<string> By, string? Copies);
