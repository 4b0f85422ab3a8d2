// SPDX-License-Identifier: MIT
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Drives;
using Spindle.Service.Jobs;
using Spindle.Service.Pages.Markup;
using Spindle.Service.Pages.Working;

namespace Spindle.Service.Pages.Discs;

/// <summary>The page of somebody with a stack of discs: insert, fill in, watch, read what to write on the label, next.</summary>
internal static class StationPage
{
    /// <summary>All drives side by side.</summary>
    /// <param name="context">What every page needs to know.</param>
    /// <param name="drives">Each with the last image that was made in it, if one was.</param>
    public static Page All(PageContext context, IReadOnlyList<(StationDrive Drive, LastImage? Last)> drives) => new("Station", Html.Of($"""
        <div id="station" data-live data-drives class="cards">
        {(drives.Count == 0 ? Html.Of($"<p class=\"soft\">This machine has no optical drive, or this service may not see it. <a href=\"{context.Root}jobs/new?verb=image\">Image a file</a></p>") : Html.All(drives, one => Html.Of($"""
            <article class="card large{(one.Drive.Job?.Question is null ? "" : " wanted")}">
            <h2 class="name"><a href="{DrivesPage.Address(context, one.Drive)}">{Html.Name(one.Drive.Called)}</a></h2>
            {Now(context, one.Drive, one.Last)}
            </article>
            """)))}
        </div>
        """)) { Here = "station" };

    /// <summary>What begins by itself when a disc is put in, and how to change that.</summary>
    /// <param name="context">What every page needs to know.</param>
    /// <param name="drive">The drive.</param>
    /// <param name="values">What the form has.</param>
    public static Html Armed(PageContext context, StationDrive drive, IReadOnlyDictionary<string, string> values)
    {
        string action = DrivesPage.Address(context, drive).Replace("/drive?", "/arm?", StringComparison.Ordinal);
        return Html.Of($"""
            <h2>Start when a disc is inserted</h2>
            <div id="armed" data-live>
            {Html.If(drive.Notice, why => Html.Of($"<p class=\"failure name\">{Html.Name(why)}</p>"))}
            {Html.If(drive.Armed, set => Html.Of($"<p>Each disc that is put into this drive is imaged at once{Html.If(set.NameTemplate, template => Html.Of($", as <strong>{Html.Name(template)}</strong>"))}{Html.If(set.Batch, batch => Html.Of($", in batch <a href=\"{context.Root}batches?batch={Uri.EscapeDataString(batch)}\">{Html.Name(batch)}</a>"))}. {Fields.Button($"{action}", "Stop that", "", ("off", "yes"))}</p>"))}
            </div>
            <details>
            <summary>{(drive.Armed is null ? "Set up" : "Change")}</summary>
            {OrderForms.EachDisc.Draw(action, values, "Start with each disc", Html.Of($"{Fields.Text("template", "Names", values.GetValueOrDefault("template"), "{nn} counts from disc to disc, {batch} is the batch, {volume} the volume's name, such as box{batch}-{nn}. Left empty, the volume's name.", ids: "arm-")}{Fields.Text("batch", "Batch", values.GetValueOrDefault("batch"), ids: "arm-")}"), ids: "arm-")}
            </details>
            """);
    }

    /// <summary>One drive: what it is at, and the form for the disc in it.</summary>
    /// <param name="context">What every page needs to know.</param>
    /// <param name="drive">The drive.</param>
    /// <param name="last">The last image that was made in it.</param>
    /// <param name="values">What the form has.</param>
    /// <param name="refused">Why it was not taken.</param>
    /// <param name="armed">What starts by itself when a disc is inserted, as markup of its own.</param>
    /// <param name="hasTitles">Whether titles can be looked up.</param>
    public static Page Of(PageContext context, StationDrive drive, LastImage? last, IReadOnlyDictionary<string, string> values, Failure? refused, Html armed, bool hasTitles) => new(drive.Called, Html.Of($"""
        <div id="drive" data-live data-drives>
        <div class="card large">{Now(context, drive, last)}{DrivesPage.Buttons(context, drive, "station")}</div>
        </div>
        {NewJobPage.Refusal(refused)}
        {Html.If(drive.Job is null, () => Html.Of($"""
            <h2>The disc in the drive</h2>
            {OrderForms.Image.Draw(DrivesPage.Address(context, drive), values, "Start", Fields.Text("batch", "Batch", values.GetValueOrDefault("batch"), "Discs that belong together have a page and a table of their own."), given: "source", more: Html.If(hasTitles, () => Html.Of($"<button formaction=\"{DrivesPage.Address(context, drive).Replace("/drive?", "/look-up?", StringComparison.Ordinal)}\" formnovalidate>Look up the title</button>")))}
            """))}
        {armed}
        <p hidden><label class="check"><input type="checkbox" id="sound"> <span>A sound and a notice when a disc is done</span></label></p>
        """)) { Here = "station", Status = refused is null ? 200 : 422, CommandLine = $"spindle image {drive.Drive.Path}" };

    private static Html Now(PageContext context, StationDrive drive, LastImage? last) => drive.Job is { } job
        ? Html.Of($"""<p><strong>Do not open the drive.</strong></p>{JobCard.Card(context, job, "")}""")
        : Html.Of($"""{Html.If(last, image => Result(context, image))}<p><strong>{Next(drive)}</strong> <span class="name">{Html.Name(DriveWords.Disc(drive))}</span></p>{Html.If(drive.Drive.Status is DriveStatus.NoDisc or DriveStatus.TrayOpen or DriveStatus.NotReady ? null : drive.Drive.Error, error => Html.Of($"<p class=\"hint name\">{Html.Name(error.What)}{Html.If(error.Hint, hint => Html.Of($"<br>{Html.Name(hint)}"))}</p>"))}""");

    private static string Next(StationDrive drive) => drive.Drive.Status switch
    {
        DriveStatus.Ready => "A disc is in the drive.",
        DriveStatus.NoDisc or DriveStatus.TrayOpen => "Insert the next disc.",
        _ => $"{char.ToUpperInvariant(DriveWords.Word(drive)[0])}{DriveWords.Word(drive)[1..]}.",
    };

    private static Html Result(PageContext context, LastImage last)
    {
        (JobPart job, ImageFacts? facts) = last;
        string word = job.Outcome is JobOutcome.Done or JobOutcome.Incomplete && facts is not null ? facts.Word : JobWords.State(job)[2..];
        return Html.Of($"""
            <p class="result state {JobWords.Kind(job)}">{JobWords.State(job)[..1]} {word}</p>
            {Html.If(facts, found => Html.Of($"<p class=\"name\">Write on the label: <strong>{Html.Name(found.Name ?? job.Title)}</strong>{Html.If(job.EndedAt is not null, () => Html.Of($", {Html.Moment(job.EndedAt)}"))} <a href=\"{context.Root}jobs/{job.Number}/label\">Print it</a></p>"))}
            {Html.If(JobWords.Reason(job) is { Length: > 0 } reason ? reason : null, why => Html.Of($"<p class=\"hint name\">{Html.Name(why)}{Html.If(job.Failure?.Hint, hint => Html.Of($"<br>{Html.Name(hint)}"))}</p>"))}
            <p class="row"><a href="{context.Root}jobs/{job.Number}">Job {job.Number}</a> {JobCard.Buttons(context, job)}</p>
            """);
    }
}

/// <summary>The last image that was made in a drive.</summary>
/// <param name="Job">Its job: it has ended.</param>
/// <param name="Facts">What came of it; null where there is no document.</param>
internal sealed record LastImage(JobPart Job, ImageFacts? Facts);
