// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Win32.SafeHandles;
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Reading;
using Spindle.Service.S3.Requests;
using Spindle.Vault;
using Spindle.Vault.Landing;
using Spindle.Vault.Objects;

namespace Spindle.Service.S3.Operations;

/// <summary>Objects, read.</summary>
internal sealed class ReadOperations(OpenVault vault, S3Access access)
{
    private const int PieceLength = 256 * 1024; // bytes at a time
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromMinutes(10);

    private static readonly (string Query, string Header)[] Overrides =
    [
        ("response-content-type", "Content-Type"), ("response-content-language", "Content-Language"), ("response-expires", "Expires"),
        ("response-cache-control", "Cache-Control"), ("response-content-disposition", "Content-Disposition"), ("response-content-encoding", "Content-Encoding"),
    ];

    private readonly ConcurrentDictionary<long, long> _noted = new();

    /// <summary>GetObject and HeadObject.</summary>
    public async Task GetAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'r');
        VaultObject one = access.Object(bucket, request.Target.Key, request.Target["versionId"]);
        HttpResponse response = request.Context.Response;
        Conditions.OfRead(request, one);
        (long offset, long length, int? part) = Piece(request, one);
        bool isHead = HttpMethods.IsHead(request.Context.Request.Method);
        using SafeHandle? file = isHead || length == 0 ? null : Open(bucket, ref one);
        bool isPiece = length != one.Size || part is not null || (request.Header("Range") is not null && response.StatusCode == StatusCodes.Status206PartialContent);
        Describe(request, bucket, one, isPiece, part);
        if (part is not null)
        {
            response.Headers["x-amz-mp-parts-count"] = (one.Detail.Parts?.Count ?? 1).ToString(CultureInfo.InvariantCulture);
        }

        if (isPiece)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {offset}-{offset + length - 1}/{one.Size}");
        }

        response.ContentLength = length;
        if (file is not null)
        {
            Note(one);
            await SendAsync(response, file.Handle, offset, length, request.Gone);
        }
    }

    /// <summary>GetObjectAcl.</summary>
    public Task AccessAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'r');
        access.Object(bucket, request.Target.Key, request.Target["versionId"]);
        return S3Access.TellAccessAsync(request, bucket.Owner);
    }

    /// <summary>GetObjectTagging: none. Some clients ask before each copy, and stop where that is an error.</summary>
    public Task TagsAsync(S3Request request)
    {
        access.Object(access.Bucket(request, 'r'), request.Target.Key, request.Target["versionId"]);
        return S3Answer.XmlAsync(request.Context, "Tagging", xml => xml.Element("TagSet", () => { }));
    }

    /// <summary>GetObjectAttributes.</summary>
    public Task AttributesAsync(S3Request request)
    {
        VaultBucket bucket = access.Bucket(request, 'r');
        VaultObject one = access.Object(bucket, request.Target.Key, request.Target["versionId"]);
        string[] wanted = (request.Header("x-amz-object-attributes") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Length == 0)
        {
            throw S3Exception.InvalidArgument("Missing required header for this request: x-amz-object-attributes", "x-amz-object-attributes");
        }

        int most = int.TryParse(request.Header("x-amz-max-parts"), NumberStyles.None, CultureInfo.InvariantCulture, out int parsed) ? Math.Min(parsed, 1000) : 1000;
        int after = int.TryParse(request.Header("x-amz-part-number-marker"), NumberStyles.None, CultureInfo.InvariantCulture, out int marker) ? marker : 0;
        request.Context.Response.Headers.LastModified = one.ModifiedAt.ToString("R", CultureInfo.InvariantCulture);
        return S3Answer.XmlAsync(request.Context, "GetObjectAttributesResponse", xml =>
        {
            if (wanted.Contains("ETag"))
            {
                xml.Element("ETag", one.ETag);
            }

            if (wanted.Contains("Checksum") && one.Detail.Checksum is { } checksum)
            {
                xml.Element("Checksum", () =>
                {
                    xml.Element($"Checksum{checksum.Algorithm}", checksum.Value);
                    xml.Element("ChecksumType", checksum.IsComposite ? "COMPOSITE" : "FULL_OBJECT");
                });
            }

            if (wanted.Contains("ObjectParts") && one.Detail.Parts is { } parts)
            {
                ObjectPart[] told = [.. parts.Where(part => part.Number > after).Take(most)];
                xml.Element("ObjectParts", () =>
                {
                    xml.Element("PartsCount", parts.Count);
                    xml.Element("PartNumberMarker", after);
                    xml.Element("NextPartNumberMarker", told.Length > 0 ? told[^1].Number : 0);
                    xml.Element("MaxParts", most);
                    xml.Element("IsTruncated", told.Length > 0 && told[^1].Number < parts[^1].Number);
                    foreach (ObjectPart part in told)
                    {
                        xml.Element("Part", () =>
                        {
                            xml.Element("PartNumber", part.Number);
                            xml.Element("Size", part.Size);
                            if (part.Checksum is { } sum && one.Detail.Checksum is { } kind)
                            {
                                xml.Element($"Checksum{kind.Algorithm}", sum);
                            }
                        });
                    }
                });
            }

            if (wanted.Contains("StorageClass"))
            {
                xml.Element("StorageClass", ObjectTier.ClassOf(one, bucket.Rules));
            }

            if (wanted.Contains("ObjectSize"))
            {
                xml.Element("ObjectSize", one.Size);
            }
        });
    }

    /// <summary>Opens what an object holds, and keeps it from going while it is read.</summary>
    /// <exception cref="S3Exception"><c>InvalidObjectState</c>: it is on discs only.</exception>
    public SafeHandle Open(VaultBucket bucket, ref VaultObject one)
    {
        for (int attempt = 0; ; attempt++)
        {
            if (one.File is not { } name)
            {
                throw Cold(bucket, one);
            }

            try
            {
                return new(File.OpenHandle(vault.Landing.PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            }
            catch (FileNotFoundException) when (attempt == 0)
            {
                // It went to its discs in this moment, or was overwritten.
                (long id, string key) = (bucket.Id, one.Key);
                one = vault.Objects.Read(rows => ObjectRows.Find(rows, id, key)) ?? throw S3Exception.NoSuchKey(key);
            }
        }
    }

    /// <summary>What is told of an object that is on discs only: where it is, for people read that, too.</summary>
    public S3Exception Cold(VaultBucket bucket, VaultObject one)
    {
        (VaultWish? wish, IReadOnlyList<string> discs) = vault.Objects.Read(rows => (Wishes.Find(rows, one.Id), one.Content is { } content ? Placing.Told(rows, content) : []));
        string where = discs.Count > 0 ? $" The object is on {string.Join(", ", discs)}." : "";
        string state = one.Lost is { } lost ? $" It could not be fetched: {lost}"
            : wish is not null ? $" It was asked for at {S3Answer.Stamp(DateTimeOffset.FromUnixTimeMilliseconds(wish.Asked))}, and waits for its disc."
            : "";
        return S3Exception.InvalidObjectState($"The operation is not valid for the object's storage class.{where}{state}", ObjectTier.ClassOf(one, bucket.Rules));
    }

    private static (long Offset, long Length, int? Part) Piece(S3Request request, VaultObject one)
    {
        if (request.Target["partNumber"] is { } text)
        {
            if (request.Header("Range") is not null)
            {
                throw S3Exception.InvalidRequest("Cannot specify both Range header and partNumber query parameter");
            }

            IReadOnlyList<ObjectPart> parts = one.Detail.Parts ?? [new(1, one.Size, null)];
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > 10_000)
            {
                throw S3Exception.InvalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", text);
            }

            // Amazon says 416 InvalidPartNumber, others and the conformance suite 400: no client was seen that looks at it.
            return number > parts.Count
                ? throw new S3Exception(400, "InvalidPart", $"The object has {parts.Count} parts, and no part {number}")
                : (parts.Take(number - 1).Sum(part => part.Size), parts[number - 1].Size, number);
        }

        if (request.Header("Range") is not { } header || ByteRange.Read(header) is not { } range)
        {
            return (0, one.Size, null);
        }

        if (range.In(one.Size) is not { } found)
        {
            throw new S3Exception(416, "InvalidRange", "The requested range is not satisfiable")
            {
                Details = [("RangeRequested", header), ("ActualObjectSize", one.Size.ToString(CultureInfo.InvariantCulture))],
                Headers = [("Content-Range", $"bytes */{one.Size}")],
            };
        }

        request.Context.Response.StatusCode = StatusCodes.Status206PartialContent;
        return (found.Offset, found.Length, null);
    }

    private static async Task SendAsync(HttpResponse response, SafeFileHandle file, long offset, long length, CancellationToken cancellationToken)
    {
        System.IO.Pipelines.PipeWriter body = response.BodyWriter;
        while (length > 0)
        {
            Memory<byte> piece = body.GetMemory((int)Math.Min(length, PieceLength));
            int read = RandomAccess.Read(file, piece.Span[..(int)Math.Min(length, piece.Length)], offset);
            if (read == 0)
            {
                throw new EndOfStreamException("an object of the landing is shorter than it was");
            }

            body.Advance(read);
            (offset, length) = (offset + read, length - read);
            if ((await body.FlushAsync(cancellationToken)).IsCompleted)
            {
                return;
            }
        }
    }

    private void Describe(S3Request request, VaultBucket bucket, VaultObject one, bool isPiece, int? part)
    {
        IHeaderDictionary headers = request.Context.Response.Headers;
        headers.ETag = $"\"{one.ETag}\"";
        headers.LastModified = one.ModifiedAt.ToString("R", CultureInfo.InvariantCulture);
        headers.AcceptRanges = "bytes";
        headers.ContentType = "binary/octet-stream";
        foreach ((string name, string value) in one.Detail.Headers ?? [])
        {
            headers[name] = value;
        }

        foreach ((string name, string value) in one.Detail.Metadata ?? [])
        {
            headers[$"x-amz-meta-{name}"] = value;
        }

        string told = ObjectTier.ClassOf(one, bucket.Rules);
        if (told != ObjectTier.Standard)
        {
            headers["x-amz-storage-class"] = told;
        }

        bool isWished = !one.IsHere && vault.Objects.Read(rows => Wishes.Find(rows, one.Id)) is not null;
        if (ObjectTier.RestoreOf(one, isWished, bucket.Rules, vault.Time.GetUtcNow()) is { } restore)
        {
            headers["x-amz-restore"] = restore;
        }

        // A piece has not the checksum of the whole; a part that was uploaded as one has its own.
        if (one.Detail.Checksum is { } checksum && "ENABLED".Equals(request.Header("x-amz-checksum-mode"), StringComparison.OrdinalIgnoreCase) && ChecksumKind.Find(checksum.Algorithm) is { } kind
            && (part is { } number && one.Detail.Parts is { } parts ? parts[number - 1].Checksum : isPiece && part is null ? null : checksum.Value) is { } sum)
        {
            headers[kind.Header] = sum;
            headers["x-amz-checksum-type"] = checksum.IsComposite ? "COMPOSITE" : "FULL_OBJECT";
        }

        foreach ((string query, string header) in Overrides)
        {
            if (request.Target[query] is { } wanted && !wanted.AsSpan().ContainsAny('\r', '\n'))
            {
                headers[header] = wanted;
            }
        }
    }

    /// <summary>Remembers that an object was read, a few times an hour: what was read longest ago goes first.</summary>
    private void Note(VaultObject one)
    {
        long now = vault.Time.GetUtcNow().ToUnixTimeMilliseconds();
        if (one.Content is null || (_noted.TryGetValue(one.Id, out long noted) && now - noted < BetweenNotes.TotalMilliseconds))
        {
            return;
        }

        if (_noted.Count > 100_000)
        {
            _noted.Clear();
        }

        _noted[one.Id] = now;
        _ = vault.Objects.WriteAsync(rows =>
        {
            ObjectRows.Used(rows, [one.Id], vault.Time.GetUtcNow());
            return true;
        });
    }

    /// <summary>A file that is open.</summary>
    internal sealed class SafeHandle(SafeFileHandle handle) : IDisposable
    {
        public SafeFileHandle Handle => handle;

        public void Dispose() => handle.Dispose();
    }
}
