// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;

namespace Spindle.Service.S3.Signing;

/// <summary>The arithmetic of signatures of version 4 ("Authenticating Requests (AWS Signature Version 4)", Amazon S3 API Reference).</summary>
internal sealed class SignatureV4
{
    /// <summary>What the header begins with.</summary>
    public const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>SHA-256 of nothing.</summary>
    public const string HashOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly byte[] _key;

    /// <summary>Makes the key of a day.</summary>
    /// <param name="secret">What both sides know.</param>
    /// <param name="scope">For what it holds.</param>
    public SignatureV4(string secret, SignatureScope scope)
    {
        Scope = scope;
        byte[] date = Mac(Encoding.UTF8.GetBytes("AWS4" + secret), scope.Date);
        _key = Mac(Mac(Mac(date, scope.Region), scope.Service), "aws4_request");
    }

    /// <summary>For what it holds.</summary>
    public SignatureScope Scope { get; }

    /// <summary>Signs a request.</summary>
    /// <param name="time">Its time, as it stands in it: <c>20261128T034500Z</c>.</param>
    /// <param name="canonicalRequest">See <see cref="CanonicalRequest"/>.</param>
    public string OfRequest(string time, string canonicalRequest) => Of($"{Algorithm}\n{time}\n{Scope}\n{Hash(Encoding.Latin1.GetBytes(canonicalRequest))}");

    /// <summary>Signs a chunk of a body.</summary>
    /// <param name="time">The request's.</param>
    /// <param name="previous">The signature of the chunk before it; of the first, that of the request.</param>
    /// <param name="hash">SHA-256 of its bytes.</param>
    public string OfChunk(string time, string previous, string hash) => Of($"AWS4-HMAC-SHA256-PAYLOAD\n{time}\n{Scope}\n{previous}\n{HashOfNothing}\n{hash}");

    /// <summary>Signs what follows the chunks.</summary>
    /// <param name="time">The request's.</param>
    /// <param name="previous">The signature of the last chunk.</param>
    /// <param name="trailer">Its lines, <c>name:value\n</c> each.</param>
    public string OfTrailer(string time, string previous, string trailer) =>
        Of($"AWS4-HMAC-SHA256-TRAILER\n{time}\n{Scope}\n{previous}\n{Hash(Encoding.Latin1.GetBytes(trailer))}");

    /// <summary>Whether two signatures are the same, in a time that tells nothing of where they differ.</summary>
    public static bool AreSame(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.Latin1.GetBytes(one), Encoding.Latin1.GetBytes(other));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private string Of(string toSign) => Convert.ToHexStringLower(Mac(_key, toSign));
}

/// <summary>For what a signature holds.</summary>
/// <param name="Date">The day: <c>20261128</c>.</param>
/// <param name="Region">The region in the client's words: any.</param>
/// <param name="Service"><c>s3</c>.</param>
internal sealed record SignatureScope(string Date, string Region, string Service)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Date}/{Region}/{Service}/aws4_request";
}
