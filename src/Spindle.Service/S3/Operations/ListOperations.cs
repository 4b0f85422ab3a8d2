// SPDX-License-Identifier: MIT
using System.Text;
using System.Xml;
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Reading;
using Spindle.Service.S3.Requests;
using Spindle.Vault;
using Spindle.Vault.Objects;

namespace Spindle.Service.S3.Operations;

/// <summary>Lists of what a bucket holds.</summary>
internal sealed class ListOperations(OpenVault vault, S3Access access)
{
    private const int MostListed = 1000;

    /// <summary>ListObjects and ListObjectsV2.</summary>
    public Task ObjectsAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'r');
        S3Target target = request.Target;
        bool isSecond = target["list-type"] is "2";
        ListingChoice choice = ChoiceOf(request);
        string? token = target["continuation-token"];
        string after = isSecond ? token is { Length: > 0 } ? FromToken(token) : target["start-after"] ?? "" : target["marker"] ?? "";
        ObjectListing listing = vault.Objects.Read(rows => ObjectListing.Of(rows, bucket.Id, choice, after));
        bool withOwner = !isSecond || target["fetch-owner"] == "true";
        return S3Answer.XmlAsync(request.Context, "ListBucketResult", xml =>
        {
            xml.Element("Name", bucket.Name);
            xml.Element("Prefix", choice.Told(choice.Prefix));
            if (isSecond)
            {
                xml.Element("KeyCount", listing.Count);
                Optional(xml, "ContinuationToken", token);
                Optional(xml, "StartAfter", target["start-after"] is { Length: > 0 } start ? choice.Told(start) : null);
                Optional(xml, "NextContinuationToken", listing.Next is { } next ? ToToken(next) : null);
            }
            else
            {
                xml.Element("Marker", choice.Told(after));
                Optional(xml, "NextMarker", choice.Delimiter.Length > 0 && listing.Next is { } next ? choice.Told(next) : null);
            }

            Tail(xml, choice, listing.IsCut);
            foreach (VaultObject one in listing.Objects)
            {
                xml.Element("Contents", () =>
                {
                    xml.Element("Key", choice.Told(one.Key));
                    Describe(xml, one, bucket);
                    if (withOwner)
                    {
                        S3Access.Owner(xml, bucket.Owner);
                    }
                });
            }

            Prefixes(xml, choice, listing.Prefixes);
        });
    }

    /// <summary>ListObjectVersions: there is one of each, for buckets here have no versions.</summary>
    public Task VersionsAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'r');
        ListingChoice choice = ChoiceOf(request);
        string marker = request.Target["key-marker"] ?? "";
        ObjectListing listing = vault.Objects.Read(rows => ObjectListing.Of(rows, bucket.Id, choice, marker));
        return S3Answer.XmlAsync(request.Context, "ListVersionsResult", xml =>
        {
            xml.Element("Name", bucket.Name);
            xml.Element("Prefix", choice.Told(choice.Prefix));
            xml.Element("KeyMarker", choice.Told(marker));
            xml.Element("VersionIdMarker", request.Target["version-id-marker"] ?? "");
            if (listing.Next is { } next)
            {
                xml.Element("NextKeyMarker", choice.Told(next));
                xml.Element("NextVersionIdMarker", "null");
            }

            Tail(xml, choice, listing.IsCut);
            foreach (VaultObject one in listing.Objects)
            {
                xml.Element("Version", () =>
                {
                    xml.Element("Key", choice.Told(one.Key));
                    xml.Element("VersionId", "null");
                    xml.Element("IsLatest", true);
                    Describe(xml, one, bucket);
                    S3Access.Owner(xml, bucket.Owner);
                });
            }

            Prefixes(xml, choice, listing.Prefixes);
        });
    }

    /// <summary>ListMultipartUploads.</summary>
    public Task UploadsAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'r');
        int most = request.Number("max-uploads", MostListed, MostListed);
        string prefix = request.Target["prefix"] ?? "", key = request.Target["key-marker"] ?? "", upload = request.Target["upload-id-marker"] ?? "";
        VaultUpload[] uploads = [.. vault.Objects.Read(rows => Uploads.List(rows, bucket.Id, key, upload, int.MaxValue)).Where(one => one.Key.StartsWith(prefix, StringComparison.Ordinal)).Take(most + 1)];
        ListingChoice choice = ChoiceOf(request);
        return S3Answer.XmlAsync(request.Context, "ListMultipartUploadsResult", xml =>
        {
            xml.Element("Bucket", bucket.Name);
            xml.Element("KeyMarker", choice.Told(key));
            xml.Element("UploadIdMarker", upload);
            bool isCut = uploads.Length > most;
            if (isCut && most > 0)
            {
                xml.Element("NextKeyMarker", choice.Told(uploads[most - 1].Key));
                xml.Element("NextUploadIdMarker", uploads[most - 1].Id);
            }

            xml.Element("Prefix", choice.Told(prefix));
            Optional(xml, "EncodingType", choice.IsEncoded ? "url" : null);
            xml.Element("MaxUploads", most);
            xml.Element("IsTruncated", isCut);
            foreach (VaultUpload one in uploads.Take(most))
            {
                xml.Element("Upload", () =>
                {
                    xml.Element("Key", choice.Told(one.Key));
                    xml.Element("UploadId", one.Id);
                    S3Access.Owner(xml, one.By, "Initiator");
                    S3Access.Owner(xml, bucket.Owner);
                    xml.Element("StorageClass", one.StorageClass ?? ObjectTier.Standard);
                    xml.Element("Initiated", S3Answer.Stamp(DateTimeOffset.FromUnixTimeMilliseconds(one.Started)));
                });
            }
        });
    }

    /// <summary>ListParts.</summary>
    public Task PartsAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'r');
        string id = request.Target["uploadId"]!;
        int most = request.Number("max-parts", MostListed, MostListed), after = request.Number("part-number-marker", 0, int.MaxValue);
        VaultUpload upload = vault.Objects.Read(rows => Uploads.Find(rows, bucket.Id, request.Target.Key, id)) ?? throw S3Exception.NoSuchUpload(id);
        IReadOnlyList<UploadedPart> parts = vault.Objects.Read(rows => Uploads.Parts(rows, id, after, most + 1));
        return S3Answer.XmlAsync(request.Context, "ListPartsResult", xml =>
        {
            xml.Element("Bucket", bucket.Name);
            xml.Element("Key", upload.Key);
            xml.Element("UploadId", id);
            S3Access.Owner(xml, upload.By, "Initiator");
            S3Access.Owner(xml, bucket.Owner);
            xml.Element("StorageClass", upload.StorageClass ?? ObjectTier.Standard);
            xml.Element("PartNumberMarker", after);
            if (parts.Count > 0 && most > 0)
            {
                xml.Element("NextPartNumberMarker", parts[Math.Min(most, parts.Count) - 1].Number);
            }

            xml.Element("MaxParts", most);
            xml.Element("IsTruncated", parts.Count > most);
            if (upload.Checksum is { } algorithm)
            {
                xml.Element("ChecksumAlgorithm", algorithm);
                xml.Element("ChecksumType", upload.IsComposite ? "COMPOSITE" : "FULL_OBJECT");
            }

            foreach (UploadedPart part in parts.Take(most))
            {
                xml.Element("Part", () =>
                {
                    xml.Element("PartNumber", part.Number);
                    xml.Element("LastModified", S3Answer.Stamp(DateTimeOffset.FromUnixTimeMilliseconds(part.Modified)));
                    xml.Element("ETag", $"\"{part.ETag}\"");
                    xml.Element("Size", part.Size);
                    Optional(xml, $"Checksum{upload.Checksum}", part.Checksum);
                });
            }
        });
    }

    private static ListingChoice ChoiceOf(S3Request request)
    {
        S3Target target = request.Target;
        bool isEncoded = target["encoding-type"] switch
        {
            null or "" => false,
            "url" => true,
            { } odd => throw S3Exception.InvalidArgument("Invalid Encoding Method specified in Request", "encoding-type", odd),
        };
        return new(target["prefix"] ?? "", target["delimiter"] ?? "", request.Number("max-keys", MostListed, MostListed), isEncoded);
    }

    private static void Tail(XmlWriter xml, ListingChoice choice, bool isCut)
    {
        xml.Element("MaxKeys", choice.Most);
        Optional(xml, "Delimiter", choice.Delimiter.Length > 0 ? choice.Told(choice.Delimiter) : null);
        Optional(xml, "EncodingType", choice.IsEncoded ? "url" : null);
        xml.Element("IsTruncated", isCut);
    }

    private static void Describe(XmlWriter xml, VaultObject one, VaultBucket bucket)
    {
        xml.Element("LastModified", S3Answer.Stamp(one.ModifiedAt));
        xml.Element("ETag", $"\"{one.ETag}\"");
        if (one.Detail.Checksum is { } checksum)
        {
            xml.Element("ChecksumAlgorithm", checksum.Algorithm);
            xml.Element("ChecksumType", checksum.IsComposite ? "COMPOSITE" : "FULL_OBJECT");
        }

        xml.Element("Size", one.Size);
        xml.Element("StorageClass", ObjectTier.ClassOf(one, bucket.Rules));
    }

    private static void Prefixes(XmlWriter xml, ListingChoice choice, IEnumerable<string> prefixes)
    {
        foreach (string prefix in prefixes)
        {
            xml.Element("CommonPrefixes", () => xml.Element("Prefix", choice.Told(prefix)));
        }
    }

    private static void Optional(XmlWriter xml, string name, string? text)
    {
        if (text is not null)
        {
            xml.Element(name, text);
        }
    }

    private static string ToToken(string after) => Convert.ToBase64String(Encoding.UTF8.GetBytes(after));

    private static string FromToken(string token)
    {
        byte[] bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out int length) && UriText.Text(bytes.AsSpan(0, length)) is { } after ? after
            : throw S3Exception.InvalidArgument("The continuation token provided is incorrect", "continuation-token", token);
    }
}

/// <summary>Which keys are to be listed, and how they are told.</summary>
/// <param name="Prefix">What they begin with.</param>
/// <param name="Delimiter">What ends the part of a key that is told once for all; empty for none.</param>
/// <param name="Most">How many at most.</param>
/// <param name="IsEncoded">Whether they are percent-encoded.</param>
internal sealed record ListingChoice(string Prefix, string Delimiter, int Most, bool IsEncoded)
{
    /// <summary>A text as it is told.</summary>
    public string Told(string text) => IsEncoded ? UriText.Encode(text, keepsSlash: true) : text;
}
