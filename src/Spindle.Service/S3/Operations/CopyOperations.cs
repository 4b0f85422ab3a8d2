// SPDX-License-Identifier: MIT
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Reading;
using Spindle.Service.S3.Requests;
using Spindle.Vault;
using Spindle.Vault.Landing;
using Spindle.Vault.Objects;

namespace Spindle.Service.S3.Operations;

/// <summary>Objects made of others: nothing of their contents is moved.</summary>
internal sealed class CopyOperations(OpenVault vault, S3Access access, ReadOperations reads)
{
    /// <summary>CopyObject.</summary>
    public async Task CopyAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'w');
        (VaultBucket from, VaultObject source) = Source(request);
        bool replaces = request.Header("x-amz-metadata-directive") switch
        {
            null or "" or "COPY" => false,
            "REPLACE" => true,
            { } odd => throw S3Exception.InvalidArgument("Unknown metadata directive.", "x-amz-metadata-directive", odd),
        };
        bool isItself = from.Id == bucket.Id && source.Key == request.Target.Key;
        if (isItself && !replaces && request.Header("x-amz-storage-class") is null)
        {
            throw S3Exception.InvalidRequest("This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
        }

        Conditions.OfCopy(request, source);
        VaultObject? old = vault.Objects.Read(rows => ObjectRows.Find(rows, bucket.Id, request.Target.Key));
        S3Access.CheckWrite(request, bucket.Rules, old);

        // An object's metadata can be changed wherever its content is: else a program that corrects a time would need its disc.
        if (!source.IsHere && !isItself)
        {
            throw reads.Cold(from, source);
        }

        string? storageClass = isItself && request.Header("x-amz-storage-class") is null ? source.StorageClass : S3Access.ClassOf(request, bucket.Rules);
        VaultObject made = WriteOperations.Empty(request, storageClass);
        ChecksumKind? wanted = request.Header("x-amz-checksum-algorithm") is { } named ? ChecksumKind.Find(named) ?? throw S3Exception.InvalidRequest("Checksum algorithm provided is unsupported.") : null;
        ObjectChecksum? checksum = await ChecksumAsync(source, wanted, request.Gone);
        (long modified, string? left) = await vault.Objects.WriteAsync(rows =>
        {
            VaultObject now = ObjectRows.Find(rows, source.Id) ?? throw S3Exception.NoSuchKey(source.Key);
            VaultObject? has = ObjectRows.Find(rows, bucket.Id, made.Key);
            Conditions.OfWrite(request, has);
            S3Access.CheckChange(bucket.Rules, has, Placing.IsWritten(rows, has?.Content));
            if (!now.IsHere && !isItself)
            {
                throw reads.Cold(from, now);
            }

            VaultObject copy = made with
            {
                Size = now.Size,
                ETag = now.ETag,
                Sha256 = now.Sha256,
                Modified = vault.Time.GetUtcNow().ToUnixTimeMilliseconds(),
                File = now.File,
                Content = now.Content,
                Until = isItself ? now.Until : null,
                Detail = (replaces ? made.Detail : now.Detail with { }) with { Checksum = checksum, Parts = now.Detail.Parts },
            };
            (VaultObject put, string? gone) = ObjectRows.Put(rows, bucket.Id, copy, request.Key.Name);
            return (put.Modified, gone);
        });
        vault.Landing.Delete(left);
        await S3Answer.XmlAsync(request.Context, "CopyObjectResult", xml =>
        {
            xml.Element("LastModified", S3Answer.Stamp(DateTimeOffset.FromUnixTimeMilliseconds(modified)));
            xml.Element("ETag", $"\"{source.ETag}\"");
            if (checksum is not null)
            {
                xml.Element($"Checksum{checksum.Algorithm}", checksum.Value);
                xml.Element("ChecksumType", checksum.IsComposite ? "COMPOSITE" : "FULL_OBJECT");
            }
        });
    }

    /// <summary>What is told of one that is on discs only.</summary>
    public S3Exception Cold(VaultBucket bucket, VaultObject one) => reads.Cold(bucket, one);

    /// <summary>The object that a request copies from.</summary>
    /// <exception cref="S3Exception">There is none, or it may not be read.</exception>
    public (VaultBucket Bucket, VaultObject Source) Source(S3Request request)
    {
        string header = request.Header("x-amz-copy-source")!;
        int mark = header.IndexOf("?versionId=", StringComparison.Ordinal);
        string? version = mark < 0 ? null : header[(mark + "?versionId=".Length)..];
        string path = UriText.Text(UriText.Decode(mark < 0 ? header : header.AsSpan(0, mark))) ?? throw S3Exception.InvalidUri();
        path = path.StartsWith('/') ? path[1..] : path;
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == path.Length - 1)
        {
            throw S3Exception.InvalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey", "x-amz-copy-source", header);
        }

        VaultBucket bucket = access.Bucket(request, path[..slash], 'r', "x-amz-source-expected-bucket-owner");
        return (bucket, access.Object(bucket, path[(slash + 1)..], version));
    }

    private async Task<ObjectChecksum?> ChecksumAsync(VaultObject source, ChecksumKind? wanted, CancellationToken cancellationToken)
    {
        if (wanted is null || source.Detail.Checksum?.Algorithm == wanted.Name || source.File is not { } name)
        {
            return source.Detail.Checksum;
        }

        await using IncomingFile read = new(vault.Landing, wanted); // thrown away: it is read for its sum
        await read.TakeFileAsync(name, 0, source.Size, cancellationToken);
        return (await read.EndAsync()).Extra is { } sum ? new(wanted.Name, Convert.ToBase64String(sum), false) : null;
    }
}
