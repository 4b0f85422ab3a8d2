// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spindle.Service.Pages.Markup;
using Spindle.Service.Titles;
using Spindle.Service.Web;

namespace Spindle.Service.Pages;

/// <summary>The addresses of the pages. Each is whole without script; what changes something is a form that posts, and is answered with where to look.</summary>
/// <param name="desk">What the pages know, and what they ask for.</param>
/// <param name="titles">What discs are called; null where there is no list.</param>
internal sealed partial class PageEndpoints(PageDesk desk, TitleList? titles) : IEndpoints
{
    private static readonly Assembly Program = typeof(PageEndpoints).Assembly;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapEmbedded("/site.css", Program, "pages/site.css", "text/css; charset=utf-8").Open();
        routes.MapEmbedded("/icon.svg", Program, "pages/icon.svg", "image/svg+xml").Open();
        routes.MapEmbedded("/live.js", Program, "pages/live.js", "text/javascript; charset=utf-8");
        routes.MapEmbedded("/events.js", Program, "pages/events.js", "text/javascript; charset=utf-8");
        MapWork(routes);
        MapDiscs(routes);
        MapArchive(routes);
    }

    private PageContext Context(HttpContext http) => desk.Context($"{http.Base()}/");

    private Task ShowAsync(HttpContext http, Page page) => Answer.HtmlAsync(http, Frame.Draw(Context(http), page), page.Status);

    /// <summary>Where to look now (RFC 9110 §15.4.4): to load that again changes nothing.</summary>
    private static Task GoAsync(HttpContext http, string path)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = $"{http.Base()}/{path}";
        return Task.CompletedTask;
    }

    private static async Task<IReadOnlyDictionary<string, string>> FormAsync(HttpContext http)
    {
        IFormCollection form = await Forms.ReadAsync(http);
        return form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
    }

    private static string? Asked(HttpContext http, string key) => http.Request.Query[key].ToString() is { Length: > 0 } value ? value : null;

    private static string Route(HttpContext http, string key) => (string?)http.Request.RouteValues[key] ?? "";

    private static async Task TextAsync(HttpContext http, string text, string type, string fileName)
    {
        http.Response.Headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(fileName)}";
        await Answer.BytesAsync(http, Encoding.UTF8.GetBytes(text), type);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
