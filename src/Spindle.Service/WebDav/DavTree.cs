// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Service.S3.Operations;
using Spindle.Vault;
using Spindle.Vault.Keys;
using Spindle.Vault.Moving;
using Spindle.Vault.Objects;

namespace Spindle.Service.WebDav;

/// <summary>The buckets and objects that a key may read, as folders and files.</summary>
/// <param name="vault">The vault.</param>
/// <param name="key">Who asks.</param>
internal sealed class DavTree(OpenVault vault, AccessKey key)
{
    private const int Page = 1000;
    private const string WantedFolder = ".spindle/", WantedFile = ".spindle/WANTED.txt";

    /// <summary>What a path names; null where there is nothing.</summary>
    public DavNode? Find(string path)
    {
        if (path.Length == 0)
        {
            return new("", DateTimeOffset.UnixEpoch) { Used = vault.Objects.Read(VaultViews.Count).Sum(count => count.Bytes) };
        }

        if (path.TrimEnd('/') == ".spindle")
        {
            return new(WantedFolder, vault.Time.GetUtcNow());
        }

        if (path == WantedFile)
        {
            return new(path, vault.Time.GetUtcNow()) { Object = Text(Wanted()) };
        }

        (string name, string inner) = Split(path);
        if (Bucket(name) is not { } bucket)
        {
            return null;
        }

        if (inner.Length == 0)
        {
            return new(name + "/", bucket.CreatedAt);
        }

        VaultObject? one = inner.EndsWith('/') ? null : vault.Objects.Read(rows => ObjectRows.Find(rows, bucket.Id, inner));
        if (one is not null)
        {
            return new(path, one.ModifiedAt) { Object = one };
        }

        string folder = inner.TrimEnd('/') + "/";
        return vault.Objects.Read(rows => ObjectRows.List(rows, bucket.Id, Encoding.UTF8.GetBytes(folder), false, 1)) is [{ } first] && first.Key.StartsWith(folder, StringComparison.Ordinal)
            ? new($"{name}/{folder}", first.ModifiedAt)
            : null;
    }

    /// <summary>What is in a folder.</summary>
    public IEnumerable<DavNode> List(DavNode folder)
    {
        if (folder.Path.Length == 0)
        {
            foreach (VaultBucket visible in vault.Objects.Read(Buckets.All).Where(bucket => key.May('r', bucket.Name, bucket.Owner)))
            {
                yield return new(visible.Name + "/", visible.CreatedAt);
            }

            yield return new(WantedFolder, vault.Time.GetUtcNow());
            yield break;
        }

        if (folder.Path == WantedFolder)
        {
            yield return Find(WantedFile)!;
            yield break;
        }

        (string name, string inner) = Split(folder.Path);
        VaultBucket bucket = Bucket(name)!;
        string? after = "";
        while (after is { } from)
        {
            ObjectListing page = vault.Objects.Read(rows => ObjectListing.Of(rows, bucket.Id, new(inner, "/", Page, false), from));
            foreach (VaultObject one in page.Objects.Where(one => one.Key != inner))
            {
                yield return new($"{name}/{one.Key}", one.ModifiedAt) { Object = one };
            }

            foreach (string below in page.Prefixes)
            {
                yield return new($"{name}/{below}", bucket.CreatedAt);
            }

            after = page.Next;
        }
    }

    /// <summary>The bucket of an object.</summary>
    public VaultBucket BucketOf(DavNode file) => Bucket(Split(file.Path).Bucket)!;

    /// <summary>The discs that somebody waits for, for people.</summary>
    public byte[] Wanted()
    {
        StringBuilder text = new();
        foreach (WantedDisc disc in vault.Objects.Read(VaultViews.Wanted))
        {
            text.Append(FormattableString.Invariant($"Disc {disc.Number} '{disc.Label}'{(disc.Copies is { } copies ? $" ({copies})" : "")}: {disc.Objects} objects, {disc.Bytes} bytes, since {disc.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC\r\n"));
        }

        return Encoding.UTF8.GetBytes(text.Length > 0 ? text.ToString() : "Nobody waits for a disc.\r\n");
    }

    private static (string Bucket, string Inner) Split(string path) => path.IndexOf('/', StringComparison.Ordinal) is >= 0 and int slash ? (path[..slash], path[(slash + 1)..]) : (path, "");

    private static VaultObject Text(byte[] text) => new()
    {
        Id = 0,
        Key = "",
        Size = text.Length,
        ETag = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(text)),
        Sha256 = [],
        Modified = 0,
        StorageClass = null,
        File = null,
        Content = null,
        Until = null,
        Lost = null,
        Detail = new() { Headers = new() { ["content-type"] = "text/plain; charset=utf-8" } },
    };

    private VaultBucket? Bucket(string name) => vault.Objects.Read(rows => Buckets.Find(rows, name)) is { } bucket && key.May('r', bucket.Name, bucket.Owner) ? bucket : null;
}
