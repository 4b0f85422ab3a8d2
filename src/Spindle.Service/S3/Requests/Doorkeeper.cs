// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Reading;
using Spindle.Service.S3.Signing;
using Spindle.Vault.Keys;

namespace Spindle.Service.S3.Requests;

/// <summary>Finds out who sent a request, by its signature alone.</summary>
/// <param name="keys">Who is let in.</param>
/// <param name="time">The clock.</param>
internal sealed class Doorkeeper(Func<string, AccessKey?> keys, TimeProvider time)
{
    private const string Unsigned = "UNSIGNED-PAYLOAD";
    private const string Chunked = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", UnsignedChunked = "STREAMING-UNSIGNED-PAYLOAD", Trailer = "-TRAILER";
    private const int HashDigits = 64;
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(15);

    private volatile SignatureKey? _last; // most requests come from one program, on one day

    /// <summary>Lets a request in.</summary>
    /// <exception cref="S3Exception">It is not let in.</exception>
    public S3Request Admit(HttpContext context, S3Target target)
    {
        HttpRequest request = context.Request;
        string? header = request.Headers.Authorization is { Count: > 0 } values ? values.ToString() : null;
        bool isQuery = header is null && target.Has("X-Amz-Algorithm");
        if (header is null && !isQuery)
        {
            throw target.Has("AWSAccessKeyId") && target.Has("Signature") ? Authorization.OldVersion() : S3Exception.AccessDenied();
        }

        Authorization claim = isQuery ? Authorization.OfQuery(target) : Authorization.OfHeader(header!, One(request, "x-amz-date"), One(request, "Date"));
        AccessKey key = keys(claim.Id) ?? throw new S3Exception(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.") { Details = [("AWSAccessKeyId", claim.Id)] };
        string payload = One(request, "x-amz-content-sha256") ?? (isQuery ? target["X-Amz-Content-Sha256"] ?? Unsigned : throw S3Exception.InvalidRequest("Missing required header for this request: x-amz-content-sha256"));
        SignatureV4 signature = SignatureOf(key, claim.Scope);
        string right = signature.OfRequest(claim.Time, CanonicalRequest.Of(request.Method, target, claim.SignedHeaders, name => (IEnumerable<string?>)Values(request, name), payload));
        if (!SignatureV4.AreSame(right, claim.Signature) || !claim.SignedHeaders.Contains("host"))
        {
            throw new S3Exception(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.") { Details = [("AWSAccessKeyId", claim.Id)] };
        }

        CheckTime(claim);
        return new(context, target, key, PayloadOf(payload, new(signature, claim.Time, right)));
    }

    private static Microsoft.Extensions.Primitives.StringValues Values(HttpRequest request, string name) => request.Headers[name];

    private static string? One(HttpRequest request, string name) => request.Headers.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues values) ? values.ToString() : null;

    private static Payload PayloadOf(string word, ChunkSigning signing) => word switch
    {
        Unsigned => new(null),
        Chunked => new(null, true, signing),
        Chunked + Trailer => new(null, true, signing, true),
        UnsignedChunked + Trailer => new(null, true, null, true),
        { Length: HashDigits } when word.All(char.IsAsciiHexDigitLower) => new(word),
        _ => throw S3Exception.InvalidArgument("x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.", "x-amz-content-sha256", word),
    };

    private void CheckTime(Authorization claim)
    {
        DateTimeOffset now = time.GetUtcNow(), signed = claim.SignedAt;
        if (claim.Expires is { } expires)
        {
            if (now > signed + expires)
            {
                throw new S3Exception(403, "AccessDenied", "Request has expired") { Details = [("Expires", Stamp(signed + expires)), ("ServerTime", Stamp(now))] };
            }

            if (signed > now + MostSkew)
            {
                throw S3Exception.AccessDenied("Request is not yet valid");
            }
        }
        else if ((now - signed).Duration() > MostSkew)
        {
            throw new S3Exception(403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")
            {
                Details = [("RequestTime", Stamp(signed)), ("ServerTime", Stamp(now)), ("MaxAllowedSkewMilliseconds", MostSkew.TotalMilliseconds.ToString(CultureInfo.InvariantCulture))],
            };
        }
    }

    private static string Stamp(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private SignatureV4 SignatureOf(AccessKey key, SignatureScope scope)
    {
        if (_last is { } last && last.Secret == key.Secret && last.Signature.Scope == scope)
        {
            return last.Signature;
        }

        SignatureV4 signature = new(key.Secret, scope);
        _last = new(key.Secret, signature);
        return signature;
    }

    private sealed record SignatureKey(string Secret, SignatureV4 Signature);
}
