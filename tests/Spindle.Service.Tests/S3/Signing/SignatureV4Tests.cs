// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using Spindle.Service.S3.Reading;
using Spindle.Service.S3.Signing;

namespace Spindle.Service.Tests.S3.Signing;

public sealed class SignatureV4Tests
{
    [Fact]
    public void Each_key_is_signed_as_its_bytes()
    {
        JsonElement vectors = SignatureVectors.Read("13-key-encoding");
        SignatureV4 signature = new(vectors.GetProperty("credentials").GetProperty("secretKey").GetString()!, new("20261128", "us-east-1", "s3"));
        int rows = 0;
        foreach (JsonElement row in vectors.GetProperty("rows").EnumerateArray())
        {
            S3Target target = S3Target.Read(row.GetProperty("target").GetString()!, "", null);
            Assert.Equal(row.GetProperty("keyUtf8Hex").GetString(), Convert.ToHexStringLower(Encoding.UTF8.GetBytes(target.Key)));
            Assert.Equal(row.GetProperty("canonicalUri").GetString(), UriText.Encode(target.PathBytes, keepsSlash: true));
            string request = CanonicalRequest.Of("HEAD", target, vectors.GetProperty("signedHeaders").GetString()!.Split(';'), Header, vectors.GetProperty("payloadHash").GetString()!);
            Assert.Equal(row.GetProperty("signature").GetString(), signature.OfRequest(vectors.GetProperty("time").GetString()!, request));
            rows++;
        }

        Assert.Equal(44, rows);

        IEnumerable<string?> Header(string name) => [name switch { "host" => vectors.GetProperty("host").GetString(), "x-amz-date" => vectors.GetProperty("time").GetString(), _ => vectors.GetProperty("payloadHash").GetString() }];
    }

    /// <summary>The examples of "Authenticating Requests", Amazon S3 API Reference.</summary>
    [Fact]
    public void The_published_examples_are_signed_as_published()
    {
        JsonElement published = SignatureVectors.Read("aws-published");
        int requests = 0;
        foreach (JsonElement vector in published.GetProperty("vectors").EnumerateArray().Where(vector => vector.GetProperty("stringToSign").GetString()!.StartsWith("AWS4-HMAC-SHA256\n", StringComparison.Ordinal)))
        {
            string[] toSign = vector.GetProperty("stringToSign").GetString()!.Split('\n');
            string[] scope = toSign[2].Split('/');
            SignatureV4 signature = new(published.GetProperty("credentials").GetProperty("secretKey").GetString()!, new(scope[0], scope[1], scope[2]));
            Assert.Equal(vector.GetProperty("signature").GetString(), signature.OfRequest(toSign[1], vector.GetProperty("canonicalRequest").GetString()!));
            requests++;
        }

        Assert.True(requests >= 6, $"{requests}");
    }
}
