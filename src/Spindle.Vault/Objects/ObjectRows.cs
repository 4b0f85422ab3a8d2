// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue;

namespace Spindle.Vault.Objects;

/// <summary>The objects, in one connection.</summary>
public static class ObjectRows
{
    private const string Columns = "id, key, size, etag, sha256, modified, class, file, content, until, lost, detail";

    /// <summary>One by its key; null where there is none.</summary>
    public static VaultObject? Find(VaultRows rows, long bucket, string key)
    {
        Statement found = rows[$"SELECT {Columns} FROM vault_object WHERE bucket = ?1 AND key = ?2 AND gone IS NULL"].Bind(1, bucket).BindKey(2, key);
        return One(found);
    }

    /// <summary>One by its number; null where there is none.</summary>
    public static VaultObject? Find(VaultRows rows, long id) => One(rows[$"SELECT {Columns} FROM vault_object WHERE id = ?1 AND gone IS NULL"].Bind(1, id));

    /// <summary>Objects by the bytes of their keys.</summary>
    /// <param name="rows">The connection.</param>
    /// <param name="bucket">Of which bucket.</param>
    /// <param name="from">The first key that may be among them: its bytes, which need be no whole text.</param>
    /// <param name="isAfter">Whether that key itself is not.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<VaultObject> List(VaultRows rows, long bucket, ReadOnlySpan<byte> from, bool isAfter, int most)
    {
        Statement found = rows[isAfter
            ? $"SELECT {Columns} FROM vault_object WHERE bucket = ?1 AND key > ?2 AND gone IS NULL ORDER BY key LIMIT ?3"
            : $"SELECT {Columns} FROM vault_object WHERE bucket = ?1 AND key >= ?2 AND gone IS NULL ORDER BY key LIMIT ?3"];
        found.Bind(1, bucket).Bind(2, from).Bind(3, most);
        List<VaultObject> objects = [];
        while (found.Step())
        {
            objects.Add(Row(found));
        }

        return objects;
    }

    /// <summary>Enters an object, in the place of whatever had its key.</summary>
    /// <param name="rows">The connection, which writes.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="made">The object; its number is given here.</param>
    /// <param name="by">The name of the key that put it.</param>
    /// <returns>The object, and the file that nobody needs any more.</returns>
    public static (VaultObject Made, string? Left) Put(VaultRows rows, long bucket, VaultObject made, string by)
    {
        string? left = Find(rows, bucket, made.Key) is { } old ? Retire(rows, old, by, made.Modified) : null;
        rows["""
            INSERT INTO vault_object (bucket, key, size, etag, sha256, modified, class, detail, file, content, until, used) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?6)
            """]
            .Bind(1, bucket).BindKey(2, made.Key).Bind(3, made.Size).Bind(4, made.ETag).Bind(5, (ReadOnlySpan<byte>)made.Sha256).Bind(6, made.Modified).Bind(7, made.StorageClass)
            .Bind(8, VaultJson.Write(made.Detail)).Bind(9, made.File).Bind(10, made.Content).Bind(11, made.Until).Run();
        long id = rows["SELECT last_insert_rowid()"].Scalar()!.Value;
        return (made with { Id = id }, left is not null && IsUsed(rows, left) ? null : left);
    }

    /// <summary>Deletes an object: one that is on a disc stays in the catalogue, as gone.</summary>
    /// <param name="rows">The connection, which writes.</param>
    /// <param name="gone">The object.</param>
    /// <param name="by">The name of the key that deleted it.</param>
    /// <param name="now">When.</param>
    /// <returns>The file that nobody needs any more; null for none.</returns>
    public static string? Delete(VaultRows rows, VaultObject gone, string by, DateTimeOffset now)
    {
        string? left = Retire(rows, gone, by, now.ToUnixTimeMilliseconds());
        return left is not null && IsUsed(rows, left) ? null : left;
    }

    /// <summary>Whether a file of the landing stands in the catalogue.</summary>
    public static bool IsUsed(VaultRows rows, string file) => rows["""
        SELECT EXISTS (SELECT 1 FROM vault_object WHERE file = ?1) OR EXISTS (SELECT 1 FROM vault_part WHERE file = ?1)
        """].Bind(1, file).Scalar() == 1;

    /// <summary>Remembers, about, when objects were read last.</summary>
    public static void Used(VaultRows rows, IEnumerable<long> objects, DateTimeOffset now)
    {
        foreach (long id in objects)
        {
            rows["UPDATE vault_object SET used = ?2 WHERE id = ?1"].Bind(1, id).Bind(2, now.ToUnixTimeMilliseconds()).Run();
        }
    }

    /// <summary>The columns of <see cref="Row"/>, for others' statements, from a table that is called <c>o</c> there.</summary>
    internal static string ColumnsOf(string table) => string.Join(", ", Columns.Split(", ").Select(column => $"{table}.{column}"));

    /// <summary>An object of a row with these columns.</summary>
    internal static VaultObject Row(Statement row, int first = 0) => new()
    {
        Id = row.Number(first),
        Key = Encoding.UTF8.GetString(row.Blob(first + 1)),
        Size = row.Number(first + 2),
        ETag = row.Text(first + 3)!,
        Sha256 = row.Blob(first + 4).ToArray(),
        Modified = row.Number(first + 5),
        StorageClass = row.Text(first + 6),
        File = row.Text(first + 7),
        Content = row.NumberOrNull(first + 8),
        Until = row.NumberOrNull(first + 9),
        Lost = row.Text(first + 10),
        Detail = VaultJson.Detail(row.Text(first + 11)!),
    };

    private static string? Retire(VaultRows rows, VaultObject old, string by, long now)
    {
        rows["DELETE FROM vault_wish WHERE object = ?1"].Bind(1, old.Id).Run();
        if (old.Content is null)
        {
            rows["DELETE FROM vault_object WHERE id = ?1"].Bind(1, old.Id).Run();
        }
        else
        {
            // What is planned onto a disc that is not made yet is kept for that.
            bool isPlanned = rows["SELECT EXISTS (SELECT 1 FROM placement JOIN disc ON number = placement.disc WHERE content = ?1 AND status = 'planned')"].Bind(1, old.Content).Scalar() == 1;
            rows["UPDATE vault_object SET gone = ?2, gone_by = ?3, file = CASE WHEN ?4 THEN file END WHERE id = ?1"].Bind(1, old.Id).Bind(2, now).Bind(3, by).Bind(4, isPlanned ? 1 : 0).Run();
        }

        return old.File;
    }

    private static VaultObject? One(Statement found)
    {
        if (!found.Step())
        {
            return null;
        }

        VaultObject one = Row(found);
        found.Reset();
        return one;
    }
}
