// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Vault.Objects;

namespace Spindle.Vault.Moving;

/// <summary>Gives the landing its room back: only what is on as many discs as was promised, each of them read and found whole.</summary>
/// <param name="vault">The vault.</param>
public sealed class Evictor(OpenVault vault)
{
    private const int AtOnce = 500; // objects in a transaction

    /// <summary>Takes contents out of the landing: first those whose stay is over, then those that were read longest ago.</summary>
    /// <param name="most">Bytes to leave in the landing, if so many may stay; 0 takes all out that may go.</param>
    /// <param name="cancellationToken">Ends it between two of them.</param>
    public async Task<Evicted> RunAsync(long most, CancellationToken cancellationToken)
    {
        long now = vault.Time.GetUtcNow().ToUnixTimeMilliseconds();
        (long objects, long bytes) = (0, 0);
        await SweepGoneAsync();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long excess = vault.Objects.Read(Held) - most;
            if (excess <= 0)
            {
                break;
            }

            (IReadOnlyList<(string File, long Size)> gone, int taken) = await vault.Objects.WriteAsync(rows => Take(rows, now, excess));
            if (taken == 0)
            {
                break;
            }

            objects += taken;
            foreach ((string file, long size) in gone)
            {
                bytes += size;
                vault.Landing.Delete(file);
            }
        }

        return new(objects, bytes, vault.Objects.Read(Held), vault.Objects.Read(rows => Kept(rows, now)));
    }

    /// <summary>Bytes that the landing holds of objects; one file that several have counts once.</summary>
    public static long Held(VaultRows rows) => rows["SELECT coalesce(sum(size), 0) FROM (SELECT size FROM vault_object WHERE file IS NOT NULL GROUP BY file)"].Scalar()!.Value;

    private static (IReadOnlyList<(string File, long Size)> Gone, int Taken) Take(VaultRows rows, long now, long excess)
    {
        Statement found = rows[$"""
            WITH {VaultViews.CopiesOfContents}
            SELECT o.id, o.file, o.size FROM vault_object o JOIN vault_bucket b ON b.id = o.bucket JOIN copies ON copies.content = o.content
            WHERE o.file IS NOT NULL AND o.gone IS NULL AND copies.n >= (SELECT CAST(value AS INTEGER) FROM archive WHERE key = 'vault.copies')
              AND (o.until IS NULL OR o.until <= ?1) AND o.modified + coalesce(b.rules ->> 'minimumStay', 0) * 86400000 <= ?1
            ORDER BY o.until IS NULL, o.used LIMIT {AtOnce}
            """].Bind(1, now);
        List<(long Id, string File, long Size)> may = [];
        while (found.Step())
        {
            may.Add((found.Number(0), found.Text(1)!, found.Number(2)));
        }

        List<(string, long)> gone = [];
        int taken = 0;
        foreach ((long id, string file, long size) in may)
        {
            if (excess <= 0)
            {
                break;
            }

            rows["UPDATE vault_object SET file = NULL, until = NULL WHERE id = ?1"].Bind(1, id).Run();
            taken++;
            if (!ObjectRows.IsUsed(rows, file))
            {
                gone.Add((file, size));
                excess -= size;
            }
        }

        return (gone, taken);
    }

    /// <summary>What stays, and why.</summary>
    private static List<(string Why, long Objects, long Bytes)> Kept(VaultRows rows, long now)
    {
        Statement found = rows[$"""
            WITH {VaultViews.CopiesOfContents}
            SELECT CASE WHEN o.content IS NULL THEN 'not-packed'
                        WHEN coalesce((SELECT n FROM copies WHERE copies.content = o.content), 0) < (SELECT CAST(value AS INTEGER) FROM archive WHERE key = 'vault.copies') THEN 'too-few-copies'
                        WHEN o.until > ?1 OR o.modified + coalesce(b.rules ->> 'minimumStay', 0) * 86400000 > ?1 THEN 'stays-for-now' ELSE 'may-go' END AS why, count(*), sum(size)
            FROM vault_object o JOIN vault_bucket b ON b.id = o.bucket WHERE o.file IS NOT NULL AND o.gone IS NULL GROUP BY why ORDER BY why
            """].Bind(1, now);
        List<(string, long, long)> kept = [];
        while (found.Step())
        {
            kept.Add((found.Text(0)!, found.Number(1), found.Number(2)));
        }

        return kept;
    }

    /// <summary>What was deleted while it was on its way to a disc was kept for that disc: when that is made, or never will be, it goes.</summary>
    private async Task SweepGoneAsync()
    {
        IReadOnlyList<string> files = await vault.Objects.WriteAsync(rows =>
        {
            Statement found = rows["""
                SELECT id, file FROM vault_object o WHERE gone IS NOT NULL AND file IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM placement JOIN disc ON number = placement.disc WHERE placement.content = o.content AND status = 'planned')
                """];
            List<(long Id, string File)> left = [];
            while (found.Step())
            {
                left.Add((found.Number(0), found.Text(1)!));
            }

            List<string> unused = [];
            foreach ((long id, string file) in left)
            {
                rows["UPDATE vault_object SET file = NULL WHERE id = ?1"].Bind(1, id).Run();
                if (!ObjectRows.IsUsed(rows, file))
                {
                    unused.Add(file);
                }
            }

            return unused;
        });
        foreach (string file in files)
        {
            vault.Landing.Delete(file);
        }
    }
}

/// <summary>What was taken out of the landing.</summary>
/// <param name="Objects">Objects.</param>
/// <param name="Bytes">Bytes that are free now.</param>
/// <param name="Held">Bytes that the landing holds still.</param>
/// <param name="Kept">What stays, and why: <c>not-packed</c>, <c>too-few-copies</c>, <c>stays-for-now</c>, <c>may-go</c>.</param>
public sealed record Evicted(long Objects, long Bytes, long Held, IReadOnlyList<(string Why, long Objects, long Bytes)> Kept);
