// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Spindle.Service.Web;

/// <summary>Files that are part of the program, each at an address of its own: there is no folder to climb out of.</summary>
public static class EmbeddedFiles
{
    /// <summary>Adds one. Whoever has it asks only whether it is still the same (RFC 9110 §13.1.2).</summary>
    /// <param name="routes">The addresses.</param>
    /// <param name="path">Its address.</param>
    /// <param name="assembly">What it is part of.</param>
    /// <param name="name">Its <c>LogicalName</c> there.</param>
    /// <param name="type">Its media type.</param>
    /// <exception cref="InvalidOperationException">There is no such file in the program.</exception>
    public static IEndpointConventionBuilder MapEmbedded(this IEndpointRouteBuilder routes, string path, Assembly assembly, string name, string type)
    {
        using Stream stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{assembly.GetName().Name} holds no {name}");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        EntityTagHeaderValue tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"");
        return routes.MapRead(path, context =>
        {
            context.Response.Headers.ETag = tag.ToString();
            context.Response.Headers.CacheControl = "no-cache";
            if (EntityTagHeaderValue.TryParseList(context.Request.Headers.IfNoneMatch, out IList<EntityTagHeaderValue>? known) && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false)))
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            return Answer.BytesAsync(context, bytes, type);
        });
    }
}
