// SPDX-License-Identifier: MIT
using Microsoft.AspNetCore.Http;
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Reading;
using Spindle.Service.S3.Requests;
using Spindle.Vault;
using Spindle.Vault.Objects;

namespace Spindle.Service.S3.Operations;

/// <summary>RestoreObject: an object that is on discs only is asked for.</summary>
internal sealed class RestoreOperation(OpenVault vault, S3Access access)
{
    private const int MostDays = 36_500; // a century

    public async Task RestoreAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'r');
        byte[] document = await request.DocumentAsync();
        (int? days, string? tier) = S3Document.Restore(document);
        WishTier turn = tier switch
        {
            null or "Standard" => WishTier.Standard,
            "Expedited" => WishTier.Expedited,
            "Bulk" => WishTier.Bulk,
            _ => throw S3Exception.MalformedXml(),
        };
        if (days is not (>= 1 and <= MostDays))
        {
            throw S3Exception.MalformedXml($"Days is a number from 1 to {MostDays}");
        }

        VaultObject one = access.Object(bucket, request.Target.Key, request.Target["versionId"]);
        (WishOutcome outcome, IReadOnlyList<string> discs) = await vault.Objects.WriteAsync(rows =>
        {
            VaultObject now = ObjectRows.Find(rows, one.Id) ?? throw S3Exception.NoSuchKey(one.Key);
            return (Wishes.Add(rows, now, turn, days.Value, request.Key.Name, vault.Time.GetUtcNow()), now.Content is { } content ? Placing.Told(rows, content) : []);
        });
        request.Context.Response.StatusCode = outcome switch
        {
            WishOutcome.NotArchived => throw S3Exception.InvalidObjectState("Restore is not allowed for the object's current storage class", ObjectTier.ClassOf(one, bucket.Rules)),
            WishOutcome.Known => throw new S3Exception(409, "RestoreAlreadyInProgress", $"Object restore is already in progress{(discs.Count > 0 ? $": it waits for {string.Join(", ", discs)}" : "")}"),
            WishOutcome.Queued => StatusCodes.Status202Accepted,
            _ => StatusCodes.Status200OK,
        };
    }
}
