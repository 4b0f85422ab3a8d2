// SPDX-License-Identifier: MIT
using System.Net;
using System.Text.RegularExpressions;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Reading;
using Spindle.Service.S3.Requests;
using Spindle.Vault;
using Spindle.Vault.Objects;

namespace Spindle.Service.S3.Operations;

/// <summary>Making, deleting and describing buckets.</summary>
internal sealed partial class BucketOperations(OpenVault vault, S3Access access)
{
    private const string UsualRegion = "us-east-1";
    private const int MostListed = 10_000;

    /// <summary>ListBuckets.</summary>
    public Task ListAsync(S3Request request)
    {
        string prefix = request.Target["prefix"] ?? "", after = request.Target["continuation-token"] ?? "";
        int most = request.Number("max-buckets", MostListed, MostListed);
        VaultBucket[] buckets = [.. vault.Objects.Read(Buckets.All)
            .Where(bucket => request.Key.Sees(bucket.Name, bucket.Owner) && bucket.Name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(bucket.Name, after) > 0)];
        return S3Answer.XmlAsync(request.Context, "ListAllMyBucketsResult", xml =>
        {
            S3Access.Owner(xml, request.Key.Name);
            xml.Element("Buckets", () =>
            {
                foreach (VaultBucket bucket in buckets.Take(most))
                {
                    xml.Element("Bucket", () =>
                    {
                        xml.Element("Name", bucket.Name);
                        xml.Element("CreationDate", S3Answer.Stamp(bucket.CreatedAt));
                    });
                }
            });
            if (buckets.Length > most && most > 0)
            {
                xml.Element("ContinuationToken", buckets[most - 1].Name);
            }

            if (request.Target.Has("prefix"))
            {
                xml.Element("Prefix", prefix);
            }
        });
    }

    /// <summary>CreateBucket. One's own, once more, is no error, as in the oldest region of AWS: half of the clients make sure before each run.</summary>
    public async Task CreateAsync(S3Request request)
    {
        string name = request.Target.Bucket;
        if (!Names().IsMatch(name) || name.Contains("..", StringComparison.Ordinal) || name.Contains(".-", StringComparison.Ordinal) || name.Contains("-.", StringComparison.Ordinal) || IPAddress.TryParse(name, out _))
        {
            throw new S3Exception(400, "InvalidBucketName", "The specified bucket is not valid.") { Details = [("BucketName", name)] };
        }

        S3Access.CheckHeaders(request);
        if (request.Header("x-amz-bucket-object-lock-enabled") is "true" or "True")
        {
            throw S3Exception.NotImplemented("x-amz-bucket-object-lock-enabled; a bucket's rule 'worm' keeps what is on discs");
        }

        byte[] document = await request.DocumentAsync();
        string region = document.Length > 0 ? S3Document.Region(document) : "";
        if (!request.Key.MayMake)
        {
            throw S3Exception.AccessDenied();
        }

        if (await vault.Objects.WriteAsync(rows => Buckets.Add(rows, name, request.Key.Name, region, vault.Time.GetUtcNow())) is null
            && vault.Objects.Read(rows => Buckets.Find(rows, name)) is { } other && other.Owner != request.Key.Name)
        {
            throw new S3Exception(409, "BucketAlreadyExists", "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.") { Details = [("BucketName", name)] };
        }

        request.Context.Response.Headers.Location = $"/{name}";
    }

    /// <summary>DeleteBucket.</summary>
    public async Task DeleteAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'd');
        IReadOnlyList<string> left = await vault.Objects.WriteAsync(rows => Buckets.Delete(rows, bucket.Id, vault.Time.GetUtcNow()))
            ?? throw new S3Exception(409, "BucketNotEmpty", "The bucket you tried to delete is not empty") { Details = [("BucketName", bucket.Name)] };
        foreach (string file in left)
        {
            vault.Landing.Delete(file);
        }

        request.Context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>HeadBucket.</summary>
    public Task HeadAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'r');
        request.Context.Response.Headers["x-amz-bucket-region"] = bucket.Region.Length > 0 ? bucket.Region : UsualRegion;
        return Task.CompletedTask;
    }

    /// <summary>GetBucketAcl.</summary>
    public Task AccessAsync(S3Request request) => S3Access.TellAccessAsync(request, access.Bucket(request, 'r').Owner);

    /// <summary>PutBucketAcl.</summary>
    public Task SetAccessAsync(S3Request request) => S3Access.SetAccessAsync(request, access.Bucket(request, 'w').Owner);

    /// <summary>What else may be asked of a bucket: mostly, that it is not set.</summary>
    public Task SettingAsync(S3Request request, string name)
    {
        VaultBucket bucket = access.Bucket(request, 'r');
        return name switch
        {
            "location" => S3Answer.XmlAsync(request.Context, "LocationConstraint", xml => xml.WriteString(bucket.Region == UsualRegion ? "" : bucket.Region)),
            "versioning" => S3Answer.XmlAsync(request.Context, "VersioningConfiguration", Nothing),
            "accelerate" => S3Answer.XmlAsync(request.Context, "AccelerateConfiguration", Nothing),
            "logging" => S3Answer.XmlAsync(request.Context, "BucketLoggingStatus", Nothing),
            "notification" => S3Answer.XmlAsync(request.Context, "NotificationConfiguration", Nothing),
            "requestPayment" => S3Answer.XmlAsync(request.Context, "RequestPaymentConfiguration", xml => xml.Element("Payer", "BucketOwner")),
            "policy" => throw Missing("NoSuchBucketPolicy", "The bucket policy does not exist"),
            "policyStatus" => throw Missing("NoSuchBucketPolicy", "The bucket policy does not exist"),
            "cors" => throw Missing("NoSuchCORSConfiguration", "The CORS configuration does not exist"),
            "lifecycle" => throw Missing("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
            "tagging" => throw Missing("NoSuchTagSet", "The TagSet does not exist"),
            "website" => throw Missing("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"),
            "encryption" => throw Missing("ServerSideEncryptionConfigurationNotFoundError", "The server side encryption configuration was not found"),
            "replication" => throw Missing("ReplicationConfigurationNotFoundError", "The replication configuration was not found"),
            "ownershipControls" => throw Missing("OwnershipControlsNotFoundError", "The bucket ownership controls were not found"),
            "publicAccessBlock" => throw Missing("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"),
            "object-lock" => throw Missing("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket"),
            _ => throw S3Exception.NotImplemented(name),
        };

        S3Exception Missing(string code, string message) => new(404, code, message) { Details = [("BucketName", bucket.Name)] };
    }

    private static void Nothing(XmlWriter xml)
    {
        // It is set to nothing.
    }

    /// <summary>"Bucket naming rules", Amazon S3 User Guide.</summary>
    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
