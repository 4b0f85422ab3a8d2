// SPDX-License-Identifier: MIT
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Spindle.Vault.Moving;

namespace Spindle.Service.Tests.S3.Operations;

public sealed class RestoreOperationTests(ServedVault vault) : IClassFixture<ServedVault>
{
    [Fact]
    public async Task An_object_that_is_on_discs_only_is_asked_for()
    {
        string bucket = await ColdAsync();
        AmazonS3Exception cold = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => vault.Client.GetObjectAsync(bucket, "key"));
        Assert.Equal(("InvalidObjectState", HttpStatusCode.Forbidden), (cold.ErrorCode, cold.StatusCode));
        Assert.Contains("disc 5 'DISC_5' (shelf B2)", cold.Message, StringComparison.Ordinal);
        GetObjectMetadataResponse head = await vault.Client.GetObjectMetadataAsync(bucket, "key");
        Assert.Equal((S3StorageClass.Glacier, 7), (head.StorageClass, head.ContentLength));
        Assert.Equal(S3StorageClass.Glacier, (await vault.Client.ListObjectsV2Async(new() { BucketName = bucket })).S3Objects[0].StorageClass);
        Assert.Equal(HttpStatusCode.Accepted, (await RestoreAsync(bucket)).HttpStatusCode);
        Assert.True((await vault.Client.GetObjectMetadataAsync(bucket, "key")).RestoreInProgress);
        AmazonS3Exception again = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => RestoreAsync(bucket));
        Assert.Equal(("RestoreAlreadyInProgress", HttpStatusCode.Conflict), (again.ErrorCode, again.StatusCode));
        Assert.Equal(5, Assert.Single(vault.Vault.Objects.Read(VaultViews.Wanted)).Number);

        // Its time can be set without its disc; its content can't be copied.
        Assert.Equal("InvalidObjectState", await ServedVault.CodeAsync(() => vault.Client.CopyObjectAsync(bucket, "key", bucket, "other")));
        CopyObjectRequest replace = new() { SourceBucket = bucket, SourceKey = "key", DestinationBucket = bucket, DestinationKey = "key", MetadataDirective = S3MetadataDirective.REPLACE };
        replace.Metadata.Add("mtime", "1");
        await vault.Client.CopyObjectAsync(replace);
        head = await vault.Client.GetObjectMetadataAsync(bucket, "key");
        Assert.Equal(("1", S3StorageClass.Glacier), (head.Metadata["mtime"], head.StorageClass));
    }

    [Fact]
    public async Task What_is_on_disk_is_not_restored_and_what_was_put_cold_says_until_when_it_stays()
    {
        string bucket = await vault.BucketAsync();
        await vault.PutAsync(bucket, "key", "content");
        Assert.Equal("InvalidObjectState", await ServedVault.CodeAsync(() => RestoreAsync(bucket)));
        await vault.Client.PutObjectAsync(new() { BucketName = bucket, Key = "key", ContentBody = "content", StorageClass = S3StorageClass.DeepArchive });
        GetObjectMetadataResponse head = await vault.Client.GetObjectMetadataAsync(bucket, "key");
        Assert.False(head.RestoreInProgress);
        Assert.True(head.RestoreExpiration > DateTime.UtcNow);
        Assert.Equal("content", await vault.GetAsync(bucket, "key"));
        Assert.Equal(HttpStatusCode.OK, (await RestoreAsync(bucket)).HttpStatusCode);
    }

    [Fact]
    public async Task Days_are_wanted()
    {
        string bucket = await ColdAsync();
        Assert.Equal("MalformedXML", await ServedVault.CodeAsync(() => vault.Client.RestoreObjectAsync(new RestoreObjectRequest { BucketName = bucket, Key = "key", Days = 0 })));
    }

    private Task<RestoreObjectResponse> RestoreAsync(string bucket) => vault.Client.RestoreObjectAsync(new RestoreObjectRequest { BucketName = bucket, Key = "key", Days = 2, Tier = GlacierJobTier.Standard });

    private async Task<string> ColdAsync()
    {
        string bucket = await vault.BucketAsync();
        await vault.PutAsync(bucket, "key", "content");
        await vault.Vault.Objects.WriteAsync(rows =>
        {
            rows.Database.Run($"""
                INSERT OR IGNORE INTO scan (id, source, prefix, started) VALUES (1, x'', x'', '2026-11-28T12:00:00+00:00');
                INSERT OR IGNORE INTO plan (id, uuid, created, scan, capacity, detail) VALUES (1, 'plan', '2026-11-28T12:00:00+00:00', 1, 1000, '{"{}"}');
                INSERT OR IGNORE INTO disc (number, plan, uuid, label, status, sectors, files, bytes) VALUES (5, 1, 'five', 'DISC_5', 'written', 1, 1, 1);
                INSERT OR IGNORE INTO copy (id, disc, name, place) VALUES (1, 5, 'A', 'shelf B2');
                INSERT OR IGNORE INTO content (id, size, sha256) SELECT 1, size, sha256 FROM vault_object WHERE sha256 IS NOT NULL AND size = 7 LIMIT 1;
                INSERT OR IGNORE INTO placement (content, part, disc, offset, length) VALUES (1, 0, 5, 0, 7);
                UPDATE vault_object SET content = 1, file = NULL WHERE bucket = (SELECT id FROM vault_bucket WHERE name = '{bucket}');
                """);
            return true;
        });
        return bucket;
    }
}
