// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Reading;

namespace Spindle.Service.S3.Signing;

/// <summary>What a request says of who sent it, and when: in a header, or in its target.</summary>
/// <param name="Id">Which key.</param>
/// <param name="Scope">For what the signature holds.</param>
/// <param name="SignedHeaders">What is signed.</param>
/// <param name="Signature">The signature, in lower-case digits.</param>
/// <param name="Time">When, as it stands there.</param>
/// <param name="Expires">How long it holds; null for a header, which holds for minutes.</param>
internal sealed record Authorization(string Id, SignatureScope Scope, IReadOnlyList<string> SignedHeaders, string Signature, string Time, TimeSpan? Expires)
{
    private const string TimeForm = "yyyyMMdd'T'HHmmss'Z'";
    private const int LongestSeconds = 604_800; // a week

    /// <summary>When it was signed.</summary>
    public DateTimeOffset SignedAt => DateTimeOffset.ParseExact(Time, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Reads a header.</summary>
    /// <param name="header">Its value.</param>
    /// <param name="amzDate"><c>x-amz-date</c>; null where it was not sent.</param>
    /// <param name="date"><c>Date</c>; null where it was not sent.</param>
    /// <exception cref="S3Exception">It is of another version, or no such header.</exception>
    public static Authorization OfHeader(string header, string? amzDate, string? date)
    {
        if (header.StartsWith("AWS ", StringComparison.Ordinal))
        {
            throw OldVersion();
        }

        if (!header.StartsWith(SignatureV4.Algorithm, StringComparison.Ordinal))
        {
            throw S3Exception.AccessDenied();
        }

        Dictionary<string, string> parts = [];
        foreach (string part in header[SignatureV4.Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int equal = part.IndexOf('=', StringComparison.Ordinal);
            if (equal > 0)
            {
                parts[part[..equal].Trim()] = part[(equal + 1)..].Trim();
            }
        }

        string credential = parts.GetValueOrDefault("Credential") ?? throw Malformed("Credential");
        string time = TimeOf(amzDate) ?? TimeOfDate(date) ?? throw S3Exception.AccessDenied("AWS authentication requires a valid Date or x-amz-date header");
        (string id, SignatureScope scope) = Credential(credential, time, () => Malformed("Credential"));
        return new(id, scope, Headers(parts.GetValueOrDefault("SignedHeaders") ?? throw Malformed("SignedHeaders")), parts.GetValueOrDefault("Signature") ?? throw Malformed("Signature"), time, null);
    }

    /// <summary>Reads a target that was signed beforehand.</summary>
    /// <exception cref="S3Exception">It is of another version, or not complete.</exception>
    public static Authorization OfQuery(S3Target target)
    {
        if (target["X-Amz-Algorithm"] != SignatureV4.Algorithm)
        {
            throw Bad("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
        }

        string time = TimeOf(target["X-Amz-Date"]) ?? throw Bad("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        (string id, SignatureScope scope) = Credential(target["X-Amz-Credential"] ?? "", time, () => Bad("Error parsing the X-Amz-Credential parameter"));
        if (!long.TryParse(target["X-Amz-Expires"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds))
        {
            throw Bad("X-Amz-Expires should be a number");
        }

        if (seconds is < 1 or > LongestSeconds)
        {
            throw new S3Exception(403, "AuthorizationQueryParametersError", $"X-Amz-Expires must be from 1 to {LongestSeconds} seconds");
        }

        return new(id, scope, Headers(target["X-Amz-SignedHeaders"] ?? throw Bad("X-Amz-SignedHeaders is missing")), target["X-Amz-Signature"] ?? "", time, TimeSpan.FromSeconds(seconds));
    }

    /// <summary>Version 2, which nobody should use any more.</summary>
    public static S3Exception OldVersion() => new(400, "InvalidRequest", "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");

    private static (string Id, SignatureScope Scope) Credential(string credential, string time, Func<S3Exception> bad)
    {
        string[] parts = credential.Split('/');
        int scope = parts.Length - 4;
        return scope >= 1 && parts[^1] == "aws4_request" && time.StartsWith(parts[scope], StringComparison.Ordinal)
            ? (string.Join('/', parts[..scope]), new(parts[scope], parts[scope + 1], parts[scope + 2]))
            : throw bad();
    }

    private static IReadOnlyList<string> Headers(string names) => [.. names.ToLowerInvariant().Split(';')];

    private static string? TimeOf(string? text) => DateTimeOffset.TryParseExact(text, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) ? text : null;

    private static string? TimeOfDate(string? text) => TimeOf(text) ?? (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
        ? time.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture)
        : null);

    private static S3Exception Malformed(string part) => new(400, "AuthorizationHeaderMalformed", $"The authorization header is malformed; the authorization component \"{part}\" is missing or malformed.");

    private static S3Exception Bad(string message) => new(400, "AuthorizationQueryParametersError", message);
}
