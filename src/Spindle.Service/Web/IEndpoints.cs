// SPDX-License-Identifier: MIT
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Spindle.Service.Web;

/// <summary>Addresses that the local server has: the interface for programs, the pages.</summary>
/// <remarks>Whoever reaches one has passed the gate: the host is ours, the token was said, and what changes something comes from a page of ours or from a program.</remarks>
public interface IEndpoints
{
    /// <summary>Adds them.</summary>
    void Map(IEndpointRouteBuilder routes);
}

/// <summary>Adds addresses.</summary>
public static class Endpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>An address that is read, and changes nothing: GET and HEAD.</summary>
    public static IEndpointConventionBuilder MapRead(this IEndpointRouteBuilder routes, string pattern, RequestDelegate handler) => routes.MapMethods(pattern, Reading, handler);

    /// <summary>Lets those in who have not signed in.</summary>
    public static TBuilder Open<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(OpenToAll.Marker);

    /// <summary>Where links to places of this service begin: under a proxy, not at the root.</summary>
    public static string Base(this HttpContext context) => context.Request.PathBase.Value ?? "";
}

/// <summary>Marks an address that needs no token.</summary>
internal sealed class OpenToAll
{
    public static OpenToAll Marker { get; } = new();
}
