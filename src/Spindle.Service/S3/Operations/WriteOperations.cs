// SPDX-License-Identifier: MIT
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Requests;
using Spindle.Vault;
using Spindle.Vault.Objects;

namespace Spindle.Service.S3.Operations;

/// <summary>Objects, put.</summary>
internal sealed class WriteOperations(OpenVault vault, S3Access access)
{
    /// <summary>PutObject.</summary>
    public async Task PutAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'w');
        VaultObject? old = vault.Objects.Read(rows => ObjectRows.Find(rows, bucket.Id, request.Target.Key));
        S3Access.CheckWrite(request, bucket.Rules, old);
        Conditions.OfWrite(request, old); // before anything is sent, and once more when it is here
        VaultObject made = Empty(request, S3Access.ClassOf(request, bucket.Rules));
        await using Taken taken = await request.TakeAsync(vault.Landing, null);
        made = made with
        {
            Size = taken.File.Length,
            ETag = taken.ETag,
            Sha256 = taken.Sums.Sha256,
            File = taken.Name,
            Detail = made.Detail with { Checksum = taken is { Kind: { } kind, Checksum: { } sum } ? new(kind.Name, sum, false) : null },
        };
        string? left = await PutAsync(request, bucket, made);
        taken.File.Keep();
        vault.Landing.Delete(left);
        request.Context.Response.Headers.ETag = $"\"{made.ETag}\"";
        if (taken is { Kind: { } told, Checksum: { } value })
        {
            request.Context.Response.Headers[told.Header] = value;
            request.Context.Response.Headers["x-amz-checksum-type"] = "FULL_OBJECT";
        }
    }

    /// <summary>PutObjectAcl.</summary>
    public Task SetAccessAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'w');
        access.Object(bucket, request.Target.Key, request.Target["versionId"]);
        return S3Access.SetAccessAsync(request, bucket.Owner);
    }

    /// <summary>An object as its request describes it, without its content.</summary>
    public static VaultObject Empty(S3Request request, string? storageClass) => new()
    {
        Id = 0,
        Key = request.Target.Key,
        Size = 0,
        ETag = "",
        Sha256 = [],
        Modified = 0,
        StorageClass = storageClass,
        File = null,
        Content = null,
        Until = null,
        Lost = null,
        Detail = new() { Headers = request.KeptHeadersOf(), Metadata = request.Metadata() },
    };

    private Task<string?> PutAsync(S3Request request, VaultBucket bucket, VaultObject made) => PutAsync(vault, request, bucket, made);

    /// <summary>Enters an object, if what it depends on holds still.</summary>
    /// <returns>The file that nobody needs any more; null for none.</returns>
    public static Task<string?> PutAsync(OpenVault vault, S3Request request, VaultBucket bucket, VaultObject made) => vault.Objects.WriteAsync(rows =>
    {
        if (Buckets.Find(rows, bucket.Name)?.Id != bucket.Id)
        {
            throw S3Exception.NoSuchBucket(bucket.Name);
        }

        VaultObject? old = ObjectRows.Find(rows, bucket.Id, made.Key);
        Conditions.OfWrite(request, old);
        S3Access.CheckChange(bucket.Rules, old, Placing.IsWritten(rows, old?.Content));
        return ObjectRows.Put(rows, bucket.Id, made with { Modified = vault.Time.GetUtcNow().ToUnixTimeMilliseconds() }, request.Key.Name).Left;
    });
}
