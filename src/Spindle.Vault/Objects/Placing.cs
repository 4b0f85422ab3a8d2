// SPDX-License-Identifier: MIT
using Spindle.Catalogue;

namespace Spindle.Vault.Objects;

/// <summary>On which discs objects are.</summary>
public static class Placing
{
    /// <summary>Whether a content is on a disc that was made.</summary>
    public static bool IsWritten(VaultRows rows, long? content) => content is { } id && rows["""
        SELECT EXISTS (SELECT 1 FROM placement JOIN disc ON number = placement.disc WHERE content = ?1 AND status NOT IN ('planned', 'withdrawn'))
        """].Bind(1, id).Scalar() == 1;

    /// <summary>What names a disc for ever; null where there is no such disc.</summary>
    public static string? UuidOf(VaultRows rows, int disc)
    {
        Statement found = rows["SELECT uuid FROM disc WHERE number = ?1"].Bind(1, disc);
        string? uuid = found.Step() ? found.Text(0) : null;
        found.Reset();
        return uuid;
    }

    /// <summary>How many objects of a disc are on discs only.</summary>
    public static long NotHere(VaultRows rows, int disc) => rows["""
        SELECT count(*) FROM placement p JOIN vault_object o ON o.content = p.content
        WHERE p.disc = ?1 AND o.size > 0 AND NOT EXISTS (SELECT 1 FROM vault_object f WHERE f.content = p.content AND f.file IS NOT NULL)
        """].Bind(1, disc).Scalar()!.Value;

    /// <summary>The discs that a content is on, in words for people: <c>disc 17 'FOTO_0017' (shelf B2)</c>.</summary>
    public static IReadOnlyList<string> Told(VaultRows rows, long content)
    {
        Statement found = rows["""
            SELECT DISTINCT d.number, coalesce(d.name, d.label), (SELECT group_concat(DISTINCT place) FROM copy WHERE copy.disc = d.number AND place IS NOT NULL)
            FROM placement p JOIN disc d ON d.number = p.disc WHERE p.content = ?1 ORDER BY d.number
            """].Bind(1, content);
        List<string> discs = [];
        while (found.Step())
        {
            discs.Add($"disc {found.Number(0)} '{found.Text(1)}'{(found.Text(2) is { } place ? $" ({place})" : "")}");
        }

        return discs;
    }
}
