// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Spindle.Vault.Objects;

namespace Spindle.Service.Tests.S3.Operations;

public sealed class ObjectOperationsTests(ServedVault vault) : IClassFixture<ServedVault>
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(70_000, true)]
    [InlineData(3_000_000, false)]
    [InlineData(3_000_000, true)]
    public async Task What_was_put_comes_back(int length, bool inChunks)
    {
        string bucket = await vault.BucketAsync();
        byte[] bytes = RandomNumberGenerator.GetBytes(length);
        PutObjectResponse put = await vault.Client.PutObjectAsync(new() { BucketName = bucket, Key = "a/b é+%.bin", InputStream = new MemoryStream(bytes), UseChunkEncoding = inChunks, ContentType = "image/x" });
        Assert.Equal($"\"{Convert.ToHexStringLower(MD5.HashData(bytes))}\"", put.ETag);
        using GetObjectResponse got = await vault.Client.GetObjectAsync(bucket, "a/b é+%.bin");
        MemoryStream back = new();
        await got.ResponseStream.CopyToAsync(back);
        Assert.Equal(bytes, back.ToArray());
        Assert.Equal("image/x", got.Headers.ContentType);
    }

    [Fact]
    public async Task Headers_and_metadata_are_kept_and_replaced()
    {
        string bucket = await vault.BucketAsync();
        PutObjectRequest put = new() { BucketName = bucket, Key = "key", ContentBody = "x" };
        put.Metadata.Add("mtime", "1795837519.613115396");
        put.Headers.CacheControl = "no-cache";
        put.Headers.ContentDisposition = "attachment";
        await vault.Client.PutObjectAsync(put);
        GetObjectMetadataResponse head = await vault.Client.GetObjectMetadataAsync(bucket, "key");
        Assert.Equal(("1795837519.613115396", "no-cache", "attachment"), (head.Metadata["mtime"], head.Headers.CacheControl, head.Headers.ContentDisposition));
        await vault.PutAsync(bucket, "key", "y");
        Assert.Empty((await vault.Client.GetObjectMetadataAsync(bucket, "key")).Metadata.Keys);
    }

    [Fact]
    public async Task What_was_not_sent_is_not_there()
    {
        string bucket = await vault.BucketAsync();
        Assert.Equal("NoSuchKey", await ServedVault.CodeAsync(() => vault.Client.GetObjectAsync(bucket, "key")));
        Assert.Equal("InvalidDigest", await ServedVault.CodeAsync(() => vault.Client.PutObjectAsync(new() { BucketName = bucket, Key = "key", ContentBody = "x", MD5Digest = "YWJyYWNhZGFicmE=" })));
        Assert.Equal("BadDigest", await ServedVault.CodeAsync(() => vault.Client.PutObjectAsync(new() { BucketName = bucket, Key = "key", ContentBody = "x", MD5Digest = "rL0Y20xC+Fzt72VPzMSk2A==" })));
        Assert.Equal("BadDigest", await ServedVault.CodeAsync(() => vault.Client.PutObjectAsync(new() { BucketName = bucket, Key = "key", ContentBody = "x", ChecksumSHA256 = Convert.ToBase64String(new byte[32]) })));
        Assert.Equal("KeyTooLongError", await ServedVault.CodeAsync(() => vault.PutAsync(bucket, new string('k', 1025), "x")));
        Assert.Equal("InvalidStorageClass", await ServedVault.CodeAsync(() => vault.Client.PutObjectAsync(new() { BucketName = bucket, Key = "key", ContentBody = "x", StorageClass = new("OTHER") })));
        Assert.Empty((await vault.Client.ListObjectsV2Async(new() { BucketName = bucket })).S3Objects ?? []);
    }

    [Fact]
    public async Task A_body_that_ends_early_leaves_nothing()
    {
        string bucket = await vault.BucketAsync();
        string url = vault.Client.GetPreSignedURL(new() { BucketName = bucket, Key = "key", Verb = HttpVerb.PUT, Expires = DateTime.UtcNow.AddMinutes(5), Protocol = Protocol.HTTP });
        using (Socket socket = new(SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(vault.Address.Host, vault.Address.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"PUT {new Uri(url).PathAndQuery} HTTP/1.1\r\nHost: {vault.Address.Authority}\r\nContent-Length: 1000000\r\n\r\n{new string('x', 500_000)}"));
            socket.Shutdown(SocketShutdown.Send);
            Assert.DoesNotContain(" 200 ", await AnswerAsync(socket), StringComparison.Ordinal);
        }

        Assert.Equal("NoSuchKey", await ServedVault.CodeAsync(() => vault.Client.GetObjectAsync(bucket, "key")));
    }

    [Fact]
    public async Task Ranges_are_given()
    {
        string bucket = await vault.BucketAsync();
        await vault.PutAsync(bucket, "key", "testcontent");
        using GetObjectResponse piece = await vault.Client.GetObjectAsync(new() { BucketName = bucket, Key = "key", ByteRange = new(4, 7) });
        Assert.Equal((HttpStatusCode.PartialContent, "bytes 4-7/11", 4), (piece.HttpStatusCode, piece.ContentRange, piece.ContentLength));
        Assert.Equal("InvalidRange", await ServedVault.CodeAsync(() => vault.Client.GetObjectAsync(new() { BucketName = bucket, Key = "key", ByteRange = new(40, 50) })));
    }

    [Fact]
    public async Task Conditions_hold()
    {
        string bucket = await vault.BucketAsync();
        PutObjectResponse put = await vault.Client.PutObjectAsync(new() { BucketName = bucket, Key = "key", ContentBody = "x" });
        Assert.Null(await ServedVault.CodeAsync(() => vault.Client.GetObjectAsync(new() { BucketName = bucket, Key = "key", EtagToMatch = put.ETag })));
        Assert.Equal("PreconditionFailed", await ServedVault.CodeAsync(() => vault.Client.GetObjectAsync(new() { BucketName = bucket, Key = "key", EtagToMatch = "\"other\"" })));
        AmazonS3Exception same = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => vault.Client.GetObjectAsync(new() { BucketName = bucket, Key = "key", EtagToNotMatch = put.ETag }));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal("PreconditionFailed", await ServedVault.CodeAsync(() => vault.Client.PutObjectAsync(new() { BucketName = bucket, Key = "key", ContentBody = "y", IfNoneMatch = "*" })));
        Assert.Null(await ServedVault.CodeAsync(() => vault.Client.PutObjectAsync(new() { BucketName = bucket, Key = "new", ContentBody = "y", IfNoneMatch = "*" })));
        Assert.Equal("PreconditionFailed", await ServedVault.CodeAsync(() => vault.Client.PutObjectAsync(new() { BucketName = bucket, Key = "key", ContentBody = "y", IfMatch = "\"other\"" })));
        Assert.Equal("NoSuchKey", await ServedVault.CodeAsync(() => vault.Client.PutObjectAsync(new() { BucketName = bucket, Key = "none", ContentBody = "y", IfMatch = "\"other\"" })));
        Assert.Equal("x", await vault.GetAsync(bucket, "key"));
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("aws-chunked, gzip", "gzip")] // that is how it came, and not what it is
    [InlineData("gzip,aws-chunked", "gzip")]
    [InlineData("aws-chunked", null)]
    public async Task The_encoding_of_a_content_is_kept_without_that_of_its_way(string sent, string? kept)
    {
        string bucket = await vault.BucketAsync();
        PutObjectRequest put = new() { BucketName = bucket, Key = "key", ContentBody = "content", UseChunkEncoding = false };
        put.Headers.ContentEncoding = sent;
        await vault.Client.PutObjectAsync(put);

        Assert.Equal(kept ?? "", (await vault.Client.GetObjectMetadataAsync(bucket, "key")).Headers.ContentEncoding ?? "");
    }

    [Theory]
    [InlineData("\u0004w")]
    [InlineData("h\u0004")]
    public async Task Metadata_that_no_header_can_have_is_refused(string value)
    {
        string bucket = await vault.BucketAsync();
        PutObjectRequest put = new() { BucketName = bucket, Key = "key", ContentBody = "content", UseChunkEncoding = false };
        put.Metadata.Add("a", value);
        Assert.NotNull(await Record.ExceptionAsync(() => vault.Client.PutObjectAsync(put)));
        Assert.Equal("NoSuchKey", await ServedVault.CodeAsync(() => vault.GetAsync(bucket, "key")));
    }

    [Fact]
    public async Task Copies_have_the_content_and_what_was_said_of_it()
    {
        string bucket = await vault.BucketAsync(), other = await vault.BucketAsync();
        PutObjectRequest put = new() { BucketName = bucket, Key = "key", ContentBody = "content" };
        put.Metadata.Add("a", "b");
        await vault.Client.PutObjectAsync(put);
        await vault.Client.CopyObjectAsync(bucket, "key", other, "copy é");
        Assert.Equal("content", await vault.GetAsync(other, "copy é"));
        Assert.Equal("b", (await vault.Client.GetObjectMetadataAsync(other, "copy é")).Metadata["a"]);
        await vault.Client.DeleteObjectAsync(bucket, "key");
        Assert.Equal("content", await vault.GetAsync(other, "copy é")); // they have one file, and it stays
        Assert.Equal("InvalidRequest", await ServedVault.CodeAsync(() => vault.Client.CopyObjectAsync(other, "copy é", other, "copy é")));
        CopyObjectRequest replace = new() { SourceBucket = other, SourceKey = "copy é", DestinationBucket = other, DestinationKey = "copy é", MetadataDirective = S3MetadataDirective.REPLACE };
        replace.Metadata.Add("a", "c");
        await vault.Client.CopyObjectAsync(replace);
        Assert.Equal("c", (await vault.Client.GetObjectMetadataAsync(other, "copy é")).Metadata["a"]);
        Assert.Equal("NoSuchKey", await ServedVault.CodeAsync(() => vault.Client.CopyObjectAsync(bucket, "none", other, "x")));
    }

    [Fact]
    public async Task Many_are_deleted_at_once_or_none()
    {
        string bucket = await vault.BucketAsync();
        foreach (string key in (string[])["a", "b", "c"])
        {
            await vault.PutAsync(bucket, key, key);
        }

        DeleteObjectsResponse deleted = await vault.Client.DeleteObjectsAsync(new() { BucketName = bucket, Objects = [new() { Key = "a" }, new() { Key = "none" }] });
        Assert.Equal(2, deleted.DeletedObjects.Count);
        await RulesAsync(bucket, new() { Hold = true });
        Assert.Equal("AccessDenied", await ServedVault.CodeAsync(() => vault.Client.DeleteObjectsAsync(new() { BucketName = bucket, Objects = [new() { Key = "b" }, new() { Key = "c" }] })));
        Assert.Equal("AccessDenied", await ServedVault.CodeAsync(() => vault.PutAsync(bucket, "b", "new")));
        Assert.Equal("b", await vault.GetAsync(bucket, "b"));
        await vault.PutAsync(bucket, "d", "new"); // what is new is taken
    }

    [Fact]
    public async Task What_is_not_as_the_request_says_is_not_deleted()
    {
        string bucket = await vault.BucketAsync();
        foreach (string key in (string[])["a", "b", "c"])
        {
            await vault.PutAsync(bucket, key, "four");
        }

        string etag = (await vault.Client.GetObjectMetadataAsync(bucket, "a")).ETag;
        DateTime modified = (await vault.Client.GetObjectMetadataAsync(bucket, "a")).LastModified!.Value.ToUniversalTime();
        foreach (DeleteObjectRequest wrong in (DeleteObjectRequest[])[new() { IfMatch = "other" }, new() { IfMatchSize = 5 }, new() { IfMatchLastModifiedTime = new(2015, 1, 1, 0, 0, 0, DateTimeKind.Utc) }])
        {
            (wrong.BucketName, wrong.Key) = (bucket, "a");
            Assert.Equal("PreconditionFailed", await ServedVault.CodeAsync(() => vault.Client.DeleteObjectAsync(wrong)));
            wrong.Key = "none"; // that there is none is what was asked for
            Assert.Null(await ServedVault.CodeAsync(() => vault.Client.DeleteObjectAsync(wrong)));
        }

        Assert.Equal("four", await vault.GetAsync(bucket, "a"));
        await vault.Client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket, Key = "a", IfMatch = etag, IfMatchSize = 4, IfMatchLastModifiedTime = modified });
        Assert.Equal("NoSuchKey", await ServedVault.CodeAsync(() => vault.GetAsync(bucket, "a")));

        // Of many, those are told that are not, and the others are deleted.
        DeleteObjectsException some = await Assert.ThrowsAsync<DeleteObjectsException>(() => vault.Client.DeleteObjectsAsync(new()
        {
            BucketName = bucket,
            Objects = [new() { Key = "b", ETag = "other" }, new() { Key = "c", ETag = etag, Size = 4, LastModifiedTime = modified }, new() { Key = "none", Size = 1 }],
        }));
        Assert.Equal([("b", "PreconditionFailed")], some.Response.DeleteErrors.Select(error => (error.Key, error.Code)));
        Assert.Equal(["c", "none"], some.Response.DeletedObjects.Select(one => one.Key));
        Assert.Equal("four", await vault.GetAsync(bucket, "b"));
        Assert.Equal("NoSuchKey", await ServedVault.CodeAsync(() => vault.GetAsync(bucket, "c")));
    }

    [Fact]
    public async Task Who_expects_the_bucket_to_be_another_ones_is_refused()
    {
        string bucket = await vault.BucketAsync();
        await vault.PutAsync(bucket, "key", "content");

        Assert.Null(await ServedVault.CodeAsync(() => vault.Client.ListObjectsV2Async(new() { BucketName = bucket, ExpectedBucketOwner = "me" })));
        Assert.Equal("AccessDenied", await ServedVault.CodeAsync(() => vault.Client.ListObjectsV2Async(new() { BucketName = bucket, ExpectedBucketOwner = "you" })));
        Assert.Equal("AccessDenied", await ServedVault.CodeAsync(() => vault.Client.PutObjectAsync(new() { BucketName = bucket, Key = "key", ContentBody = "other", ExpectedBucketOwner = "you" })));
        Assert.Equal("AccessDenied", await ServedVault.CodeAsync(() => vault.Client.CopyObjectAsync(new CopyObjectRequest { SourceBucket = bucket, SourceKey = "key", DestinationBucket = bucket, DestinationKey = "copy", ExpectedSourceBucketOwner = "you" })));
        Assert.Equal("content", await vault.GetAsync(bucket, "key"));
    }

    [Fact]
    public async Task A_link_lets_in_who_has_it()
    {
        string bucket = await vault.BucketAsync();
        await vault.PutAsync(bucket, "key é", "content");
        using HttpClient anybody = new();
        string url = vault.Client.GetPreSignedURL(new() { BucketName = bucket, Key = "key é", Expires = DateTime.UtcNow.AddMinutes(5), Protocol = Protocol.HTTP });
        Assert.Equal("content", await anybody.GetStringAsync(new Uri(url)));
        using HttpResponseMessage changed = await anybody.GetAsync(new Uri(url + "0"));
        Assert.Equal(HttpStatusCode.Forbidden, changed.StatusCode);
    }

    [Fact]
    public async Task A_request_behind_one_that_was_refused_is_understood()
    {
        // Who waits to be told to go on, and is refused, sends no body: the server must not wait for it.
        string bucket = await vault.BucketAsync();
        string told = await AskAsync($"/{bucket}/key", 5);
        Assert.StartsWith("HTTP/1.1 403", told, StringComparison.Ordinal);
        Assert.Contains("Connection: close", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_to_be_told_to_go_on_with_nothing_gets_an_answer_and_no_second_request()
    {
        string bucket = await vault.BucketAsync();
        string url = vault.Client.GetPreSignedURL(new() { BucketName = bucket, Key = "empty", Verb = HttpVerb.PUT, Expires = DateTime.UtcNow.AddMinutes(5), Protocol = Protocol.HTTP });
        string told = await AskAsync(new Uri(url).PathAndQuery, 0);
        Assert.StartsWith("HTTP/1.1 200", told, StringComparison.Ordinal);
        Assert.Contains("Connection: close", told, StringComparison.Ordinal);
        Assert.Equal("", await vault.GetAsync(bucket, "empty"));
    }

    [Fact]
    public async Task The_default_class_of_a_bucket_is_for_those_that_name_none()
    {
        string bucket = await vault.BucketAsync();
        await RulesAsync(bucket, new() { DefaultClass = "GLACIER" });
        await vault.PutAsync(bucket, "key", "x");
        Assert.Equal(S3StorageClass.Glacier, (await vault.Client.GetObjectMetadataAsync(bucket, "key")).StorageClass);
    }

    [Fact]
    public void Nothing_unexpected_was_logged() => Assert.Empty(vault.Log);

    private async Task<string> AskAsync(string target, int length)
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(vault.Address.Host, vault.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"PUT {target} HTTP/1.1\r\nHost: {vault.Address.Authority}\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n"));
        return await AnswerAsync(socket);
    }

    /// <summary>What comes until nothing does, or the connection is broken off.</summary>
    private static async Task<string> AnswerAsync(Socket socket)
    {
        byte[] answer = new byte[4096];
        int length = 0;
        try
        {
            while (await socket.ReceiveAsync(answer.AsMemory(length)) is > 0 and int read)
            {
                length += read;
            }
        }
        catch (SocketException)
        {
            // What came before that counts.
        }

        return Encoding.ASCII.GetString(answer, 0, length);
    }

    private Task<bool> RulesAsync(string bucket, BucketRules rules) => vault.Vault.Objects.WriteAsync(rows =>
    {
        Buckets.SetRules(rows, Buckets.Find(rows, bucket)!.Id, rules);
        return true;
    });
}
