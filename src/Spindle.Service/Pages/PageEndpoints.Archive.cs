// SPDX-License-Identifier: MIT
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spindle.Media;
using Spindle.Service.Pages.Archive;
using Spindle.Service.Pages.Discs;
using Spindle.Service.Pages.Markup;
using Spindle.Service.Web;
using Spindle.Station.Discs;
using Spindle.Station.Finding;
using Spindle.Station.Vaults;

namespace Spindle.Service.Pages;

/// <content>Catalogues: discs, files on them, labels, how discs age, and what this service is set to.</content>
internal sealed partial class PageEndpoints
{
    private void MapArchive(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/find", FindAsync);
        routes.MapRead("/discs", DiscsAsync);
        routes.MapRead("/health", HealthAsync);
        routes.MapRead("/health.svg", async http => await Answer.BytesAsync(http, await desk.ChartAsync(Named(http), http.RequestAborted), "image/svg+xml"));
        routes.MapRead("/labels", LabelsAsync);
        routes.MapRead("/vault", VaultAsync);
        routes.MapRead("/settings", async http => await ShowAsync(http, SettingsPage.Of(Context(http), desk.Settings)));
    }

    private async Task FindAsync(HttpContext http)
    {
        (string? catalogue, string? pattern) = (Asked(http, "catalogue"), Asked(http, "q"));
        IReadOnlyList<string> known = await desk.CataloguesAsync(http.RequestAborted);
        try
        {
            IReadOnlyList<FoundFilePart> found = catalogue is null || pattern is null ? [] : await desk.FindAsync(catalogue, pattern, FindPage.Most + 1, http.RequestAborted);
            await ShowAsync(http, FindPage.Of(Context(http), catalogue, known, catalogue is null ? null : pattern, found, null));
        }
        catch (OperationFailedException e)
        {
            await ShowAsync(http, FindPage.Of(Context(http), catalogue, known, pattern, [], e.Failure));
        }
    }

    private async Task DiscsAsync(HttpContext http)
    {
        string? catalogue = Asked(http, "catalogue");
        IReadOnlyList<string> known = await desk.CataloguesAsync(http.RequestAborted);
        try
        {
            DiscsDocument? discs = catalogue is null ? null : await desk.DiscsAsync(catalogue, http.RequestAborted);
            await ShowAsync(http, DiscsPage.Of(Context(http), catalogue, known, discs, null));
        }
        catch (OperationFailedException e)
        {
            await ShowAsync(http, DiscsPage.Of(Context(http), catalogue, known, null, e.Failure));
        }
    }

    private async Task VaultAsync(HttpContext http)
    {
        (string? catalogue, string? what) = (Asked(http, "catalogue"), Asked(http, "what"));
        IReadOnlyList<string> known = await desk.CataloguesAsync(http.RequestAborted);
        try
        {
            IReadOnlyList<VaultDocument> documents = catalogue is null ? [] : await desk.VaultAsync(catalogue, what, VaultPage.Most + 1, http.RequestAborted);
            await ShowAsync(http, VaultPage.Of(Context(http), catalogue, known, what, documents, null));
        }
        catch (OperationFailedException e)
        {
            await ShowAsync(http, VaultPage.Of(Context(http), catalogue, known, what, [], e.Failure));
        }
    }

    private async Task HealthAsync(HttpContext http)
    {
        string catalogue = Named(http);
        await desk.DiscsAsync(catalogue, http.RequestAborted); // what can't be read is said before a picture is asked for
        await ShowAsync(http, new("How discs age", Html.Of($"""
            <p class="chart"><img src="{Context(http).Root}health.svg?catalogue={Uri.EscapeDataString(catalogue)}" alt="What checks of each disc and copy found over time; the table below the link says the same in words"></p>
            <p><a href="{Context(http).Root}discs?catalogue={Uri.EscapeDataString(catalogue)}">Discs</a></p>
            """)) { Here = "discs", CommandLine = $"spindle discs --health --catalogue {Station.CommandLines.ShellWord.Quote(catalogue)}" });
    }

    private async Task LabelsAsync(HttpContext http)
    {
        string catalogue = Named(http);
        Label[] labels = [.. (await desk.DiscsAsync(catalogue, http.RequestAborted)).Discs.Select(PageDesk.LabelOf)];
        await ShowAsync(http, Label.PageOf(Context(http), "Labels", labels, null) with { Here = "discs" });
    }

    private static string Named(HttpContext http) => Asked(http, "catalogue") ?? throw new OperationFailedException(new("usage", "no catalogue is named", "the page ‘Discs’ asks for one"));
}
