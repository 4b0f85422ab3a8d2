// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Win32.SafeHandles;
using Spindle.Media;
using Spindle.Service.S3.Reading;
using Spindle.Vault;
using Spindle.Vault.Keys;
using Spindle.Vault.Objects;

namespace Spindle.Service.WebDav;

/// <summary>Shows a vault to file managers and players, read-only (RFC 4918, class 1): its buckets are folders, its keys are files.</summary>
/// <param name="vault">The vault.</param>
/// <param name="log">Is told of errors in the program itself.</param>
internal sealed class DavServer(OpenVault vault, Action<string> log)
{
    private const string Dav = "DAV:";
    private const string Methods = "OPTIONS, GET, HEAD, PROPFIND";
    private const int LongestBody = 1 << 20;
    private const int PieceLength = 256 * 1024;

    /// <summary>Answers one.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            await DoAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (Exception e) when (context.Response.HasStarted)
        {
            log(e.ToString());
            context.Abort(); // else what was sent would look whole
        }
        catch (S3.Answers.S3Exception e)
        {
            await SayAsync(context, e.Status, e.Message);
        }
        catch (OperationFailedException e)
        {
            log($"spindle: {e.Failure.What}  [{e.Failure.Code}]");
            await SayAsync(context, StatusCodes.Status500InternalServerError, e.Failure.What);
        }
    }

    private static async Task SayAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.WriteAsync(text + "\n", context.RequestAborted);
        }
    }

    private static bool IsClutter(string path) => path.Split('/')[^1] is ".DS_Store" or ".localized" or "desktop.ini" or "Thumbs.db" or "autorun.inf" || path.Split('/').Any(name => name.StartsWith("._", StringComparison.Ordinal));

    private async Task DoAsync(HttpContext context)
    {
        string method = context.Request.Method;
        if (method == "OPTIONS")
        {
            // Before anybody says who he is: Windows asks so.
            context.Response.Headers["DAV"] = "1";
            context.Response.Headers["MS-Author-Via"] = "DAV";
            context.Response.Headers.Allow = Methods;
            return;
        }

        if (KeyOf(context) is not { } key)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"spindle\", charset=\"UTF-8\"";
            await SayAsync(context, StatusCodes.Status401Unauthorized, "The name is the access key ID, the password its secret.");
            return;
        }

        string raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        string path = S3Target.Read(raw, "", null).ToString().TrimStart('/');
        if (path is ".metadata_never_index" or ".ql_disablethumbnails")
        {
            return; // keeps Finder from reading every disc
        }

        DavTree tree = new(vault, key);
        DavNode? node = IsClutter(path) ? null : tree.Find(path);
        switch (method)
        {
            case "GET" or "HEAD" or "PROPFIND" when node is null:
                await SayAsync(context, StatusCodes.Status404NotFound, "There is nothing of that name.");
                break;
            case "PROPFIND":
                await ListAsync(context, tree, node!);
                break;
            case "GET" or "HEAD":
                await GetAsync(context, tree, node!);
                break;
            case "PUT" or "DELETE" or "MKCOL" or "MOVE" or "COPY" or "PROPPATCH" or "LOCK" or "UNLOCK":
                await SayAsync(context, StatusCodes.Status403Forbidden, "This drive can be read only. Objects are put by S3.");
                break;
            default:
                context.Response.Headers.Allow = Methods;
                context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                break;
        }
    }

    private AccessKey? KeyOf(HttpContext context)
    {
        const string Scheme = "Basic ";
        string header = context.Request.Headers.Authorization.ToString();
        byte[] said = new byte[header.Length];
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || !Convert.TryFromBase64String(header[Scheme.Length..].Trim(), said, out int length))
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(said, 0, length);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && vault.Keys.Find(text[..colon]) is { } key && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text[(colon + 1)..]), Encoding.UTF8.GetBytes(key.Secret)) ? key : null;
    }

    private static async Task ListAsync(HttpContext context, DavTree tree, DavNode node)
    {
        string depth = context.Request.Headers["Depth"].ToString();
        if (depth is not ("0" or "1"))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.ContentType = "application/xml; charset=utf-8";
            await context.Response.WriteAsync("<?xml version=\"1.0\" encoding=\"utf-8\"?><D:error xmlns:D=\"DAV:\"><D:propfind-finite-depth/></D:error>", context.RequestAborted);
            return;
        }

        using MemoryStream body = new();
        byte[] buffer = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and int read)
        {
            body.Write(buffer, 0, body.Length + read <= LongestBody ? read : throw new S3.Answers.S3Exception(413, "", "The request is too long."));
        }

        DavRequest request = DavRequest.Read(body.ToArray()) ?? throw new S3.Answers.S3Exception(400, "", "The body is no PROPFIND.");
        context.Response.StatusCode = StatusCodes.Status207MultiStatus;
        context.Response.ContentType = "application/xml; charset=utf-8";
        await using XmlWriter xml = XmlWriter.Create(context.Response.BodyWriter.AsStream(), new() { Encoding = new UTF8Encoding(false), Async = true, CheckCharacters = false });
        xml.WriteStartElement("D", "multistatus", Dav);
        node.Write(xml, request);
        int told = 0;
        foreach (DavNode inner in depth == "1" && node.Object is null ? tree.List(node) : [])
        {
            inner.Write(xml, request);
            if (++told % 100 == 0)
            {
                await xml.FlushAsync();
            }
        }

        xml.WriteEndElement();
        await xml.FlushAsync();
    }

    private async Task GetAsync(HttpContext context, DavTree tree, DavNode node)
    {
        HttpResponse response = context.Response;
        if (node.Object is not { } one)
        {
            await SayAsync(context, StatusCodes.Status200OK, "This is a folder.");
            return;
        }

        response.Headers.ETag = $"\"{one.ETag}\"";
        response.Headers.LastModified = node.Changed.ToString("R", CultureInfo.InvariantCulture);
        response.Headers.AcceptRanges = "bytes";
        response.ContentType = one.Detail.Headers?.GetValueOrDefault("content-type") ?? "application/octet-stream";
        if (context.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || S3Document.Unquoted(tag) == one.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        (long offset, long length) = (0, one.Size);
        string ifRange = context.Request.Headers.IfRange.ToString();
        if (context.Request.Headers.Range.ToString() is { Length: > 0 } header && (ifRange.Length == 0 || S3Document.Unquoted(ifRange) == one.ETag) && ByteRange.Read(header) is { } range)
        {
            if (range.In(one.Size) is not { } piece)
            {
                response.Headers.ContentRange = $"bytes */{one.Size}";
                response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                return;
            }

            (offset, length) = piece;
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {offset}-{offset + length - 1}/{one.Size}");
        }

        bool isHead = HttpMethods.IsHead(context.Request.Method);
        if (one.Id == 0)
        {
            byte[] text = tree.Wanted();
            response.ContentLength = length;
            await (isHead ? Task.CompletedTask : response.Body.WriteAsync(text.AsMemory((int)offset, (int)Math.Min(length, text.Length - offset)), context.RequestAborted).AsTask());
            return;
        }

        if (!one.IsHere && !isHead)
        {
            response.Headers.Clear();
            await SayAsync(context, StatusCodes.Status403Forbidden, Cold(one));
            return;
        }

        response.ContentLength = length;
        if (!isHead && length > 0)
        {
            using SafeFileHandle file = File.OpenHandle(vault.Landing.PathOf(one.File!), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] buffer = new byte[(int)Math.Min(PieceLength, length)];
            while (length > 0 && RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length)), offset) is > 0 and int read)
            {
                await response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
                (offset, length) = (offset + read, length - read);
            }
        }
    }

    /// <summary>Where an object is that is on discs only, for people.</summary>
    private string Cold(VaultObject one)
    {
        IReadOnlyList<string> discs = vault.Objects.Read(rows => one.Content is { } content ? Placing.Told(rows, content) : []);
        return $"This file is on {(discs.Count > 0 ? string.Join(", ", discs) : "no disc that is known")}. Ask for it: 'spindle vault thaw', or restore it by S3.{(one.Lost is { } lost ? $" It could not be fetched: {lost}" : "")}";
    }
}
