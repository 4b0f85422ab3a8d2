// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Reading;
using Spindle.Service.S3.Requests;
using Spindle.Vault.Objects;

namespace Spindle.Service.S3.Operations;

/// <summary>What a client makes its request depend on (RFC 9110 §13).</summary>
internal static class Conditions
{
    /// <summary>Those of reading.</summary>
    /// <exception cref="S3Exception">412, or 304.</exception>
    public static void OfRead(S3Request request, VaultObject one) =>
        Check(request, one, ("If-Match", "If-None-Match", "If-Unmodified-Since", "If-Modified-Since"), name => new S3Exception(304, "NotModified", "Not Modified")
        {
            Headers = [("ETag", $"\"{one.ETag}\""), ("Last-Modified", one.ModifiedAt.ToString("R", CultureInfo.InvariantCulture))],
        });

    /// <summary>Those of copying, about the source.</summary>
    /// <exception cref="S3Exception">412.</exception>
    public static void OfCopy(S3Request request, VaultObject one) => Check(
        request, one, ("x-amz-copy-source-if-match", "x-amz-copy-source-if-none-match", "x-amz-copy-source-if-unmodified-since", "x-amz-copy-source-if-modified-since"), S3Exception.PreconditionFailed);

    /// <summary>Those of writing, about what has the key now.</summary>
    /// <param name="request">The request.</param>
    /// <param name="old">What has the key; null for nothing.</param>
    /// <exception cref="S3Exception">412, or 404.</exception>
    public static void OfWrite(S3Request request, VaultObject? old)
    {
        if (request.Header("If-Match") is { } match)
        {
            if (old is null)
            {
                throw S3Exception.NoSuchKey(request.Target.Key);
            }

            if (!Names(match, old))
            {
                throw S3Exception.PreconditionFailed("If-Match");
            }
        }

        if (request.Header("If-None-Match") is { } none && old is not null && Names(none, old))
        {
            throw S3Exception.PreconditionFailed("If-None-Match");
        }
    }

    private static void Check(S3Request request, VaultObject one, (string Match, string None, string Unmodified, string Modified) names, Func<string, S3Exception> unchanged)
    {
        DateTimeOffset modified = DateTimeOffset.FromUnixTimeSeconds(one.Modified / 1000);
        if (request.Header(names.Match) is { } match)
        {
            if (!Names(match, one))
            {
                throw S3Exception.PreconditionFailed("If-Match");
            }
        }
        else if (Time(request.Header(names.Unmodified)) is { } unmodified && modified > unmodified)
        {
            throw S3Exception.PreconditionFailed("If-Unmodified-Since");
        }

        if (request.Header(names.None) is { } none)
        {
            if (Names(none, one))
            {
                throw unchanged("If-None-Match");
            }
        }
        else if (Time(request.Header(names.Modified)) is { } since && modified <= since)
        {
            throw unchanged("If-Modified-Since");
        }
    }

    private static bool Names(string header, VaultObject one) => header.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || S3Document.Unquoted(tag) == one.ETag);

    private static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
