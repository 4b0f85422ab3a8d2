// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Reading;
using Spindle.Service.S3.Signing;
using Spindle.Vault.Keys;
using Spindle.Vault.Landing;

namespace Spindle.Service.S3.Requests;

/// <summary>A request whose sender is known.</summary>
/// <param name="context">Of the server.</param>
/// <param name="target">What it is about.</param>
/// <param name="key">Who sent it.</param>
/// <param name="payload">How its body is signed.</param>
internal sealed class S3Request(HttpContext context, S3Target target, AccessKey key, Payload payload)
{
    private const int LongestDocument = 8 << 20; // bytes: ten thousand parts, or a thousand keys of 1024 bytes
    private const string MetadataPrefix = "x-amz-meta-";
    private const int LongestMetadata = 2048; // bytes, of names and values
    private const long LongestBody = 5L << 30; // bytes that one PUT may have, as of S3

    private static readonly string[] KeptHeaders = ["content-type", "cache-control", "content-disposition", "content-encoding", "content-language", "expires"];

    /// <summary>Of the server.</summary>
    public HttpContext Context => context;

    /// <summary>What it is about.</summary>
    public S3Target Target => target;

    /// <summary>Who sent it.</summary>
    public AccessKey Key => key;

    /// <summary>Is cancelled when nobody waits for the answer any more.</summary>
    public CancellationToken Gone => context.RequestAborted;

    /// <summary>A header; null where it was not sent.</summary>
    public string? Header(string name) => context.Request.Headers.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues values) ? values.ToString() : null;

    /// <summary>A number of the query.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="usual">Where it is not there.</param>
    /// <param name="most">What a larger one counts as.</param>
    public int Number(string name, int usual, int most) => target[name] switch
    {
        null or "" => usual,
        { } text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= int.MaxValue => (int)Math.Min(number, most),
        { } text => throw S3Exception.InvalidArgument("Provided argument is not an integer or within integer range", name, text),
    };

    /// <summary>A document that is the body; empty where there is none. It was what its sender signed, and said.</summary>
    /// <param name="isObjectsChecksum">Whether a checksum in a header is that of the object that the document is about, and not the document's own.</param>
    public async Task<byte[]> DocumentAsync(bool isObjectsChecksum = false)
    {
        await using Stream body = Body(out _);
        using MemoryStream document = new();
        byte[] buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, Gone) is > 0 and int read)
        {
            if (document.Length + read > LongestDocument)
            {
                throw new S3Exception(400, "MaxMessageLengthExceeded", "Your request was too big.");
            }

            document.Write(buffer, 0, read);
        }

        byte[] bytes = document.ToArray();
        if (Header("Content-MD5") is { } md5 && !Md5Of(md5).AsSpan().SequenceEqual(Md5(bytes)))
        {
            throw S3Exception.BadDigest("Content-MD5");
        }

        if (!isObjectsChecksum && ClaimedChecksum() is var (kind, claimed) && kind.Of(bytes) is { } sum && Convert.ToBase64String(sum) != claimed)
        {
            throw S3Exception.BadDigest(kind.Header);
        }

        CheckPayload(SHA256.HashData(bytes));
        return bytes;
    }

    /// <summary>Takes a content in.</summary>
    /// <param name="landing">Where it comes to.</param>
    /// <param name="algorithm">A checksum that is wanted of it whether one was sent or not; null for none.</param>
    /// <returns>What came: disposed of without <see cref="IncomingFile.Keep"/>, it is gone.</returns>
    /// <exception cref="S3Exception">It is not what its sender said.</exception>
    public async Task<Taken> TakeAsync(LandingFolder landing, ChecksumKind? algorithm)
    {
        byte[]? md5 = Header("Content-MD5") is { } wanted ? Md5Of(wanted) : null;
        (ChecksumKind Kind, string Value)? claimed = ClaimedChecksum();
        ChecksumKind? kind = claimed?.Kind ?? TrailerKind() ?? algorithm;
        if (claimed is null && kind is null && Header("x-amz-sdk-checksum-algorithm") is { } named)
        {
            kind = ChecksumKind.Find(named) ?? throw S3Exception.InvalidRequest("Checksum algorithm provided is unsupported.");
        }

        await using Stream body = Body(out long? length);
        if (length > LongestBody)
        {
            throw TooLarge(length.Value);
        }

        IncomingFile file = new(landing, kind);
        try
        {
            if (!await file.TakeAsync(body, length ?? LongestBody, Gone))
            {
                throw length is null ? TooLarge(file.Length) : S3Exception.IncompleteBody();
            }

            if (file.Length != (length ?? file.Length))
            {
                throw S3Exception.IncompleteBody();
            }

            // The claims are looked at before anything waits for the disk.
            Sums sums = await file.EndAsync();
            if (md5 is not null && !md5.AsSpan().SequenceEqual(sums.Md5))
            {
                throw S3Exception.BadDigest("Content-MD5");
            }

            CheckPayload(sums.Sha256);
            string? checksum = sums.Extra is { } extra ? Convert.ToBase64String(extra) : null;
            string? trailed = body is ChunkedBody chunked && kind is not null ? chunked.Trailer.GetValueOrDefault(kind.Header) : null;
            if ((claimed?.Value ?? trailed) is { } value && value != checksum)
            {
                throw S3Exception.BadDigest(kind!.Header);
            }

            return new(file, sums, kind, checksum);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>The headers that are given back with the object.</summary>
    public Dictionary<string, string>? KeptHeadersOf()
    {
        Dictionary<string, string> kept = [];
        foreach (string name in KeptHeaders)
        {
            if (Header(name) is { Length: > 0 } value)
            {
                string own = name == "content-encoding" ? string.Join(", ", value.Split(',', StringSplitOptions.TrimEntries).Where(one => one != "aws-chunked")) : value;
                if (own.Length > 0)
                {
                    kept.Add(name, own);
                }
            }
        }

        return kept.Count > 0 ? kept : null;
    }

    /// <summary>The metadata of the user.</summary>
    /// <exception cref="S3Exception"><c>MetadataTooLarge</c>, <c>InvalidArgument</c>: a control character, which no header may have (RFC 9110 §5.5).</exception>
    public Dictionary<string, string>? Metadata()
    {
        Dictionary<string, string> metadata = [];
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in context.Request.Headers)
        {
            if (name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                string value = string.Join(',', (IEnumerable<string?>)values);
                if (value.Any(letter => char.IsControl(letter) && letter != '\t'))
                {
                    throw S3Exception.InvalidArgument("Metadata can't have control characters.", name);
                }

                metadata.Add(name[MetadataPrefix.Length..].ToLowerInvariant(), value);
            }
        }

        return metadata.Sum(pair => pair.Key.Length + pair.Value.Length) > LongestMetadata
            ? throw new S3Exception(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size")
            : metadata.Count > 0 ? metadata : null;
    }

    private static S3Exception TooLarge(long length) => new(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
    {
        Details = [("ProposedSize", length.ToString(CultureInfo.InvariantCulture)), ("MaxSizeAllowed", LongestBody.ToString(CultureInfo.InvariantCulture))],
    };

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "It is what clients send.")]
    private static byte[] Md5(byte[] bytes) => MD5.HashData(bytes);

    private static byte[] Md5Of(string header)
    {
        byte[] md5 = new byte[16];
        return Convert.TryFromBase64String(header, md5, out int length) && length == md5.Length ? md5
            : throw new S3Exception(400, "InvalidDigest", "The Content-MD5 you specified is not valid.");
    }

    /// <summary>The checksum that stands in a header.</summary>
    private (ChecksumKind Kind, string Value)? ClaimedChecksum()
    {
        (ChecksumKind, string)? found = null;
        foreach (ChecksumKind kind in ChecksumKind.All)
        {
            if (Header(kind.Header) is { } value)
            {
                byte[] bytes = new byte[kind.Length];
                if (found is not null || !Convert.TryFromBase64String(value, bytes, out int length) || length != kind.Length)
                {
                    throw S3Exception.InvalidRequest(found is null ? $"Value for {kind.Header} header is invalid." : "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
                }

                found = (kind, value);
            }
        }

        return found;
    }

    private ChecksumKind? TrailerKind() => Header("x-amz-trailer") is not { } trailer ? null
        : trailer.Split(',', StringSplitOptions.TrimEntries).Select(name => ChecksumKind.All.FirstOrDefault(kind => kind.Header.Equals(name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(kind => kind is not null);

    /// <summary>What the body holds, and its length where that is known beforehand.</summary>
    private Stream Body(out long? length)
    {
        length = context.Request.ContentLength;
        if (!payload.IsChunked)
        {
            if (length is null && !context.Request.Headers.ContainsKey("Transfer-Encoding") && HttpMethods.IsPut(context.Request.Method))
            {
                throw new S3Exception(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
            }

            return context.Request.Body;
        }

        length = long.TryParse(Header("x-amz-decoded-content-length"), NumberStyles.None, CultureInfo.InvariantCulture, out long decoded) ? decoded
            : throw new S3Exception(411, "MissingContentLength", "You must provide the x-amz-decoded-content-length HTTP header.");
        return new ChunkedBody(context.Request.Body, payload.Signing, payload.HasTrailer);
    }

    private void CheckPayload(byte[] sha256)
    {
        if (payload.Hash is { } hash && hash != Convert.ToHexStringLower(sha256))
        {
            throw new S3Exception(400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");
        }
    }
}

/// <summary>How a body is signed.</summary>
/// <param name="Hash">Its SHA-256, in lower-case digits; null where it is not signed as a whole.</param>
/// <param name="IsChunked">Whether it comes in chunks.</param>
/// <param name="Signing">How these are signed; null where they are not.</param>
/// <param name="HasTrailer">Whether headers follow them.</param>
internal sealed record Payload(string? Hash, bool IsChunked = false, ChunkSigning? Signing = null, bool HasTrailer = false);

/// <summary>A content that came, and is what its sender said.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Sums">What it came to.</param>
/// <param name="Kind">The checksum that it has; null for none.</param>
/// <param name="Checksum">Its value, in base64.</param>
internal sealed record Taken(IncomingFile File, Sums Sums, ChecksumKind? Kind, string? Checksum) : IAsyncDisposable
{
    /// <summary>The name of its file; null where it is empty.</summary>
    public string? Name => File.Length > 0 ? File.Name : null;

    /// <summary>Its MD5 as S3 has it.</summary>
    public string ETag => Convert.ToHexStringLower(Sums.Md5);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => File.DisposeAsync();
}
