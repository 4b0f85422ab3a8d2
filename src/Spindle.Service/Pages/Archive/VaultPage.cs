// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Media;
using Spindle.Service.Pages.Markup;
using Spindle.Service.Pages.Working;
using Spindle.Station.CommandLines;
using Spindle.Station.Vaults;
using Spindle.Vault.Objects;

namespace Spindle.Service.Pages.Archive;

/// <summary>A vault: which discs somebody waits for, how much is where, its buckets and what becomes of their objects, and the objects of one.</summary>
internal static class VaultPage
{
    /// <summary>Objects that are shown; there may be more.</summary>
    public const int Most = 200;

    /// <summary>The page.</summary>
    /// <param name="context">What every page needs to know.</param>
    /// <param name="catalogue">The catalogue; null where none was named.</param>
    /// <param name="known">Catalogues that are known here.</param>
    /// <param name="what">The bucket, and what keys begin with, whose objects are shown; null for the vault as a whole.</param>
    /// <param name="documents">What was read: of the vault as a whole, or of its objects.</param>
    /// <param name="refused">Why nothing could be read.</param>
    public static Page Of(PageContext context, string? catalogue, IReadOnlyList<string> known, string? what, IReadOnlyList<VaultDocument> documents, Failure? refused) => new("Vault", Html.Of($"""
        <form method="get" action="{context.Root}vault" class="stacked" role="search" aria-label="Vault">
        {Catalogues.Field(catalogue, known)}
        {Fields.Text("what", "Objects", what, "A bucket, or photos/2019/ for those whose keys begin so; left empty, the vault as a whole")}
        <p><button class="main">Show</button></p>
        </form>
        {NewJobPage.Refusal(refused)}
        {Html.All(documents, document => Html.Of($"{Html.If(document.Wanted, wanted => Wanted(context, document, wanted))}{Html.If(document.Status, status => Status(document, status))}{Html.If(document.Buckets, buckets => Buckets(context, document, buckets))}{Html.If(document.Objects, objects => Objects(context, document, what!, objects))}"))}
        """))
    {
        Here = "vault",
        Status = refused is null ? 200 : 422,
        CommandLine = catalogue is null ? null : $"spindle vault {(what is null ? "status" : $"ls {ShellWord.Quote(what)}")} --catalogue {ShellWord.Quote(catalogue)}",
    };

    private static Html Wanted(PageContext context, VaultDocument vault, IReadOnlyList<WantedDiscPart> wanted) => wanted.Count == 0 ? Html.Of($"<p>Nobody waits for a disc.</p>") : Html.Of($"""
        <div class="scroll" role="region" aria-label="Discs that somebody waits for" tabindex="0"><table><caption>{Figures.Count(wanted.Count, "disc is wanted", "discs are wanted")}, the most urgent first</caption>
        <thead><tr><th scope="col" class="number">Disc</th><th scope="col">Label</th><th scope="col">Where it is kept</th><th scope="col" class="number">Objects</th><th scope="col" class="number">Size</th><th scope="col">Since</th><th scope="col">Who waits</th></tr></thead>
        <tbody>{Html.All(wanted, disc => Html.Of($"""
            <tr><td class="number">{disc.Number}</td><th scope="row"><span class="name">{Html.Name(disc.Label)}</span></th><td>{(disc.AtHand ? Html.Of($"its image is at hand") : Html.Name(disc.Places ?? "nobody said where"))}</td>
            <td class="number">{disc.Objects}</td><td class="number">{Figures.Size(disc.Bytes)}</td><td>{Html.Moment(disc.Since)} <span class="soft">{Ago(context.Now - disc.Since)}</span></td><td>{Html.Name(string.Join(", ", disc.By))}</td></tr>
            """))}</tbody></table></div>
        {Fetch(context, vault, null, "Fetch what is wanted")}
        """);

    /// <summary>A job that asks, on its page, for one disc after the other.</summary>
    private static Html Fetch(PageContext context, VaultDocument vault, string? what, string word) =>
        Fields.Button($"{context.Root}jobs", word, "main", [("verb", OrderForms.Thaw.Verb), ("catalogue", vault.Catalogue), ("what", what), ("wait", "yes")]);

    private static Html Status(VaultDocument vault, VaultStatusPart status)
    {
        (string Name, string Meaning, AmountPart Amount)[] rows =
        [
            ("Landed", "in the landing, on no disc", status.Landed),
            ("Packed", "in the landing, planned onto a disc", status.Packed),
            ("Written", "in the landing, and on discs", status.Written),
            ("Cold", "on discs only", status.Cold),
            ("Queued", "on discs only, and asked for", status.Queued),
            ("Warm", "fetched from discs, and in the landing for a while", status.Warm),
            ("Lost", "on discs only, and could not be had of them", status.Lost),
            ("Deleted", "deleted or overwritten, and still on discs", status.Tombstone),
        ];
        return Html.Of($"""
            <div class="scroll" role="region" aria-label="How much is where" tabindex="0"><table><caption>How much is where</caption>
            <thead><tr><th scope="col">State</th><th scope="col">Is</th><th scope="col" class="number">Objects</th><th scope="col" class="number">Size</th></tr></thead>
            <tbody>{Html.All(rows.Where(row => row.Amount.Objects > 0), row => Html.Of($"<tr><th scope=\"row\">{row.Name}</th><td>{row.Meaning}</td><td class=\"number\">{row.Amount.Objects}</td><td class=\"number\">{Figures.Size(row.Amount.Bytes)}</td></tr>"))}</tbody></table></div>
            <p>The landing {Html.Name(vault.Landing)} holds {Figures.Size(status.LandingBytes)}; {Figures.Size(status.FreeBytes)} are free there. Objects leave it when they are on {Figures.Count(vault.Copies, "disc that was", "discs that were each")} read back.</p>
            {Html.If(status.Dead.Count > 0, () => Html.Of($"""
                <div class="scroll" role="region" aria-label="Discs that hold what was deleted" tabindex="0"><table><caption>Discs that hold what no object is any more</caption>
                <thead><tr><th scope="col" class="number">Disc</th><th scope="col">Label</th><th scope="col" class="number">Nobody wants</th><th scope="col" class="number">Of</th></tr></thead>
                <tbody>{Html.All(status.Dead.Take(Most), disc => Html.Of($"<tr><td class=\"number\">{disc.Number}</td><th scope=\"row\"><span class=\"name\">{Html.Name(disc.Label)}</span></th><td class=\"number\">{Figures.Size(disc.DeadBytes)}</td><td class=\"number\">{Figures.Size(disc.Bytes)}</td></tr>"))}</tbody></table></div>
                """))}
            """);
    }

    private static Html Buckets(PageContext context, VaultDocument vault, IReadOnlyList<BucketPart> buckets) => buckets.Count == 0 ? Html.Of($"<p class=\"soft\">There is no bucket yet: programs make them.</p>") : Html.Of($"""
        <div class="scroll" role="region" aria-label="Buckets" tabindex="0"><table><caption>Buckets</caption>
        <thead><tr><th scope="col">Bucket</th><th scope="col">Of</th><th scope="col">Made</th><th scope="col">What becomes of its objects</th></tr></thead>
        <tbody>{Html.All(buckets, bucket => Html.Of($"""
            <tr><th scope="row"><a href="{context.Root}vault?catalogue={Uri.EscapeDataString(vault.Catalogue)}&amp;what={Uri.EscapeDataString(bucket.Name)}">{bucket.Name}</a></th><td>{Html.Name(bucket.Owner)}</td><td>{Html.Moment(bucket.Created)}</td><td>{Html.Name(Rules(bucket.Rules))}</td></tr>
            """))}</tbody></table></div>
        """);

    private static Html Objects(PageContext context, VaultDocument vault, string what, IReadOnlyList<VaultObjectPart> objects) => objects.Count == 0 ? Html.Of($"<p>There is no such object.</p>") : Html.Of($"""
        <div class="scroll" role="region" aria-label="Objects" tabindex="0"><table>
        <caption>{(objects.Count > Most ? string.Create(CultureInfo.InvariantCulture, $"The first {Most} objects; there are more") : Figures.Count(objects.Count, "object", "objects"))}</caption>
        <thead><tr><th scope="col">Key</th><th scope="col" class="number">Size</th><th scope="col">Put</th><th scope="col">State</th><th scope="col" class="number">Verified copies</th><th scope="col">Discs</th></tr></thead>
        <tbody>{Html.All(objects.Take(Most), one => Html.Of($"""
            <tr><th scope="row"><span class="name">{Html.Name(one.Key)}</span></th><td class="number">{Figures.Size(one.Size)}</td><td>{Html.Moment(one.Modified)}</td><td>{JsonForm.Word(one.State)}</td><td class="number">{one.Copies}</td><td>{Html.All(one.Discs, disc => Html.Of($"<div>{Html.Name(disc)}</div>"))}</td></tr>
            """))}</tbody></table></div>
        {Fetch(context, vault, what, "Fetch all of these that are on discs only")}
        """);

    private static string Rules(BucketRules rules) => string.Join("; ", new[]
    {
        rules.Archive.Count == 0 ? "all come onto discs" : $"onto discs: {string.Join(", ", rules.Archive)}",
        rules.SmallestSize > 0 ? $"from {Figures.Size(rules.SmallestSize)}" : "",
        rules.MinimumAge > 0 ? string.Create(CultureInfo.InvariantCulture, $"from {rules.MinimumAge:0.##} days") : "",
        rules.MinimumStay > 0 ? string.Create(CultureInfo.InvariantCulture, $"stay {rules.MinimumStay:0.##} days at least") : "",
        rules.DefaultClass is { } named ? $"usually {named}" : "",
        rules.RestoredAsStandard ? "what was fetched is told as STANDARD" : "",
        rules.Hold ? "nothing can be deleted" : rules.Worm ? "what is on a disc can't be deleted" : "",
    }.Where(rule => rule.Length > 0));

    private static string Ago(TimeSpan waited) =>
        waited.TotalDays >= 2 ? Figures.Count((int)waited.TotalDays, "day", "days")
        : waited.TotalHours >= 2 ? Figures.Count((int)waited.TotalHours, "hour", "hours")
        : Figures.Count(Math.Max(0, (int)waited.TotalMinutes), "minute", "minutes");
}
