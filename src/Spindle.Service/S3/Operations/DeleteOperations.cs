// SPDX-License-Identifier: MIT
using Microsoft.AspNetCore.Http;
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Reading;
using Spindle.Service.S3.Requests;
using Spindle.Vault;
using Spindle.Vault.Objects;

namespace Spindle.Service.S3.Operations;

/// <summary>Objects, deleted: what is on a disc stays there, and the catalogue keeps that it was.</summary>
internal sealed class DeleteOperations(OpenVault vault, S3Access access)
{
    private const int MostAtOnce = 1000;

    /// <summary>DeleteObject.</summary>
    public async Task OneAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'd');
        if (request.Target["versionId"] is { Length: > 0 } and not "null")
        {
            throw new S3Exception(400, "InvalidArgument", "Invalid version id specified");
        }

        DeleteCondition condition = ConditionOf(request);
        string? left = await vault.Objects.WriteAsync(rows => Find(rows, bucket, request.Target.Key) is not { } one ? null
            : condition.Fits(one) ? Delete(rows, request, bucket, one)
            : throw S3Exception.PreconditionFailed("If-Match"));
        vault.Landing.Delete(left);
        request.Context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>DeleteObjects: all of them, or none, but for those that are not what the request says they must be. Some clients look at nothing but the status.</summary>
    public async Task ManyAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'd');
        byte[] document = await request.DocumentAsync();
        (IReadOnlyList<ObjectToDelete> objects, bool isQuiet) = S3Document.Deletes(document);
        if (objects.Count is 0 or > MostAtOnce)
        {
            throw S3Exception.MalformedXml();
        }

        (List<string> files, HashSet<string> unfit) = await vault.Objects.WriteAsync(rows =>
        {
            (List<string> files, HashSet<string> unfit) = ([], new(StringComparer.Ordinal));
            foreach ((string key, _, DeleteCondition condition) in objects.Where(one => IsThis(one.Version)))
            {
                if (Find(rows, bucket, key) is not { } one)
                {
                    continue;
                }

                if (!condition.Fits(one))
                {
                    unfit.Add(key);
                }
                else if (Delete(rows, request, bucket, one) is { } file)
                {
                    files.Add(file);
                }
            }

            return (files, unfit);
        });
        foreach (string file in files)
        {
            vault.Landing.Delete(file);
        }

        await S3Answer.XmlAsync(request.Context, "DeleteResult", xml =>
        {
            foreach ((string key, string? version, _) in objects)
            {
                if (!IsThis(version) || unfit.Contains(key))
                {
                    S3Exception why = IsThis(version) ? S3Exception.PreconditionFailed("If-Match") : S3Exception.NoSuchVersion(key, version!);
                    xml.Element("Error", () =>
                    {
                        xml.Element("Key", key);
                        if (version is { Length: > 0 })
                        {
                            xml.Element("VersionId", version);
                        }

                        xml.Element("Code", why.Code);
                        xml.Element("Message", why.Message);
                    });
                }
                else if (!isQuiet)
                {
                    xml.Element("Deleted", () =>
                    {
                        xml.Element("Key", key);
                        if (version is { Length: > 0 })
                        {
                            xml.Element("VersionId", version);
                        }
                    });
                }
            }
        });
    }

    private static bool IsThis(string? version) => version is null or "" or "null";

    private static DeleteCondition ConditionOf(S3Request request)
    {
        return new(
            request.Header("If-Match") is { } tag ? S3Document.Unquoted(tag) : null,
            request.Header("x-amz-if-match-size") is { } size ? DeleteCondition.SizeOf(size) ?? throw Odd("x-amz-if-match-size", size) : null,
            request.Header("x-amz-if-match-last-modified-time") is { } time ? DeleteCondition.TimeOf(time) ?? throw Odd("x-amz-if-match-last-modified-time", time) : null);

        static S3Exception Odd(string header, string value) => S3Exception.InvalidArgument($"{header} can't be {value}", header);
    }

    private static VaultObject? Find(VaultRows rows, VaultBucket bucket, string key) => ObjectRows.Find(rows, bucket.Id, key);

    private string? Delete(VaultRows rows, S3Request request, VaultBucket bucket, VaultObject one)
    {
        S3Access.CheckChange(bucket.Rules, one, Placing.IsWritten(rows, one.Content));
        return ObjectRows.Delete(rows, one, request.Key.Name, vault.Time.GetUtcNow());
    }
}
