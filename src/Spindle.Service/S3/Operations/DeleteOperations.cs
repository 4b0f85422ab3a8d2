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

        string? left = await vault.Objects.WriteAsync(rows => Delete(rows, request, bucket, request.Target.Key));
        vault.Landing.Delete(left);
        request.Context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>DeleteObjects: all of them, or none. Some clients look at nothing but the status.</summary>
    public async Task ManyAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'd');
        byte[] document = await request.DocumentAsync();
        (IReadOnlyList<(string Key, string? Version)> objects, bool isQuiet) = S3Document.Deletes(document);
        if (objects.Count is 0 or > MostAtOnce)
        {
            throw S3Exception.MalformedXml();
        }

        IReadOnlyList<string> left = await vault.Objects.WriteAsync(rows =>
        {
            List<string> files = [];
            foreach ((string key, _) in objects.Where(one => IsThis(one.Version)))
            {
                if (Delete(rows, request, bucket, key) is { } file)
                {
                    files.Add(file);
                }
            }

            return files;
        });
        foreach (string file in left)
        {
            vault.Landing.Delete(file);
        }

        await S3Answer.XmlAsync(request.Context, "DeleteResult", xml =>
        {
            foreach ((string key, string? version) in objects)
            {
                if (!IsThis(version))
                {
                    xml.Element("Error", () =>
                    {
                        xml.Element("Key", key);
                        xml.Element("VersionId", version!);
                        xml.Element("Code", "NoSuchVersion");
                        xml.Element("Message", "The specified version does not exist.");
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

    private string? Delete(VaultRows rows, S3Request request, VaultBucket bucket, string key)
    {
        if (ObjectRows.Find(rows, bucket.Id, key) is not { } one)
        {
            return null; // that there is none is what was asked for
        }

        if (request.Header("If-Match") is { } match && match != "*" && S3Document.Unquoted(match) != one.ETag)
        {
            throw S3Exception.PreconditionFailed("If-Match");
        }

        S3Access.CheckChange(bucket.Rules, one, Placing.IsWritten(rows, one.Content));
        return ObjectRows.Delete(rows, one, request.Key.Name, vault.Time.GetUtcNow());
    }
}
