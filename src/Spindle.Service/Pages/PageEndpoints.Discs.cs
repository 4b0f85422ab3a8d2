// SPDX-License-Identifier: MIT
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spindle.Media;
using Spindle.Service.Pages.Discs;
using Spindle.Service.Pages.Markup;
using Spindle.Service.Pages.Working;
using Spindle.Service.Web;

namespace Spindle.Service.Pages;

/// <content>Discs and the drives that they are put into.</content>
internal sealed partial class PageEndpoints
{
    private void MapDiscs(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/drives", async http => await ShowAsync(http, DrivesPage.Of(Context(http), await desk.DrivesAsync(http.RequestAborted))));
        routes.MapPost("/drives", RenameAsync);
        routes.MapRead("/station", StationAsync);
        routes.MapRead("/station/drive", http => DriveAsync(http, null, null));
        routes.MapPost("/station/drive", ImageAsync);
        routes.MapPost("/station/arm", ArmAsync);
        routes.MapRead("/jobs/{job}/label", LabelAsync);
    }

    private async Task RenameAsync(HttpContext http)
    {
        IReadOnlyDictionary<string, string> form = await FormAsync(http);
        await desk.RenameAsync(form.GetValueOrDefault("drive", ""), form.GetValueOrDefault("name", ""), http.RequestAborted);
        await GoAsync(http, "drives");
    }

    private async Task StationAsync(HttpContext http)
    {
        List<(DriveView, LastImage?)> drives = [];
        foreach (DriveView drive in await desk.DrivesAsync(http.RequestAborted))
        {
            drives.Add((drive, await desk.LastImageAsync(drive, http.RequestAborted)));
        }

        await ShowAsync(http, StationPage.All(Context(http), drives));
    }

    private async Task DriveAsync(HttpContext http, IReadOnlyDictionary<string, string>? values, Failure? refused)
    {
        DriveView drive = await desk.DriveAsync(Drive(http), http.RequestAborted);
        LastImage? last = await desk.LastImageAsync(drive, http.RequestAborted);
        IReadOnlyDictionary<string, string> next = await desk.NextDiscAsync(drive, http.RequestAborted);
        Html armed = StationPage.Armed(Context(http), drive, desk.Armed(drive), desk.NoticeOf(drive), desk.ArmedValues(drive, next));
        await ShowAsync(http, StationPage.Of(Context(http), drive, last, values ?? next, refused, armed));
    }

    private async Task ArmAsync(HttpContext http)
    {
        IReadOnlyDictionary<string, string> values = await FormAsync(http);
        try
        {
            await desk.ArmAsync(Drive(http), values, http.RequestAborted);
            await GoAsync(http, $"station/drive?drive={Uri.EscapeDataString(Drive(http))}");
        }
        catch (OperationFailedException e) when (e.Failure.Code != "no-such-drive")
        {
            await DriveAsync(http, null, e.Failure);
        }
    }

    private async Task ImageAsync(HttpContext http)
    {
        IReadOnlyDictionary<string, string> values = await FormAsync(http);
        try
        {
            await desk.EnterAsync(OrderForms.Image, values, http.RequestAborted);
            await GoAsync(http, $"station/drive?drive={Uri.EscapeDataString(Drive(http))}");
        }
        catch (OperationFailedException e)
        {
            await DriveAsync(http, values, e.Failure);
        }
    }

    private static string Drive(HttpContext http) => Asked(http, "drive") ?? "";

    private async Task LabelAsync(HttpContext http)
    {
        JobView view = await desk.JobAsync(Route(http, "job"), http.RequestAborted);
        Label label = PageDesk.LabelOf(view) ?? throw new OperationFailedException(new("no-such-label", $"job {Number(view.Job.Number)} made no image that a label could be of", "labels are of images, and of discs of an archive"));
        if (Asked(http, "as") == "svg")
        {
            await TextAsync(http, label.ToSvg().Markup, "image/svg+xml", $"{label.Number}.svg");
            return;
        }

        await ShowAsync(http, Label.PageOf(Context(http), $"Label of {label.Number}", [label], $"jobs/{Number(view.Job.Number)}/label?as=svg"));
    }
}
