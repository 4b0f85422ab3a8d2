// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Spindle.Media;
using Spindle.Service.S3.Answers;
using Spindle.Service.S3.Operations;
using Spindle.Service.S3.Reading;
using Spindle.Service.S3.Requests;
using Spindle.Vault;

namespace Spindle.Service.S3;

/// <summary>Answers what programs that speak S3 ask of a vault ("Amazon S3 API Reference", 2006-03-01).</summary>
internal sealed class S3Server
{
    /// <summary>What can be asked of a bucket or an object beside itself; what is here and is not known below is refused, and never taken for something else.</summary>
    private static readonly HashSet<string> SubResources =
    [
        "accelerate", "acl", "analytics", "attributes", "cors", "delete", "encryption", "intelligent-tiering", "inventory", "legal-hold", "lifecycle", "location", "logging", "metrics",
        "notification", "object-lock", "ownershipControls", "policy", "policyStatus", "publicAccessBlock", "replication", "requestPayment", "restore", "retention", "select",
        "tagging", "torrent", "uploads", "uploadId", "versioning", "versions", "website",
    ];

    private readonly Doorkeeper _door;
    private readonly string? _domain;
    private readonly Action<string> _log;
    private readonly CancellationToken _stopping;
    private readonly BucketOperations _buckets;
    private readonly ListOperations _lists;
    private readonly ReadOperations _reads;
    private readonly WriteOperations _writes;
    private readonly CopyOperations _copies;
    private readonly MultipartOperations _parts;
    private readonly DeleteOperations _deletes;
    private readonly RestoreOperation _restores;

    /// <summary>Makes it.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="domain">The domain below which buckets are hosts; null for none.</param>
    /// <param name="log">Is told of errors in the program itself.</param>
    /// <param name="stopping">Is cancelled when the service stops.</param>
    public S3Server(OpenVault vault, string? domain, Action<string> log, CancellationToken stopping)
    {
        (_domain, _log, _stopping) = (domain, log, stopping);
        _door = new(vault.Keys.Find, vault.Time);
        S3Access access = new(vault);
        _buckets = new(vault, access);
        _lists = new(vault, access);
        _reads = new(vault, access);
        _writes = new(vault, access);
        _copies = new(vault, access, _reads);
        _parts = new(vault, access, _copies);
        _deletes = new(vault, access);
        _restores = new(vault, access);
    }

    /// <summary>Answers one.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        string id = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        response.Headers["x-amz-request-id"] = id;
        response.Headers["x-amz-id-2"] = id;
        if (context.Request is { Headers.Expect.Count: > 0, ContentLength: null or 0 })
        {
            response.Headers.Connection = "close"; // nothing is read, so nobody is told to go on: botocore takes its next request's answer for this one's
        }

        try
        {
            string raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            S3Target target = S3Target.Read(raw, context.Request.Host.Value ?? "", _domain);
            await DoAsync(_door.Admit(context, target));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (Exception e) when (response.HasStarted)
        {
            LogUnexpected(e);
            context.Abort(); // else what was sent would look whole
        }
        catch (S3Exception e)
        {
            await RefuseAsync(context, id, e);
        }
        catch (OperationFailedException e) when (e.Failure.Code == "no-space")
        {
            _log($"spindle: {e.Failure.What}");
            await RefuseAsync(context, id, new(507, "InsufficientStorage", "There is no room left in the landing of this vault."));
        }
        catch (OperationFailedException e)
        {
            _log($"spindle: {e.Failure.What}  [{e.Failure.Code}]");
            await RefuseAsync(context, id, new(500, "InternalError", e.Failure.What));
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException)
        {
            await RefuseAsync(context, id, S3Exception.IncompleteBody());
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            await RefuseAsync(context, id, new(503, "ServiceUnavailable", "The service is being stopped."));
        }
        catch (Exception e)
        {
            LogUnexpected(e);
            await RefuseAsync(context, id, new(500, "InternalError", "We encountered an internal error. Please try again."));
        }
    }

    private static async Task RefuseAsync(HttpContext context, string id, S3Exception refused)
    {
        context.Response.Clear();
        context.Response.Headers["x-amz-request-id"] = id;
        context.Response.Headers["x-amz-id-2"] = id;
        if (context.Request.Headers.Expect.Count > 0)
        {
            context.Response.Headers.Connection = "close"; // who is refused before it was told to go on sends no body, and the server would take its next request for that (RFC 9110 §10.1.1)
        }

        await S3Answer.RefuseAsync(context, refused);
    }

    private void LogUnexpected(Exception e)
    {
        if (e is not (S3Exception or OperationCanceledException or ConnectionResetException or Microsoft.AspNetCore.Http.BadHttpRequestException))
        {
            _log(e.ToString());
        }
    }

    private Task DoAsync(S3Request request)
    {
        string method = request.Context.Request.Method;
        string? sub = request.Target.Query.Select(pair => pair.Name).FirstOrDefault(SubResources.Contains);
        return request.Target switch
        {
            { Bucket: "" } => method is "GET" or "HEAD" && sub is null ? _buckets.ListAsync(request) : throw S3Exception.MethodNotAllowed(),
            { Key: "" } => OfBucketAsync(request, method, sub),
            _ => OfObjectAsync(request, method, sub),
        };
    }

    private Task OfBucketAsync(S3Request request, string method, string? sub) => (method, sub) switch
    {
        ("GET", null) => _lists.ObjectsAsync(request),
        ("HEAD", null) => _buckets.HeadAsync(request),
        ("PUT", null) => _buckets.CreateAsync(request),
        ("DELETE", null) => _buckets.DeleteAsync(request),
        ("GET", "versions") => _lists.VersionsAsync(request),
        ("GET", "uploads") => _lists.UploadsAsync(request),
        ("GET", "acl") => _buckets.AccessAsync(request),
        ("PUT", "acl") => _buckets.SetAccessAsync(request),
        ("POST", "delete") => _deletes.ManyAsync(request),
        ("GET", _) => _buckets.SettingAsync(request, sub!),
        ("PUT" or "POST" or "DELETE", not null) => throw S3Exception.NotImplemented(sub),
        ("POST", null) => throw S3Exception.NotImplemented("POST of a form"),
        _ => throw S3Exception.MethodNotAllowed(),
    };

    private Task OfObjectAsync(S3Request request, string method, string? sub) => (method, sub) switch
    {
        ("GET" or "HEAD", null) => _reads.GetAsync(request),
        ("PUT", null) when request.Header("x-amz-copy-source") is not null => _copies.CopyAsync(request),
        ("PUT", null) => _writes.PutAsync(request),
        ("DELETE", null) => _deletes.OneAsync(request),
        ("GET", "acl") => _reads.AccessAsync(request),
        ("PUT", "acl") => _writes.SetAccessAsync(request),
        ("GET", "tagging") => _reads.TagsAsync(request),
        ("GET", "attributes") => _reads.AttributesAsync(request),
        ("GET", "retention" or "legal-hold") => throw new S3Exception(404, "NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration"),
        ("POST", "uploads") => _parts.BeginAsync(request),
        ("PUT", "uploadId") => _parts.PartAsync(request),
        ("POST", "uploadId") => _parts.CompleteAsync(request),
        ("DELETE", "uploadId") => _parts.AbortAsync(request),
        ("GET", "uploadId") => _lists.PartsAsync(request),
        ("POST", "restore") => _restores.RestoreAsync(request),
        ("GET" or "PUT" or "POST" or "DELETE" or "HEAD", not null) => throw S3Exception.NotImplemented(sub),
        _ => throw S3Exception.MethodNotAllowed(),
    };
}
