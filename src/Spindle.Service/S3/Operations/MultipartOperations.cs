// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Reading;
using Spindle.Service.S3.Requests;
using Spindle.Vault;
using Spindle.Vault.Landing;
using Spindle.Vault.Objects;

namespace Spindle.Service.S3.Operations;

/// <summary>Objects that come in parts, in any order.</summary>
internal sealed class MultipartOperations(OpenVault vault, S3Access access, CopyOperations copies)
{
    private const int MostParts = 10_000;
    private const long SmallestPart = 5 << 20; // bytes, but of the last one

    /// <summary>CreateMultipartUpload.</summary>
    public async Task BeginAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'w');
        S3Access.CheckWrite(request, bucket.Rules, vault.Objects.Read(rows => ObjectRows.Find(rows, bucket.Id, request.Target.Key)));
        ChecksumKind? kind = request.Header("x-amz-checksum-algorithm") is { Length: > 0 } named ? ChecksumKind.Find(named) ?? throw S3Exception.InvalidRequest("Checksum algorithm provided is unsupported.") : null;
        bool isComposite = request.Header("x-amz-checksum-type") switch
        {
            null or "" => kind is { Name: not "CRC64NVME" },
            "COMPOSITE" when kind is { Name: "CRC64NVME" } => throw S3Exception.InvalidRequest("The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm."),
            "COMPOSITE" => kind is not null ? true : throw S3Exception.InvalidRequest("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."),
            "FULL_OBJECT" when kind is { IsCrc: false } => throw S3Exception.InvalidRequest($"The FULL_OBJECT checksum type cannot be used with the {kind.Name.ToLowerInvariant()} checksum algorithm."),
            "FULL_OBJECT" => false,
            { } odd => throw S3Exception.InvalidRequest($"Value for x-amz-checksum-type header is invalid: {odd}"),
        };
        VaultObject made = WriteOperations.Empty(request, S3Access.ClassOf(request, bucket.Rules));
        VaultUpload upload = new(LandingFolder.NewName(), bucket.Id, request.Target.Key, vault.Time.GetUtcNow().ToUnixTimeMilliseconds(), request.Key.Name, made.StorageClass, kind?.Name, isComposite, made.Detail);
        await vault.Objects.WriteAsync(rows =>
        {
            Uploads.Add(rows, upload);
            return true;
        });
        if (kind is not null)
        {
            request.Context.Response.Headers["x-amz-checksum-algorithm"] = kind.Name;
            request.Context.Response.Headers["x-amz-checksum-type"] = isComposite ? "COMPOSITE" : "FULL_OBJECT";
        }

        await S3Answer.XmlAsync(request.Context, "InitiateMultipartUploadResult", xml =>
        {
            xml.Element("Bucket", bucket.Name);
            xml.Element("Key", upload.Key);
            xml.Element("UploadId", upload.Id);
        });
    }

    /// <summary>UploadPart and UploadPartCopy.</summary>
    public async Task PartAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'w');
        VaultUpload upload = Find(request, bucket);
        if (!int.TryParse(request.Target["partNumber"], NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > MostParts)
        {
            throw S3Exception.InvalidArgument($"Part number must be an integer between 1 and {MostParts}, inclusive", "partNumber", request.Target["partNumber"]);
        }

        ChecksumKind? kind = upload.Checksum is { } named ? ChecksumKind.Find(named) : null;
        bool isCopy = request.Header("x-amz-copy-source") is not null;
        await using Taken taken = isCopy ? await CopiedAsync(request, kind) : await request.TakeAsync(vault.Landing, kind);
        UploadedPart part = new(number, taken.File.Length, taken.ETag, vault.Time.GetUtcNow().ToUnixTimeMilliseconds(), taken.Kind?.Name == upload.Checksum ? taken.Checksum : null, taken.Name);
        string? left = await vault.Objects.WriteAsync(rows =>
        {
            _ = Uploads.Find(rows, bucket.Id, upload.Key, upload.Id) ?? throw S3Exception.NoSuchUpload(upload.Id); // it may have ended meanwhile
            return Uploads.AddPart(rows, upload.Id, part);
        });
        taken.File.Keep();
        vault.Landing.Delete(left);
        if (isCopy)
        {
            await S3Answer.XmlAsync(request.Context, "CopyPartResult", xml =>
            {
                xml.Element("LastModified", S3Answer.Stamp(DateTimeOffset.FromUnixTimeMilliseconds(part.Modified)));
                xml.Element("ETag", $"\"{part.ETag}\"");
            });
            return;
        }

        request.Context.Response.Headers.ETag = $"\"{part.ETag}\"";
        if (taken is { Kind: { } told, Checksum: { } value })
        {
            request.Context.Response.Headers[told.Header] = value;
        }
    }

    /// <summary>CompleteMultipartUpload.</summary>
    public async Task CompleteAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'w');
        IReadOnlyList<(int Number, string ETag, string? Checksum)> wanted = S3Document.Parts(await request.DocumentAsync(isObjectsChecksum: true));
        string id = request.Target["uploadId"]!;
        if (vault.Objects.Read(rows => Uploads.Find(rows, bucket.Id, request.Target.Key, id)) is not { } upload)
        {
            // An answer may be lost on its way, and the request come once more.
            VaultObject? done = vault.Objects.Read(rows => ObjectRows.Find(rows, bucket.Id, request.Target.Key));
            await TellAsync(request, bucket, done?.Detail.Upload == id ? done : throw S3Exception.NoSuchUpload(id));
            return;
        }

        UploadedPart[] parts = Chosen(wanted, vault.Objects.Read(rows => Uploads.Parts(rows, id)));
        VaultObject? old = vault.Objects.Read(rows => ObjectRows.Find(rows, bucket.Id, request.Target.Key));
        Conditions.OfWrite(request, old);
        S3Access.CheckChange(bucket.Rules, old, isWritten: old?.Content is not null);
        ChecksumKind? kind = upload.Checksum is { } named ? ChecksumKind.Find(named) : null;
        await using IncomingFile whole = new(vault.Landing, upload.IsComposite ? null : kind);
        foreach (UploadedPart part in parts.Where(part => part.File is not null))
        {
            await whole.TakeFileAsync(part.File!, 0, part.Size, request.Gone);
        }

        Sums sums = await whole.EndAsync();
        string? checksum = kind is null ? null : upload.IsComposite ? Composite(kind, parts) : Convert.ToBase64String(sums.Extra!);
        if (kind is not null && request.Header(kind.Header) is { } claimed && claimed != checksum && claimed != checksum?.Split('-')[0])
        {
            throw S3Exception.BadDigest(kind.Header);
        }

        VaultObject made = new()
        {
            Id = 0,
            Key = upload.Key,
            Size = whole.Length,
            ETag = $"{Convert.ToHexStringLower(Md5([.. parts.SelectMany(part => Convert.FromHexString(part.ETag))]))}-{parts.Length}",
            Sha256 = sums.Sha256,
            Modified = 0,
            StorageClass = upload.StorageClass,
            File = whole.Length > 0 ? whole.Name : null,
            Content = null,
            Until = null,
            Lost = null,
            Detail = upload.Detail with
            {
                Upload = id,
                Parts = [.. parts.Select((part, index) => new ObjectPart(index + 1, part.Size, part.Checksum))],
                Checksum = kind is not null && checksum is not null ? new(kind.Name, checksum, upload.IsComposite) : null,
            },
        };
        (string? left, IReadOnlyList<string> pieces) = await vault.Objects.WriteAsync(rows =>
        {
            _ = Uploads.Find(rows, bucket.Id, upload.Key, id) ?? throw S3Exception.NoSuchUpload(id);
            VaultObject? has = ObjectRows.Find(rows, bucket.Id, made.Key);
            Conditions.OfWrite(request, has);
            S3Access.CheckChange(bucket.Rules, has, Placing.IsWritten(rows, has?.Content));
            string? gone = ObjectRows.Put(rows, bucket.Id, made with { Modified = vault.Time.GetUtcNow().ToUnixTimeMilliseconds() }, request.Key.Name).Left;
            return (gone, Uploads.Remove(rows, id));
        });
        whole.Keep();
        foreach (string? file in pieces.Append(left))
        {
            vault.Landing.Delete(file);
        }

        await TellAsync(request, bucket, made);
    }

    /// <summary>AbortMultipartUpload.</summary>
    public async Task AbortAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'w');
        VaultUpload upload = Find(request, bucket);
        foreach (string file in await vault.Objects.WriteAsync(rows => Uploads.Remove(rows, upload.Id)))
        {
            vault.Landing.Delete(file);
        }

        request.Context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static UploadedPart[] Chosen(IReadOnlyList<(int Number, string ETag, string? Checksum)> wanted, IReadOnlyList<UploadedPart> came)
    {
        if (wanted.Count is 0 or > MostParts)
        {
            throw S3Exception.MalformedXml();
        }

        Dictionary<int, UploadedPart> byNumber = came.ToDictionary(part => part.Number);
        UploadedPart[] parts = new UploadedPart[wanted.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            (int number, string etag, string? checksum) = wanted[i];
            if (i > 0 && number <= wanted[i - 1].Number)
            {
                throw new S3Exception(400, "InvalidPartOrder", "The list of parts was not in ascending order. The parts list must be specified in order by part number.");
            }

            parts[i] = byNumber.TryGetValue(number, out UploadedPart? part) && part.ETag == etag && (checksum is null || part.Checksum is null || checksum == part.Checksum) ? part
                : throw new S3Exception(400, "InvalidPart", "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.")
                {
                    Details = [("PartNumber", number.ToString(CultureInfo.InvariantCulture)), ("ETag", etag)],
                };
        }

        return parts.Take(parts.Length - 1).FirstOrDefault(part => part.Size < SmallestPart) is { } small
            ? throw new S3Exception(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size")
            {
                Details = [("ProposedSize", small.Size.ToString(CultureInfo.InvariantCulture)), ("MinSizeAllowed", SmallestPart.ToString(CultureInfo.InvariantCulture)), ("PartNumber", small.Number.ToString(CultureInfo.InvariantCulture))],
            }
            : parts;
    }

    private static string? Composite(ChecksumKind kind, UploadedPart[] parts) => parts.All(part => part.Checksum is not null)
        ? $"{Convert.ToBase64String(kind.Of([.. parts.SelectMany(part => Convert.FromBase64String(part.Checksum!))]))}-{parts.Length}"
        : null;

    [SuppressMessage("Security", "CA5351", Justification = "S3 names contents by it; the proof is SHA-256's.")]
    private static byte[] Md5(byte[] bytes) => MD5.HashData(bytes);

    private static Task TellAsync(S3Request request, VaultBucket bucket, VaultObject made) => S3Answer.XmlAsync(request.Context, "CompleteMultipartUploadResult", xml =>
    {
        xml.Element("Location", $"/{bucket.Name}/{UriText.Encode(made.Key, keepsSlash: true)}");
        xml.Element("Bucket", bucket.Name);
        xml.Element("Key", made.Key);
        xml.Element("ETag", $"\"{made.ETag}\"");
        if (made.Detail.Checksum is { } checksum)
        {
            xml.Element($"Checksum{checksum.Algorithm}", checksum.Value);
            xml.Element("ChecksumType", checksum.IsComposite ? "COMPOSITE" : "FULL_OBJECT");
        }
    });

    private VaultUpload Find(S3Request request, VaultBucket bucket) =>
        vault.Objects.Read(rows => Uploads.Find(rows, bucket.Id, request.Target.Key, request.Target["uploadId"]!)) ?? throw S3Exception.NoSuchUpload(request.Target["uploadId"]);

    private async Task<Taken> CopiedAsync(S3Request request, ChecksumKind? kind)
    {
        (VaultBucket from, VaultObject source) = copies.Source(request);
        Conditions.OfCopy(request, source);
        (long offset, long length) = (0, source.Size);
        if (request.Header("x-amz-copy-source-range") is { } header)
        {
            if (ByteRange.Read(header) is not { First: { } first, Last: { } last })
            {
                throw S3Exception.InvalidArgument("The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy", "x-amz-copy-source-range", header);
            }

            (offset, length) = last < source.Size ? (first, last - first + 1)
                : throw new S3Exception(416, "InvalidRange", $"Range specified is not valid for source object of size: {source.Size}");
        }

        IncomingFile file = new(vault.Landing, kind);
        try
        {
            if (length > 0)
            {
                await file.TakeFileAsync(source.File ?? throw copies.Cold(from, source), offset, length, request.Gone);
            }

            Sums sums = await file.EndAsync();
            return new(file, sums, kind, sums.Extra is { } extra ? Convert.ToBase64String(extra) : null);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
