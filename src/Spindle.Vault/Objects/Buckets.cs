// SPDX-License-Identifier: MIT
using Spindle.Catalogue;

namespace Spindle.Vault.Objects;

/// <summary>The buckets, in one connection.</summary>
public static class Buckets
{
    private const string Columns = "id, name, owner, created, region, rules";

    /// <summary>All, by name.</summary>
    public static IReadOnlyList<VaultBucket> All(VaultRows rows)
    {
        Statement found = rows[$"SELECT {Columns} FROM vault_bucket WHERE gone IS NULL ORDER BY name"];
        List<VaultBucket> buckets = [];
        while (found.Step())
        {
            buckets.Add(Row(found));
        }

        return buckets;
    }

    /// <summary>One by its name; null where there is none.</summary>
    public static VaultBucket? Find(VaultRows rows, string name)
    {
        Statement found = rows[$"SELECT {Columns} FROM vault_bucket WHERE name = ?1 AND gone IS NULL"].Bind(1, name);
        if (!found.Step())
        {
            return null;
        }

        VaultBucket bucket = Row(found);
        found.Reset();
        return bucket;
    }

    /// <summary>Makes one.</summary>
    /// <returns>Null where there is one of that name.</returns>
    public static VaultBucket? Add(VaultRows rows, string name, string owner, string region, DateTimeOffset now)
    {
        if (Find(rows, name) is not null)
        {
            return null;
        }

        rows["INSERT INTO vault_bucket (name, owner, created, region, rules) VALUES (?1, ?2, ?3, ?4, ?5)"]
            .Bind(1, name).Bind(2, owner).Bind(3, now.ToUnixTimeMilliseconds()).Bind(4, region).Bind(5, VaultJson.Write(BucketRules.Usual)).Run();
        return Find(rows, name);
    }

    /// <summary>Says what becomes of its objects.</summary>
    public static void SetRules(VaultRows rows, long bucket, BucketRules rules) =>
        rows["UPDATE vault_bucket SET rules = ?2 WHERE id = ?1"].Bind(1, bucket).Bind(2, VaultJson.Write(rules)).Run();

    /// <summary>Deletes one that is empty; uploads that are not complete go with it.</summary>
    /// <returns>The files that nobody needs any more; null where it is not empty.</returns>
    public static IReadOnlyList<string>? Delete(VaultRows rows, long bucket, DateTimeOffset now)
    {
        if (rows["SELECT EXISTS (SELECT 1 FROM vault_object WHERE bucket = ?1 AND gone IS NULL)"].Bind(1, bucket).Scalar() == 1)
        {
            return null;
        }

        List<string> files = [];
        Statement parts = rows["SELECT file FROM vault_part JOIN vault_upload ON id = upload WHERE bucket = ?1 AND file IS NOT NULL"].Bind(1, bucket);
        while (parts.Step())
        {
            files.Add(parts.Text(0)!);
        }

        rows["DELETE FROM vault_part WHERE upload IN (SELECT id FROM vault_upload WHERE bucket = ?1)"].Bind(1, bucket).Run();
        rows["DELETE FROM vault_upload WHERE bucket = ?1"].Bind(1, bucket).Run();
        rows["UPDATE vault_bucket SET gone = ?2 WHERE id = ?1"].Bind(1, bucket).Bind(2, now.ToUnixTimeMilliseconds()).Run();
        return files;
    }

    private static VaultBucket Row(Statement row) => new(row.Number(0), row.Text(1)!, row.Text(2)!, row.Number(3), row.Text(4)!, VaultJson.Rules(row.Text(5)!));
}
