// SPDX-License-Identifier: MIT
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Spindle.Media;

namespace Spindle.Service.Web;

/// <summary>Forms that pages post.</summary>
public static class Forms
{
    /// <summary>Reads one. Those in parts, as for files, are refused: no page has any, and they break in ways of their own.</summary>
    /// <exception cref="OperationFailedException"><c>wrong-media-type</c>.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpContext context)
    {
        string? type = context.Request.ContentType;
        bool isForm = MediaTypeHeaderValue.TryParse(type, out MediaTypeHeaderValue? known) && string.Equals(known.MediaType, "application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
        return isForm ? await context.Request.ReadFormAsync(context.RequestAborted) : throw Failures.NoForm(type);
    }
}
