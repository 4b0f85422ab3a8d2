// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Imaging.Sources;
using Spindle.Service.Drives;
using Spindle.Service.Pages.Markup;

namespace Spindle.Service.Pages.Discs;

/// <summary>The drives of this station, and what each is called.</summary>
internal static class DrivesPage
{
    /// <summary>The page.</summary>
    public static Page Of(PageContext context, IReadOnlyList<StationDrive> drives) => new("Drives", Html.Of($"""
        <div id="drives" data-live data-drives class="cards">
        {(drives.Count == 0 ? Html.Of($"<p class=\"soft\">This machine has no optical drive, or this service may not see it (docs/manual/service.md tells how it may).</p>") : Html.All(drives, drive => Card(context, drive)))}
        </div>
        <p><a class="button" href="{context.Root}drives">Look again</a></p>
        """)) { Here = "drives", CommandLine = "spindle drives" };

    /// <summary>Where the page of a drive is.</summary>
    public static string Address(PageContext context, StationDrive drive) => $"{context.Root}station/drive?drive={Uri.EscapeDataString(drive.Key)}";

    private static Html Card(PageContext context, StationDrive view) => Html.Of($"""
        <article class="card">
        <h3 class="name"><a href="{Address(context, view)}">{Html.Name(view.Called)}</a></h3>
        <p class="row"><strong>{DriveWords.Word(view)}</strong> <span class="soft name">{Html.Name(DriveWords.Disc(view))}</span></p>
        {Html.If(view.Job, job => Html.Of($"<p>Job <a href=\"{context.Root}jobs/{job.Number}\">{job.Number}</a> has it: {Html.Name(job.Title)}</p>"))}
        {Html.If(view.Drive.Error, error => Html.Of($"<p class=\"hint name\">{Html.Name(error.What)}{Html.If(error.Hint, hint => Html.Of($"<br>{Html.Name(hint)}"))}</p>"))}
        {Buttons(context, view, "drives")}
        <dl><dt>Device</dt><dd>{Html.Name(view.Drive.Path)}</dd>
        <dt>Model</dt><dd>{Html.Name(string.Join(' ', new[] { view.Drive.Vendor, view.Drive.Model, view.Drive.Firmware }.Where(word => word is not null)))}</dd>
        <dt>Identity</dt><dd>{Html.Name(view.Drive.Identity ?? "none: nothing tells it from others of its kind")}</dd></dl>
        {Html.If(view.Drive.Identity, identity => Html.Of($"""
            <form method="post" action="{context.Root}drives" class="row">{Fields.Hidden("drive", identity)}
            <span>{Name(view, identity)}</span><button>Rename</button></form>
            """))}
        </article>
        """);

    /// <summary>What can be done with it by hand.</summary>
    /// <param name="context">What every page needs to know.</param>
    /// <param name="drive">The drive.</param>
    /// <param name="from">The page to come back to: <c>drives</c>, or <c>station</c>.</param>
    public static Html Buttons(PageContext context, StationDrive drive, string from) => Html.Of($"""
        {Html.If(drive.IsPaused, () => Html.Of($"<p class=\"stalled\">Paused: no job begins in it.</p>"))}
        <p class="row">{(drive.IsPaused
            ? Fields.Button($"{context.Root}drives/pause", "Go on", "", ("drive", drive.Key), ("from", from), ("off", "yes"))
            : Fields.Button($"{context.Root}drives/pause", "Pause", "", ("drive", drive.Key), ("from", from)))}
        {Html.If(drive.Job is null && drive.Drive.Status is not (DriveStatus.TrayOpen or DriveStatus.NoDisc), () => Fields.Button($"{context.Root}drives/eject", "Eject", "", ("drive", drive.Key), ("from", from)))}</p>
        """);

    private static Html Name(StationDrive view, string identity)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"name-{Math.Abs(string.GetHashCode(identity, StringComparison.Ordinal))}");
        return Html.Of($"<label for=\"{id}\">What it is called</label><input id=\"{id}\" name=\"name\" type=\"text\" value=\"{view.Drive.Name}\" autocomplete=\"off\">");
    }
}
