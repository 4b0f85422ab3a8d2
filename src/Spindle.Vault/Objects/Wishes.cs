// SPDX-License-Identifier: MIT
using Spindle.Catalogue;

namespace Spindle.Vault.Objects;

/// <summary>What was asked for, and is on discs only.</summary>
/// <param name="Id">The object's number.</param>
/// <param name="Asked">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="Tier">Whose turn it is.</param>
/// <param name="Days">So long it is to stay when it is here.</param>
/// <param name="By">The name of the key that asked.</param>
public sealed record VaultWish(long Id, long Asked, WishTier Tier, int Days, string By);

/// <summary>Whose turn it is to be fetched: classes of a queue, nothing else.</summary>
public enum WishTier
{
    /// <summary>Next.</summary>
    Expedited,

    /// <summary>With all others of its disc.</summary>
    Standard,

    /// <summary>When its disc is in a drive anyway, or nothing else is to be done.</summary>
    Bulk,
}

/// <summary>What came of a wish.</summary>
public enum WishOutcome
{
    /// <summary>It is on disk, and was told so by its class: there is nothing to be fetched.</summary>
    NotArchived,

    /// <summary>It is here already; it stays for longer.</summary>
    Here,

    /// <summary>It is to be fetched.</summary>
    Queued,

    /// <summary>It was to be fetched already.</summary>
    Known,
}

/// <summary>Wishes, in one connection.</summary>
public static class Wishes
{
    /// <summary>That for an object; null for none.</summary>
    public static VaultWish? Find(VaultRows rows, long id)
    {
        Statement found = rows["SELECT object, asked, tier, days, by FROM vault_wish WHERE object = ?1"].Bind(1, id);
        if (!found.Step())
        {
            return null;
        }

        VaultWish wish = new(found.Number(0), found.Number(1), (WishTier)found.Number(2), (int)found.Number(3), found.Text(4)!);
        found.Reset();
        return wish;
    }

    /// <summary>Asks for an object.</summary>
    /// <param name="rows">The connection, which writes.</param>
    /// <param name="wanted">The object.</param>
    /// <param name="tier">Whose turn it is.</param>
    /// <param name="days">So long it is to stay, from 1.</param>
    /// <param name="by">The name of the key that asks.</param>
    /// <param name="now">When.</param>
    public static WishOutcome Add(VaultRows rows, VaultObject wanted, WishTier tier, int days, string by, DateTimeOffset now)
    {
        if (wanted.IsHere)
        {
            if (!ObjectTier.IsArchived(wanted))
            {
                return WishOutcome.NotArchived;
            }

            rows["UPDATE vault_object SET until = max(coalesce(until, 0), ?2) WHERE id = ?1"].Bind(1, wanted.Id).Bind(2, ObjectTier.Until(now, days).ToUnixTimeMilliseconds()).Run();
            return WishOutcome.Here;
        }

        if (Find(rows, wanted.Id) is { } known)
        {
            if (tier >= known.Tier)
            {
                return WishOutcome.Known;
            }

            rows["UPDATE vault_wish SET tier = ?2 WHERE object = ?1"].Bind(1, wanted.Id).Bind(2, (long)tier).Run();
            return WishOutcome.Queued;
        }

        rows["INSERT INTO vault_wish (object, asked, tier, days, by) VALUES (?1, ?2, ?3, ?4, ?5)"]
            .Bind(1, wanted.Id).Bind(2, now.ToUnixTimeMilliseconds()).Bind(3, (long)tier).Bind(4, days).Bind(5, by).Run();
        rows["UPDATE vault_object SET lost = NULL WHERE id = ?1"].Bind(1, wanted.Id).Run(); // it is tried again
        return WishOutcome.Queued;
    }
}
