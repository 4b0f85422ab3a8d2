// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue;
using Spindle.Files;
using Spindle.Vault.Landing;
using Spindle.Vault.Objects;

namespace Spindle.Vault.Moving;

/// <summary>Wishes on their way to objects that are here.</summary>
public static class Fetching
{
    /// <summary>Asks for all objects that are on discs only, and whose keys begin so.</summary>
    /// <returns>How many were not asked for before.</returns>
    public static long Ask(VaultRows rows, long bucket, string prefix, int days, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Statement found = rows["""
            SELECT id FROM vault_object WHERE bucket = ?1 AND gone IS NULL AND file IS NULL AND size > 0 AND substr(key, 1, length(?2)) = ?2
            """].Bind(1, bucket).BindKey(2, prefix);
        List<long> cold = [];
        while (found.Step())
        {
            cold.Add(found.Number(0));
        }

        long asked = 0;
        foreach (long id in cold)
        {
            cancellationToken.ThrowIfCancellationRequested();
            asked += ObjectRows.Find(rows, id) is { } one && Wishes.Add(rows, one, WishTier.Standard, days, by, now) == WishOutcome.Queued ? 1 : 0;
        }

        return asked;
    }

    /// <summary>The discs that it would take to fetch what is below a prefix, and on discs only.</summary>
    public static IReadOnlyList<WantedDisc> Needed(VaultRows rows, (string Bucket, string Prefix) what)
    {
        Statement found = rows["""
            SELECT d.number, coalesce(d.name, d.label), d.uuid, d.image, count(DISTINCT o.id), sum(p.length),
                (SELECT group_concat(name || coalesce(': ' || place, ''), ', ') FROM copy WHERE copy.disc = d.number)
            FROM vault_object o JOIN vault_bucket b ON b.id = o.bucket JOIN placement p ON p.content = o.content JOIN disc d ON d.number = p.disc
            WHERE b.name = ?1 AND b.gone IS NULL AND o.gone IS NULL AND o.file IS NULL AND o.size > 0 AND substr(o.key, 1, length(?2)) = ?2
                AND d.number = (SELECT min(q.disc) FROM placement q WHERE q.content = p.content AND q.part = p.part)
            GROUP BY d.number ORDER BY d.number
            """].Bind(1, what.Bucket).BindKey(2, what.Prefix);
        List<WantedDisc> discs = [];
        while (found.Step())
        {
            discs.Add(new((int)found.Number(0), found.Text(1)!, found.Text(2)!, found.Text(3), found.Number(4), found.Number(5), DateTimeOffset.UnixEpoch, WishTier.Standard, [], found.Text(6)));
        }

        return discs;
    }

    /// <summary>Images of discs that are where they were written, or copied.</summary>
    public static IReadOnlyList<string> ImagesAtHand(VaultRows rows, IEnumerable<int> discs)
    {
        List<string> images = [];
        foreach (int disc in discs)
        {
            Statement found = rows["SELECT image FROM disc WHERE number = ?1 AND image IS NOT NULL UNION SELECT place FROM copy WHERE disc = ?1 AND place IS NOT NULL"].Bind(1, disc);
            while (found.Step())
            {
                if (found.Text(0) is { } path && Path.IsPathRooted(path) && File.Exists(path))
                {
                    images.Add(path);
                }
            }
        }

        return images;
    }

    /// <summary>The contents that are wanted, each once.</summary>
    public static IReadOnlyList<WantedContent> Contents(VaultRows rows)
    {
        Statement found = rows["""
            SELECT o.content, min(o.size), (SELECT path FROM entry e JOIN directory ON directory.id = e.directory WHERE e.content = o.content AND kind = 0 ORDER BY gone_scan IS NOT NULL, e.id LIMIT 1),
                (SELECT name FROM entry e WHERE e.content = o.content AND kind = 0 ORDER BY gone_scan IS NOT NULL, e.id LIMIT 1)
            FROM vault_wish w JOIN vault_object o ON o.id = w.object WHERE o.content IS NOT NULL AND o.file IS NULL GROUP BY o.content ORDER BY min(w.tier), min(w.asked)
            """];
        List<WantedContent> wanted = [];
        while (found.Step())
        {
            if (!found.IsNull(3))
            {
                wanted.Add(new(found.Number(0), found.Number(1), Encoding.UTF8.GetString(ArchivePath.Join(found.Blob(2), found.Blob(3)))));
            }
        }

        return wanted;
    }

    /// <summary>Takes a file that was restored, and is what its hash says, into the landing: for all who wait for that content.</summary>
    /// <returns>How many objects came.</returns>
    public static async Task<long> TakeAsync(OpenVault vault, WantedContent content, string file)
    {
        string name = LandingFolder.NewName();
        WholeFile.Rename(file, vault.Landing.PathOf(name));
        long now = vault.Time.GetUtcNow().ToUnixTimeMilliseconds();
        long taken = await vault.Objects.WriteAsync(rows =>
        {
            Statement found = rows["SELECT o.id, w.days FROM vault_wish w JOIN vault_object o ON o.id = w.object WHERE o.content = ?1 AND o.file IS NULL AND o.gone IS NULL"].Bind(1, content.Content);
            List<(long Id, int Days)> waiting = [];
            while (found.Step())
            {
                waiting.Add((found.Number(0), (int)found.Number(1)));
            }

            foreach ((long id, int days) in waiting)
            {
                rows["UPDATE vault_object SET file = ?2, until = ?3, lost = NULL, used = ?4 WHERE id = ?1"]
                    .Bind(1, id).Bind(2, name).Bind(3, ObjectTier.Until(vault.Time.GetUtcNow(), days).ToUnixTimeMilliseconds()).Bind(4, now).Run();
                rows["DELETE FROM vault_wish WHERE object = ?1"].Bind(1, id).Run();
            }

            return (long)waiting.Count;
        });
        if (taken == 0)
        {
            vault.Landing.Delete(name); // nobody waits for it any more
        }

        return taken;
    }

    /// <summary>Says of all who wait for a content that it can't be had.</summary>
    /// <returns>Their names.</returns>
    public static Task<IReadOnlyList<(string Bucket, string Key)>> LoseAsync(OpenVault vault, WantedContent content, string why) => vault.Objects.WriteAsync(rows =>
    {
        Statement found = rows["SELECT o.id, b.name, o.key FROM vault_wish w JOIN vault_object o ON o.id = w.object JOIN vault_bucket b ON b.id = o.bucket WHERE o.content = ?1"].Bind(1, content.Content);
        List<(long Id, string Bucket, string Key)> waiting = [];
        while (found.Step())
        {
            waiting.Add((found.Number(0), found.Text(1)!, found.Key(2)));
        }

        foreach ((long id, _, _) in waiting)
        {
            rows["UPDATE vault_object SET lost = ?2 WHERE id = ?1"].Bind(1, id).Bind(2, why).Run();
            rows["DELETE FROM vault_wish WHERE object = ?1"].Bind(1, id).Run();
        }

        return (IReadOnlyList<(string, string)>)[.. waiting.Select(one => (one.Bucket, one.Key))];
    });
}

/// <summary>A content that somebody waits for.</summary>
/// <param name="Content">Its number in the catalogue.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Path">A name that it has in the archive.</param>
public sealed record WantedContent(long Content, long Size, string Path);
