// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Service.Pages.Markup;

namespace Spindle.Service.Pages.Discs;

/// <summary>The drives of this station, and what each is called.</summary>
internal static class DrivesPage
{
    /// <summary>The page.</summary>
    public static Page Of(PageContext context, IReadOnlyList<DriveView> drives) => new("Drives", Html.Of($"""
        <div id="drives" data-live data-poll="3000" class="cards">
        {(drives.Count == 0 ? Html.Of($"<p class=\"soft\">This machine has no optical drive, or this service may not see it (docs/manual/service.md tells how it may).</p>") : Html.All(drives, drive => Card(context, drive)))}
        </div>
        <p><a class="button" href="{context.Root}drives">Look again</a></p>
        """)) { Here = "drives", CommandLine = "spindle drives" };

    /// <summary>Where the page of a drive is.</summary>
    public static string Address(PageContext context, DriveView drive) => $"{context.Root}station/drive?drive={Uri.EscapeDataString(drive.Key)}";

    private static Html Card(PageContext context, DriveView view) => Html.Of($"""
        <article class="card">
        <h3 class="name"><a href="{Address(context, view)}">{Html.Name(view.Called)}</a></h3>
        <p class="row"><strong>{view.Word}</strong> <span class="soft name">{Html.Name(view.Disc)}</span></p>
        {Html.If(view.Job, job => Html.Of($"<p>Job <a href=\"{context.Root}jobs/{job.Number}\">{job.Number}</a> has it: {Html.Name(job.Title)}</p>"))}
        {Html.If(view.Drive.Error, error => Html.Of($"<p class=\"hint name\">{Html.Name(error.What)}{Html.If(error.Hint, hint => Html.Of($"<br>{Html.Name(hint)}"))}</p>"))}
        <dl><dt>Device</dt><dd>{Html.Name(view.Drive.Path)}</dd>
        <dt>Model</dt><dd>{Html.Name(string.Join(' ', new[] { view.Drive.Vendor, view.Drive.Model, view.Drive.Firmware }.Where(word => word is not null)))}</dd>
        <dt>Identity</dt><dd>{Html.Name(view.Drive.Identity ?? "none: nothing tells it from others of its kind")}</dd></dl>
        {Html.If(view.Drive.Identity, identity => Html.Of($"""
            <form method="post" action="{context.Root}drives" class="row">{Fields.Hidden("drive", identity)}
            <span>{Name(view, identity)}</span><button>Rename</button></form>
            """))}
        </article>
        """);

    private static Html Name(DriveView view, string identity)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"name-{Math.Abs(string.GetHashCode(identity, StringComparison.Ordinal))}");
        return Html.Of($"<label for=\"{id}\">What it is called</label><input id=\"{id}\" name=\"name\" type=\"text\" value=\"{view.Drive.Name}\" autocomplete=\"off\">");
    }
}
