// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Service.Api;

/// <summary>The JSON that a request brings. What is odd is refused, not guessed.</summary>
internal static class Body
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Reads it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="form">What the address understands.</param>
    /// <returns>Null where there is no body.</returns>
    /// <exception cref="OperationFailedException"><c>wrong-media-type</c>, <c>not-a-request</c>.</exception>
    public static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> form)
        where T : class
    {
        using JsonDocument? body = await ParseAsync(context);
        return body is null ? null : RequestReader.Read(body.RootElement, form);
    }

    /// <summary>Reads it, whatever it says.</summary>
    /// <returns>Null where there is no body.</returns>
    /// <exception cref="OperationFailedException"><c>wrong-media-type</c>, <c>not-a-request</c>.</exception>
    public static async Task<JsonDocument?> ParseAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (request.ContentLength == 0 || (request.ContentLength is null && request.Headers.TransferEncoding.Count == 0))
        {
            return null;
        }

        if (!request.HasJsonContentType())
        {
            throw Failures.NotJson(request.ContentType);
        }

        try
        {
            return await JsonDocument.ParseAsync(request.Body, Strict, context.RequestAborted);
        }
        catch (JsonException e)
        {
            throw Failures.NoJson(e);
        }
    }
}
