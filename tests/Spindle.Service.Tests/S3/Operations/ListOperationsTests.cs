// SPDX-License-Identifier: MIT
using Amazon.S3;
using Amazon.S3.Model;

namespace Spindle.Service.Tests.S3.Operations;

public sealed class ListOperationsTests(ServedVault vault) : IClassFixture<ServedVault>
{
    [Theory]
    [InlineData("", 1, "asdf|boo/*|cquux/*")]
    [InlineData("", 2, "asdf,boo/*|cquux/*")]
    [InlineData("boo/", 1, "boo/bar|boo/baz/*")]
    [InlineData("boo/", 2, "boo/bar,boo/baz/*")]
    [InlineData("nothing", 1, "")]
    public async Task Pages_have_keys_and_what_they_have_in_common(string prefix, int most, string pages)
    {
        string bucket = await FilledAsync("asdf", "boo/bar", "boo/baz/xyzzy", "cquux/bla", "cquux/thud");
        List<string> first = [], second = [];
        string? marker = "";
        while (marker is not null)
        {
            ListObjectsResponse page = await vault.Client.ListObjectsAsync(new ListObjectsRequest { BucketName = bucket, Prefix = prefix, Delimiter = "/", MaxKeys = most, Marker = marker });
            first.Add(Told(page.S3Objects, page.CommonPrefixes));
            marker = page.IsTruncated == true ? page.NextMarker : null;
        }

        string? token = null;
        do
        {
            ListObjectsV2Response page = await vault.Client.ListObjectsV2Async(new() { BucketName = bucket, Prefix = prefix, Delimiter = "/", MaxKeys = most, ContinuationToken = token });
            second.Add(Told(page.S3Objects, page.CommonPrefixes));
            Assert.Equal((page.S3Objects?.Count ?? 0) + (page.CommonPrefixes?.Count ?? 0), page.KeyCount);
            token = page.NextContinuationToken;
        }
        while (token is not null);
        Assert.Equal(pages, string.Join('|', first));
        Assert.Equal(pages, string.Join('|', second));
    }

    [Fact]
    public async Task Any_page_length_gives_each_key_once_and_in_order()
    {
        Random random = new(29);
        string[] keys = [.. Enumerable.Range(0, 120).Select(_ => string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => "ab"[random.Next(2)].ToString() + random.Next(4)))).Distinct()];
        string bucket = await FilledAsync(keys);
        foreach (string delimiter in (string[])["", "/", "1"])
        {
            for (int most = 1; most < 20; most += 6)
            {
                List<string> told = [];
                string? token = null;
                do
                {
                    ListObjectsV2Response page = await vault.Client.ListObjectsV2Async(new() { BucketName = bucket, Delimiter = delimiter, MaxKeys = most, ContinuationToken = token });
                    told.AddRange([.. (page.S3Objects ?? []).Select(one => one.Key), .. page.CommonPrefixes ?? []]);
                    token = page.NextContinuationToken;
                }
                while (token is not null);
                Assert.Equal(
                    keys.Select(key => delimiter.Length > 0 && key.IndexOf(delimiter, StringComparison.Ordinal) is >= 0 and int at ? key[..(at + 1)] : key).Distinct().Order(StringComparer.Ordinal),
                    told.Order(StringComparer.Ordinal));
            }
        }
    }

    [Fact]
    public async Task Odd_keys_are_listed_where_they_are_encoded()
    {
        string[] keys = ["a b", "a+b", "a\u0001b", "é", "a/%41"];
        string bucket = await FilledAsync(keys);
        ListObjectsV2Response page = await vault.Client.ListObjectsV2Async(new() { BucketName = bucket, Encoding = EncodingType.Url });
        Assert.Equal(keys.Order(StringComparer.Ordinal), page.S3Objects.Select(one => Uri.UnescapeDataString(one.Key)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_list_begins_behind_a_key_and_tells_of_the_class()
    {
        string bucket = await FilledAsync("a", "b");
        await vault.Client.PutObjectAsync(new() { BucketName = bucket, Key = "c", ContentBody = "x", StorageClass = S3StorageClass.Glacier });
        ListObjectsV2Response page = await vault.Client.ListObjectsV2Async(new() { BucketName = bucket, StartAfter = "a", FetchOwner = true });
        Assert.Equal([("b", "STANDARD", "me"), ("c", "GLACIER", "me")], page.S3Objects.Select(one => (one.Key, one.StorageClass.Value, one.Owner.Id)));
        Assert.Equal(["null", "null", "null"], (await vault.Client.ListVersionsAsync(bucket)).Versions.Select(one => one.VersionId));
        Assert.Equal("InvalidArgument", await ServedVault.CodeAsync(() => vault.Client.ListObjectsV2Async(new() { BucketName = bucket, MaxKeys = -1 })));
    }

    private static string Told(List<S3Object>? objects, List<string>? prefixes) => string.Join(',', (objects ?? []).Select(one => one.Key).Concat((prefixes ?? []).Select(prefix => prefix + "*")));

    private async Task<string> FilledAsync(params string[] keys)
    {
        string bucket = await vault.BucketAsync();
        await Task.WhenAll(keys.Select(key => vault.PutAsync(bucket, key, key)));
        return bucket;
    }
}
