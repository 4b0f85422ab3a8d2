// SPDX-License-Identifier: MIT
using Spindle.Catalogue;

namespace Spindle.Vault.Objects;

/// <summary>An object that comes in parts.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The key that the object will have.</param>
/// <param name="Started">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="By">The name of the key that began it.</param>
/// <param name="StorageClass">As of an object.</param>
/// <param name="Checksum">The algorithm whose checksums its parts carry; null for none.</param>
/// <param name="IsComposite">Whether that of the object is made of those of its parts.</param>
/// <param name="Detail">As of an object.</param>
public sealed record VaultUpload(string Id, long Bucket, string Key, long Started, string By, string? StorageClass, string? Checksum, bool IsComposite, ObjectDetail Detail);

/// <summary>A part that came.</summary>
/// <param name="Number">1 to 10000.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">Its MD5.</param>
/// <param name="Modified">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="Checksum">In base64; null for none.</param>
/// <param name="File">In the landing; null where it is empty.</param>
public sealed record UploadedPart(int Number, long Size, string ETag, long Modified, string? Checksum, string? File);

/// <summary>Objects that come in parts, in one connection.</summary>
public static class Uploads
{
    private const string Columns = "id, bucket, key, started, by, class, checksum, composite, detail";

    /// <summary>One by its name; null where there is none.</summary>
    public static VaultUpload? Find(VaultRows rows, long bucket, string key, string id)
    {
        Statement found = rows[$"SELECT {Columns} FROM vault_upload WHERE id = ?1 AND bucket = ?2 AND key = ?3"].Bind(1, id).Bind(2, bucket).BindKey(3, key);
        if (!found.Step())
        {
            return null;
        }

        VaultUpload upload = Row(found);
        found.Reset();
        return upload;
    }

    /// <summary>Those of a bucket, by the bytes of their keys.</summary>
    /// <param name="rows">The connection.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="after">The key behind which it begins; that key itself only behind the upload.</param>
    /// <param name="upload">The upload of that key; empty for none of it.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<VaultUpload> List(VaultRows rows, long bucket, string after, string upload, int most)
    {
        Statement found = rows[$"SELECT {Columns} FROM vault_upload WHERE bucket = ?1 AND (key > ?2 OR (key = ?2 AND ?3 <> '' AND id > ?3)) ORDER BY key, id LIMIT ?4"];
        found.Bind(1, bucket).BindKey(2, after).Bind(3, upload).Bind(4, most);
        List<VaultUpload> uploads = [];
        while (found.Step())
        {
            uploads.Add(Row(found));
        }

        return uploads;
    }

    /// <summary>Begins one.</summary>
    public static void Add(VaultRows rows, VaultUpload upload) =>
        rows[$"INSERT INTO vault_upload ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"]
            .Bind(1, upload.Id).Bind(2, upload.Bucket).BindKey(3, upload.Key).Bind(4, upload.Started).Bind(5, upload.By).Bind(6, upload.StorageClass).Bind(7, upload.Checksum)
            .Bind(8, upload.IsComposite ? 1 : 0).Bind(9, VaultJson.Write(upload.Detail)).Run();

    /// <summary>Parts that came, by number.</summary>
    /// <param name="rows">The connection.</param>
    /// <param name="upload">The upload.</param>
    /// <param name="after">The number behind which it begins.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<UploadedPart> Parts(VaultRows rows, string upload, int after = 0, int most = int.MaxValue)
    {
        Statement found = rows["SELECT number, size, etag, modified, checksum, file FROM vault_part WHERE upload = ?1 AND number > ?2 ORDER BY number LIMIT ?3"];
        found.Bind(1, upload).Bind(2, after).Bind(3, most);
        List<UploadedPart> parts = [];
        while (found.Step())
        {
            parts.Add(new((int)found.Number(0), found.Number(1), found.Text(2)!, found.Number(3), found.Text(4), found.Text(5)));
        }

        return parts;
    }

    /// <summary>Enters a part, in the place of one of the same number.</summary>
    /// <returns>The file that nobody needs any more; null for none.</returns>
    public static string? AddPart(VaultRows rows, string upload, UploadedPart part)
    {
        Statement old = rows["SELECT file FROM vault_part WHERE upload = ?1 AND number = ?2"].Bind(1, upload).Bind(2, part.Number);
        string? left = old.Step() ? old.Text(0) : null;
        old.Reset();
        rows["INSERT OR REPLACE INTO vault_part (upload, number, size, etag, modified, checksum, file) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"]
            .Bind(1, upload).Bind(2, part.Number).Bind(3, part.Size).Bind(4, part.ETag).Bind(5, part.Modified).Bind(6, part.Checksum).Bind(7, part.File).Run();
        return left;
    }

    /// <summary>Ends one: it was completed, or is not wanted any more.</summary>
    /// <returns>The files that nobody needs any more.</returns>
    public static IReadOnlyList<string> Remove(VaultRows rows, string upload)
    {
        IReadOnlyList<string> files = [.. Parts(rows, upload).Select(part => part.File).OfType<string>()];
        rows["DELETE FROM vault_part WHERE upload = ?1"].Bind(1, upload).Run();
        rows["DELETE FROM vault_upload WHERE id = ?1"].Bind(1, upload).Run();
        return files;
    }

    private static VaultUpload Row(Statement row) => new(
        row.Text(0)!, row.Number(1), row.Key(2), row.Number(3), row.Text(4)!, row.Text(5), row.Text(6), row.Number(7) == 1, VaultJson.Detail(row.Text(8)!));
}
