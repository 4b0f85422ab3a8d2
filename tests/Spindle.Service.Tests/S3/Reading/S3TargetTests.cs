// SPDX-License-Identifier: MIT
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Reading;

namespace Spindle.Service.Tests.S3.Reading;

public sealed class S3TargetTests
{
    [Theory]
    [InlineData("/", "", "")]
    [InlineData("/b", "b", "")]
    [InlineData("/b/", "b", "")]
    [InlineData("/b/a/../b", "b", "a/../b")]
    [InlineData("/b/./c", "b", "./c")]
    [InlineData("/b///lead//double", "b", "//lead//double")]
    [InlineData("/b/%41%2F%2541", "b", "A/%41")]
    [InlineData("/b/plus+", "b", "plus+")]
    [InlineData("/b/%", "b", "%")]
    [InlineData("http://127.0.0.1:9000/b/key", "b", "key")]
    [InlineData("http://127.0.0.1:9000", "", "")]
    public void A_key_is_what_was_sent(string raw, string bucket, string key)
    {
        S3Target target = S3Target.Read(raw, "127.0.0.1:9000", null);
        Assert.Equal((bucket, key), (target.Bucket, target.Key));
    }

    [Theory]
    [InlineData("photos.vault.example:9000", "photos", "b/key")]
    [InlineData("my.photos.vault.example", "my.photos", "b/key")]
    [InlineData("vault.example", "b", "key")]
    [InlineData("[::1]:9000", "b", "key")]
    public void A_bucket_may_be_a_host(string host, string bucket, string key)
    {
        S3Target target = S3Target.Read("/b/key", host, "vault.example");
        Assert.Equal((bucket, key), (target.Bucket, target.Key));
    }

    [Fact]
    public void Queries_are_decoded_and_plus_is_plus()
    {
        S3Target target = S3Target.Read("/b?prefix=a%2Bb+c&acl&uploads=&x=%E2%82%AC", "", null);
        Assert.Equal(("a+b+c", "", "", "€"), (target["prefix"], target["acl"], target["uploads"], target["x"]));
        Assert.Null(target["other"]);
        Assert.True(target.Has("acl"));
    }

    [Theory]
    [InlineData("/b/%FF")]
    [InlineData("/b?prefix=%C3")]
    public void What_is_no_text_is_refused(string raw) => Assert.Equal("InvalidURI", Assert.Throws<S3Exception>(() => S3Target.Read(raw, "", null)).Code);
}
