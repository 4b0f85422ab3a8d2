// SPDX-License-Identifier: MIT
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Spindle.Service.Tests.S3.Operations;

public sealed class BucketOperationsTests(ServedVault vault) : IClassFixture<ServedVault>
{
    [Fact]
    public async Task A_bucket_is_made_listed_and_deleted()
    {
        string bucket = await vault.BucketAsync();
        Assert.Contains(bucket, (await vault.Client.ListBucketsAsync()).Buckets.Select(one => one.BucketName));
        Assert.Equal(HttpStatusCode.OK, (await vault.Client.PutBucketAsync(bucket)).HttpStatusCode); // once more is no error
        Assert.Equal("me", (await vault.Client.ListBucketsAsync()).Owner.Id);
        await vault.PutAsync(bucket, "key", "x");
        Assert.Equal("BucketNotEmpty", await ServedVault.CodeAsync(() => vault.Client.DeleteBucketAsync(bucket)));
        await vault.Client.DeleteObjectAsync(bucket, "key");
        await vault.Client.DeleteBucketAsync(bucket);
        Assert.Equal("NoSuchBucket", await ServedVault.CodeAsync(() => vault.Client.DeleteBucketAsync(bucket)));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("a..b")]
    [InlineData("a.-b")]
    [InlineData("-ab")]
    [InlineData("ab_c")]
    [InlineData("192.168.5.123")]
    [InlineData("Abc")]
    public async Task Other_names_are_refused(string name) =>
        Assert.Equal("InvalidBucketName", await ServedVault.CodeAsync(() => vault.Client.PutBucketAsync(new PutBucketRequest { BucketName = name })));

    [Fact]
    public async Task A_key_sees_its_own_buckets_and_those_that_it_was_given()
    {
        string bucket = await vault.BucketAsync();
        using AmazonS3Client other = vault.ClientOf("other", [], null), guest = vault.ClientOf("guest", [bucket], "r");
        Assert.Empty((await other.ListBucketsAsync()).Buckets ?? []);
        Assert.Equal("AccessDenied", await ServedVault.CodeAsync(() => other.ListObjectsV2Async(new() { BucketName = bucket })));
        Assert.Equal("BucketAlreadyExists", await ServedVault.CodeAsync(() => other.PutBucketAsync(bucket)));
        await vault.PutAsync(bucket, "key", "x");
        Assert.Equal([bucket], (await guest.ListBucketsAsync()).Buckets.Select(one => one.BucketName));
        Assert.Equal(1, (await guest.GetObjectAsync(bucket, "key")).ContentLength);
        Assert.Equal("AccessDenied", await ServedVault.CodeAsync(() => guest.DeleteObjectAsync(bucket, "key")));
        Assert.Equal("AccessDenied", await ServedVault.CodeAsync(() => guest.PutObjectAsync(new() { BucketName = bucket, Key = "new", ContentBody = "x" })));
        Assert.Equal("AccessDenied", await ServedVault.CodeAsync(() => guest.PutBucketAsync("guests-own")));
    }

    [Fact]
    public async Task What_is_not_set_is_said_in_the_words_of_S3()
    {
        string bucket = await vault.BucketAsync();
        Assert.Equal("NoSuchTagSet", await ServedVault.CodeAsync(() => vault.Client.GetBucketTaggingAsync(new() { BucketName = bucket })));
        Assert.Equal("me", (await vault.Client.GetBucketAclAsync(new GetBucketAclRequest { BucketName = bucket })).Owner.Id);
        Assert.Equal(S3Region.USEast1, (await vault.Client.GetBucketLocationAsync(bucket)).Location ?? S3Region.USEast1);
    }

    [Fact]
    public async Task What_is_not_known_is_refused_and_never_taken_for_something_else()
    {
        string bucket = await vault.BucketAsync();
        Assert.Equal("NotImplemented", await ServedVault.CodeAsync(() => vault.Client.PutBucketVersioningAsync(new() { BucketName = bucket, VersioningConfig = new() { Status = VersionStatus.Enabled } })));
        Assert.Equal("NotImplemented", await ServedVault.CodeAsync(() => vault.Client.PutObjectAsync(new() { BucketName = bucket, Key = "public", ContentBody = "x", CannedACL = S3CannedACL.PublicRead })));
        Assert.Equal("InvalidArgument", await ServedVault.CodeAsync(() => vault.Client.PutObjectAsync(new() { BucketName = bucket, Key = "public", ContentBody = "x", CannedACL = new("public-ready") })));
        Assert.Equal("NoSuchKey", await ServedVault.CodeAsync(() => vault.Client.GetObjectAsync(bucket, "public")));
    }

    [Fact]
    public async Task Whoever_has_no_key_is_not_let_in()
    {
        string bucket = await vault.BucketAsync();
        using HttpClient anybody = new();
        using HttpResponseMessage answer = await anybody.GetAsync(new Uri(vault.Address, bucket));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<Code>AccessDenied</Code>", body, StringComparison.Ordinal);
        Assert.Contains(answer.Headers.GetValues("x-amz-request-id").Single(), body, StringComparison.Ordinal);
        using AmazonS3Client wrong = vault.ClientOf("NOKEY", "secret");
        Assert.Equal("InvalidAccessKeyId", await ServedVault.CodeAsync(() => wrong.ListBucketsAsync()));
    }
}
