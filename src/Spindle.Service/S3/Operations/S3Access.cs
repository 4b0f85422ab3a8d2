// SPDX-License-Identifier: MIT
using System.Xml;
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Reading;
using Spindle.Service.S3.Requests;
using Spindle.Vault;
using Spindle.Vault.Keys;
using Spindle.Vault.Objects;

namespace Spindle.Service.S3.Operations;

/// <summary>Who may do what.</summary>
/// <param name="vault">The vault.</param>
internal sealed class S3Access(OpenVault vault)
{
    private const int LongestKey = 1024; // bytes

    private static readonly string[] Unknown =
    [
        "x-amz-tagging", "x-amz-server-side-encryption", "x-amz-server-side-encryption-customer-algorithm", "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date",
        "x-amz-object-lock-legal-hold", "x-amz-website-redirect-location", "x-amz-grant-read", "x-amz-grant-write", "x-amz-grant-full-control", "x-amz-grant-read-acp", "x-amz-grant-write-acp",
    ];

    /// <summary>The bucket of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="right"><c>r</c>, <c>w</c> or <c>d</c>.</param>
    /// <exception cref="S3Exception"><c>NoSuchBucket</c>, <c>AccessDenied</c>.</exception>
    public VaultBucket Bucket(S3Request request, char right) => Bucket(request, request.Target.Bucket, right, "x-amz-expected-bucket-owner");

    /// <summary>The same of a bucket that a request names elsewhere.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The bucket's name.</param>
    /// <param name="right">As above.</param>
    /// <param name="ownerHeader">In which header the request may say whose it must be.</param>
    public VaultBucket Bucket(S3Request request, string name, char right, string ownerHeader)
    {
        AccessKey key = request.Key;
        VaultBucket bucket = vault.Objects.Read(rows => Buckets.Find(rows, name)) ?? throw S3Exception.NoSuchBucket(name);
        return key.May(right, bucket.Name, bucket.Owner) && request.Header(ownerHeader) is var expected && (expected is null or "" || expected == bucket.Owner) ? bucket : throw S3Exception.AccessDenied();
    }

    /// <summary>The object of a request.</summary>
    /// <exception cref="S3Exception"><c>NoSuchKey</c>, <c>NoSuchVersion</c>.</exception>
    public VaultObject Object(VaultBucket bucket, string key, string? version)
    {
        if (version is not (null or "" or "null"))
        {
            throw S3Exception.NoSuchVersion(key, version);
        }

        return vault.Objects.Read(rows => ObjectRows.Find(rows, bucket.Id, key)) ?? throw S3Exception.NoSuchKey(key);
    }

    /// <summary>Refuses what can't be kept: it would be lost without a word.</summary>
    public static void CheckWrite(S3Request request, BucketRules rules, VaultObject? old)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(request.Target.Key) > LongestKey)
        {
            throw new S3Exception(400, "KeyTooLongError", "Your key is too long");
        }

        if (request.Target.Key.Contains('\0', StringComparison.Ordinal))
        {
            throw S3Exception.InvalidUri();
        }

        CheckHeaders(request);
        CheckChange(rules, old, isWritten: old?.Content is not null);
    }

    /// <summary>Refuses access lists that let others in, tags, and encryption by the server.</summary>
    public static void CheckHeaders(S3Request request)
    {
        if (Unknown.FirstOrDefault(name => request.Header(name) is { Length: > 0 }) is { } name)
        {
            throw S3Exception.NotImplemented(name);
        }

        if (request.Header("x-amz-acl") is { } list and not ("" or "private" or "bucket-owner-full-control" or "bucket-owner-read" or "aws-exec-read"))
        {
            throw list is "public-read" or "public-read-write" or "authenticated-read" or "log-delivery-write"
                ? S3Exception.NotImplemented($"x-amz-acl: {list}")
                : S3Exception.InvalidArgument("There is no such access list.", "x-amz-acl", list);
        }
    }

    /// <summary>Refuses to change what is held.</summary>
    public static void CheckChange(BucketRules rules, VaultObject? old, bool isWritten)
    {
        if (old is not null && (rules.Hold || (rules.Worm && isWritten)))
        {
            throw S3Exception.AccessDenied(rules.Hold ? "This bucket is held: nothing in it can be deleted or overwritten." : "The object is on a disc, and this bucket keeps what is on discs.");
        }
    }

    /// <summary>The class that an object is put with.</summary>
    /// <exception cref="S3Exception"><c>InvalidStorageClass</c>.</exception>
    public static string? ClassOf(S3Request request, BucketRules rules) => request.Header("x-amz-storage-class") switch
    {
        null or "" => rules.DefaultClass,
        ObjectTier.Standard => ObjectTier.Standard,
        { } known when ObjectTier.Classes.Contains(known) => known,
        _ => throw new S3Exception(400, "InvalidStorageClass", "The storage class you specified is not valid"),
    };

    /// <summary>Writes whose something is.</summary>
    public static void Owner(XmlWriter xml, string owner, string element = "Owner") => xml.Element(element, () =>
    {
        xml.Element("ID", owner);
        xml.Element("DisplayName", owner);
    });

    /// <summary>Answers who may use something: its owner.</summary>
    public static Task TellAccessAsync(S3Request request, string owner) => S3Answer.XmlAsync(request.Context, "AccessControlPolicy", xml =>
    {
        Owner(xml, owner);
        xml.Element("AccessControlList", () => xml.Element("Grant", () =>
        {
            xml.WriteStartElement("Grantee");
            xml.WriteAttributeString("xmlns", "xsi", null, "http://www.w3.org/2001/XMLSchema-instance");
            xml.WriteAttributeString("xsi", "type", null, "CanonicalUser");
            xml.Element("ID", owner);
            xml.Element("DisplayName", owner);
            xml.WriteEndElement();
            xml.Element("Permission", "FULL_CONTROL");
        }));
    });

    /// <summary>Takes an access list that lets nobody in but the owner, and refuses others.</summary>
    public static async Task SetAccessAsync(S3Request request, string owner)
    {
        CheckHeaders(request);
        byte[] document = await request.DocumentAsync();
        if (document.Length > 0)
        {
            foreach ((string grantee, string permission) in S3Document.Grants(document))
            {
                if (grantee != owner || permission != "FULL_CONTROL")
                {
                    throw S3Exception.NotImplemented("access lists that let others in; 'spindle vault key' says who may do what");
                }
            }
        }
    }
}
