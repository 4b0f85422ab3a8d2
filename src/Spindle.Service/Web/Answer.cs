// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Spindle.Media;

namespace Spindle.Service.Web;

/// <summary>How the server answers.</summary>
public static class Answer
{
    /// <summary>Answers with JSON.</summary>
    /// <param name="context">Who asks.</param>
    /// <param name="value">What is told.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="status">The HTTP status.</param>
    public static Task JsonAsync<T>(HttpContext context, T value, JsonTypeInfo<T> form, int status = StatusCodes.Status200OK) =>
        BytesAsync(context, JsonSerializer.SerializeToUtf8Bytes(value, form), "application/json", status);

    /// <summary>Answers with a page.</summary>
    public static Task HtmlAsync(HttpContext context, string html, int status = StatusCodes.Status200OK) => BytesAsync(context, Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", status);

    /// <summary>Answers with bytes.</summary>
    public static async Task BytesAsync(HttpContext context, ReadOnlyMemory<byte> bytes, string type, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    /// <summary>Answers with what went wrong: problem details (RFC 9457) for programs, a page for people.</summary>
    /// <param name="context">Who asks.</param>
    /// <param name="failure">What went wrong.</param>
    /// <param name="status">The HTTP status; null for what <see cref="StatusOf"/> says.</param>
    public static Task FailAsync(HttpContext context, Failure failure, int? status = null)
    {
        int code = status ?? StatusOf(failure);
        if (WantsPage(context))
        {
            IPageFrame frame = context.Features.GetRequiredFeature<ServedBy>().Settings.Frame;
            return HtmlAsync(context, frame.Refusal(context.Base(), code, failure), code);
        }

        return ProblemAsync(context, new() { Code = failure.Code, Title = failure.What, Detail = failure.Hint, Status = code });
    }

    /// <summary>Answers with problem details that say more than usual.</summary>
    public static Task ProblemAsync(HttpContext context, Problem problem) =>
        BytesAsync(context, JsonSerializer.SerializeToUtf8Bytes(problem, WebJson.Form.Problem), "application/problem+json", problem.Status);

    /// <summary>The HTTP status of a failure: what is wrong with what was asked is 4xx, only the station's own trouble 5xx.</summary>
    public static int StatusOf(Failure failure) => failure.Code switch
    {
        "register-busy" or "register-damaged" or "register-failed" or "register-newer" or "register-read-only" or "not-a-register" or "service-stopping" => StatusCodes.Status503ServiceUnavailable,
        "no-space" => StatusCodes.Status507InsufficientStorage,
        "wrong-host" => StatusCodes.Status421MisdirectedRequest,
        "token-wanted" or "token-wrong" => StatusCodes.Status401Unauthorized,
        "too-many-wrong-tokens" => StatusCodes.Status429TooManyRequests,
        "foreign-origin" or "outside-root" => StatusCodes.Status403Forbidden,
        "wrong-method" => StatusCodes.Status405MethodNotAllowed,
        "request-too-large" => StatusCodes.Status413PayloadTooLarge,
        "wrong-media-type" => StatusCodes.Status415UnsupportedMediaType,
        "bad-request" => StatusCodes.Status400BadRequest,
        "internal-error" => StatusCodes.Status500InternalServerError,
        "already-exists" => StatusCodes.Status409Conflict,
        var code when code.StartsWith("no-such-", StringComparison.Ordinal) => StatusCodes.Status404NotFound,
        var code when code.EndsWith("-busy", StringComparison.Ordinal) || code.StartsWith("already-", StringComparison.Ordinal) || code.EndsWith("-taken", StringComparison.Ordinal) => StatusCodes.Status409Conflict,
        var code when code.EndsWith("-denied", StringComparison.Ordinal) => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>Whether a person's browser asks, and not a program.</summary>
    internal static bool WantsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api") && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
