// SPDX-License-Identifier: MIT
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Requests;
using Spindle.Service.Tests.S3.Signing;

namespace Spindle.Service.Tests.S3.Requests;

public sealed class DoorkeeperTests
{
    public static TheoryData<string> Vectors => [.. SignatureVectors.Names];

    [Fact]
    public void All_vectors_are_there() => Assert.Equal(12, SignatureVectors.Names.Count());

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task A_request_that_another_program_signed_is_let_in_and_so_is_its_body(string name)
    {
        SignatureVectors vector = SignatureVectors.Of(name);
        S3Request request = vector.Admit();
        Assert.Equal("me", request.Key.Name);
        byte[] body = await request.DocumentAsync();
        Assert.Equal(vector["what"].Contains("STREAMING", StringComparison.Ordinal) || name.Contains("streaming", StringComparison.Ordinal), !body.AsSpan().SequenceEqual(vector.Body));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void One_that_was_changed_on_its_way_is_not(string name)
    {
        SignatureVectors vector = SignatureVectors.Of(name);
        Assert.Equal("SignatureDoesNotMatch", Assert.Throws<S3Exception>(() => vector.Admit(context => context.Request.Method = "OPTIONS")).Code);
        Assert.Equal("SignatureDoesNotMatch", Assert.Throws<S3Exception>(() => vector.Admit(context => context.Request.Headers.Host = "other.example")).Code);
        if (!name.Contains("presigned", StringComparison.Ordinal))
        {
            Assert.Equal("SignatureDoesNotMatch", Assert.Throws<S3Exception>(() => vector.Admit(target: "/vault/other")).Code);
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task A_body_that_was_changed_is_not_taken(string name)
    {
        SignatureVectors vector = SignatureVectors.Of(name);
        S3Request request = vector.Admit(context =>
        {
            byte[] body = vector.Body.Length == 0 ? "x"u8.ToArray() : vector.Body;
            body[Math.Min(body.Length - 1, 100)] ^= 1;
            context.Request.Body = new MemoryStream(body);
        });
        if (name.Contains("unsigned", StringComparison.Ordinal) || name.Contains("presigned", StringComparison.Ordinal))
        {
            return; // that is what it says: what they hold is proven by checksums
        }

        Assert.Contains((await Assert.ThrowsAsync<S3Exception>(() => request.DocumentAsync())).Code, (string[])["XAmzContentSHA256Mismatch", "SignatureDoesNotMatch", "InvalidChunkSizeError", "BadDigest", "IncompleteBody"]);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(15, null)]
    [InlineData(-15, null)]
    [InlineData(16, "RequestTimeTooSkewed")]
    [InlineData(-16, "RequestTimeTooSkewed")]
    public void A_clock_may_be_off_by_a_quarter_of_an_hour(int minutes, string? code) =>
        Assert.Equal(code, Code(() => SignatureVectors.Of("01-get-query").Admit(time: new At(minutes))));

    [Theory]
    [InlineData(-16, "AccessDenied")]
    [InlineData(59, null)]
    [InlineData(61, "AccessDenied")]
    public void What_was_signed_beforehand_holds_as_long_as_it_says(int minutes, string? code) =>
        Assert.Equal(code, Code(() => SignatureVectors.Of("09-presigned-get").Admit(time: new At(minutes))));

    [Theory]
    [InlineData("", "AccessDenied")]
    [InlineData("AWS AKID:signature", "InvalidRequest")]
    [InlineData("Basic abc", "AccessDenied")]
    [InlineData("AWS4-HMAC-SHA256", "AuthorizationHeaderMalformed")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKID/20261128/us-east-1/s3/aws4_request, SignedHeaders=host", "AuthorizationHeaderMalformed")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKID, SignedHeaders=host, Signature=0", "AuthorizationHeaderMalformed")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKID/20261128/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0", "InvalidAccessKeyId")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKID/20200101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0", "AuthorizationHeaderMalformed")]
    public void Other_claims_are_refused(string header, string code) =>
        Assert.Equal(code, Code(() => SignatureVectors.Of("01-get-query").Admit(context => context.Request.Headers.Authorization = header)));

    [Fact]
    public void Version_2_of_a_link_is_refused_in_the_words_of_S3()
    {
        S3Exception refused = Assert.Throws<S3Exception>(() => SignatureVectors.Of("09-presigned-get").Admit(target: "/b/k?AWSAccessKeyId=AKID&Signature=abc&Expires=1"));
        Assert.Equal((400, "InvalidRequest"), (refused.Status, refused.Code));
        Assert.Contains("AWS4-HMAC-SHA256", refused.Message, StringComparison.Ordinal);
    }

    private static string? Code(Action action) => Record.Exception(action) is { } thrown ? Assert.IsType<S3Exception>(thrown).Code : null;

    private sealed class At(int minutes) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 28, 3, 45, 0, TimeSpan.Zero).AddMinutes(minutes);
    }
}
