// SPDX-License-Identifier: MIT
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spindle.Media;
using Spindle.Service.Drives;
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
        routes.MapRead("/drives", async http => await ShowAsync(http, DrivesPage.Of(Context(http), await desk.Drives.ListAsync(http.RequestAborted))));
        routes.MapPost("/drives", RenameAsync);
        routes.MapPost("/drives/pause", http => ChangeDriveAsync(http, (drive, form) => desk.Drives.PauseAsync(drive, !form.ContainsKey("off"), null, http.RequestAborted)));
        routes.MapPost("/drives/eject", http => ChangeDriveAsync(http, (drive, _) => desk.Drives.EjectAsync(drive, null, http.RequestAborted)));
        routes.MapRead("/station", StationAsync);
        routes.MapRead("/station/drive", http => DriveAsync(http, null, null));
        routes.MapPost("/station/drive", ImageAsync);
        routes.MapPost("/station/look-up", LookUpAsync);
        routes.MapPost("/station/arm", ArmAsync);
        routes.MapRead("/jobs/{job}/label", LabelAsync);
    }

    private async Task RenameAsync(HttpContext http)
    {
        IReadOnlyDictionary<string, string> form = await FormAsync(http);
        await desk.Drives.RenameAsync(await desk.Drives.FindAsync(form.GetValueOrDefault("drive", ""), http.RequestAborted), form.GetValueOrDefault("name", ""), http.RequestAborted);
        await GoAsync(http, "drives");
    }

    /// <summary>Changes something about a drive, and goes back to the page on which that was asked for.</summary>
    private async Task ChangeDriveAsync(HttpContext http, Func<StationDrive, IReadOnlyDictionary<string, string>, Task> change)
    {
        IReadOnlyDictionary<string, string> form = await FormAsync(http);
        StationDrive drive = await desk.Drives.FindAsync(form.GetValueOrDefault("drive", ""), http.RequestAborted);
        await change(drive, form);
        await GoAsync(http, form.GetValueOrDefault("from") == "station" ? $"station/drive?drive={Uri.EscapeDataString(drive.Key)}" : "drives");
    }

    private async Task StationAsync(HttpContext http)
    {
        List<(StationDrive, LastImage?)> drives = [];
        foreach (StationDrive drive in await desk.Drives.ListAsync(http.RequestAborted))
        {
            drives.Add((drive, await desk.LastImageAsync(drive, http.RequestAborted)));
        }

        await ShowAsync(http, StationPage.All(Context(http), drives));
    }

    private async Task DriveAsync(HttpContext http, IReadOnlyDictionary<string, string>? values, Failure? refused)
    {
        StationDrive drive = await desk.Drives.FindAsync(Drive(http), http.RequestAborted);
        LastImage? last = await desk.LastImageAsync(drive, http.RequestAborted);
        IReadOnlyDictionary<string, string> next = await desk.NextDiscAsync(drive, http.RequestAborted);
        Html armed = StationPage.Armed(Context(http), drive, PageDesk.ArmedValues(drive, next));
        await ShowAsync(http, StationPage.Of(Context(http), drive, last, values ?? next, refused, armed, titles is not null));
    }

    /// <summary>Fills the title in that the list has for a call number; what it is to be begun with stands in the form.</summary>
    private async Task LookUpAsync(HttpContext http)
    {
        Dictionary<string, string> values = new(await FormAsync(http), StringComparer.Ordinal);
        string identifier = values.GetValueOrDefault("identifier", "");
        try
        {
            values["title"] = titles?.Find(identifier) ?? throw Api.Failures.NoTitle(identifier);
            await DriveAsync(http, values, null);
        }
        catch (OperationFailedException e) when (e.Failure.Code is "no-such-title" or "titles-unreadable")
        {
            await DriveAsync(http, values, e.Failure);
        }
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
