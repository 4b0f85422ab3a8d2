// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Service.S3.Answers;

namespace Spindle.Service.S3.Reading;

/// <summary>What a request is about, read from its target as it came: servers would take <c>/b/a/../b</c> for <c>/b/b</c>, which is another key.</summary>
internal sealed class S3Target
{
    private S3Target(byte[] path, IReadOnlyList<(string Name, string Value)> query, string bucket, string key) =>
        (PathBytes, Query, Bucket, Key) = (path, query, bucket, key);

    /// <summary>The path, decoded once.</summary>
    public byte[] PathBytes { get; }

    /// <summary>What follows the question mark, decoded, in its order.</summary>
    public IReadOnlyList<(string Name, string Value)> Query { get; }

    /// <summary>The bucket; empty where none is named.</summary>
    public string Bucket { get; }

    /// <summary>The key; empty where none is named.</summary>
    public string Key { get; }

    /// <summary>Reads a target.</summary>
    /// <param name="raw">As it stands in the request's first line.</param>
    /// <param name="host">The host that it was sent to, with its port.</param>
    /// <param name="domain">The domain below which buckets are hosts; null for none.</param>
    /// <exception cref="S3Exception"><c>InvalidURI</c>.</exception>
    public static S3Target Read(string raw, string host, string? domain)
    {
        if (!raw.StartsWith('/'))
        {
            int path = raw.IndexOf("://", StringComparison.Ordinal) is >= 0 and int scheme ? raw.IndexOf('/', scheme + 3) : -1;
            raw = path < 0 ? "/" : raw[path..];
        }

        int mark = raw.IndexOf('?', StringComparison.Ordinal);
        ReadOnlySpan<char> rawPath = mark < 0 ? raw : raw.AsSpan(0, mark);
        byte[] bytes = UriText.Decode(rawPath);
        string pathText = UriText.Text(bytes) ?? throw S3Exception.InvalidUri();
        List<(string, string)> query = [];
        if (mark >= 0)
        {
            foreach (string pair in raw[(mark + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                int equal = pair.IndexOf('=', StringComparison.Ordinal);
                string name = equal < 0 ? pair : pair[..equal], value = equal < 0 ? "" : pair[(equal + 1)..];
                query.Add((Decoded(name), Decoded(value)));
            }
        }

        if (BucketOf(host, domain) is { } bucket)
        {
            return new(bytes, query, bucket, pathText[1..]);
        }

        int slash = pathText.IndexOf('/', 1);
        return new(bytes, query, slash < 0 ? pathText[1..] : pathText[1..slash], slash < 0 ? "" : pathText[(slash + 1)..]);
    }

    /// <summary>Whether something is asked of the query.</summary>
    public bool Has(string name) => Query.Any(pair => pair.Name == name);

    /// <summary>A value of the query; null where it is not there.</summary>
    public string? this[string name]
    {
        get
        {
            foreach ((string other, string value) in Query)
            {
                if (other == name)
                {
                    return value;
                }
            }

            return null;
        }
    }

    private static string Decoded(string text) => UriText.Text(UriText.Decode(text)) ?? throw S3Exception.InvalidUri();

    private static string? BucketOf(string host, string? domain)
    {
        string name = host.StartsWith('[') ? host : host.Split(':')[0];
        return domain is not null && name.Length > domain.Length + 1 && name.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase)
            ? name[..^(domain.Length + 1)].ToLowerInvariant()
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(PathBytes);
}
