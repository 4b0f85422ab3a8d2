// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Service.Pages.Markup;
using Spindle.Service.Pages.Working;
using Spindle.Station.CommandLines;
using Spindle.Station.Discs;

namespace Spindle.Service.Pages.Archive;

/// <summary>The discs of a catalogue: where their copies are, when they were read last, how they age.</summary>
internal static class DiscsPage
{
    /// <summary>Discs that are shown of each kind; the command line tells of all.</summary>
    public const int Most = 500;

    /// <summary>The page.</summary>
    /// <param name="context">What every page needs to know.</param>
    /// <param name="catalogue">The catalogue; null where none was named.</param>
    /// <param name="known">Catalogues that jobs had to do with.</param>
    /// <param name="discs">What is known of the discs; null where no catalogue was read.</param>
    /// <param name="refused">Why it could not be read.</param>
    public static Page Of(PageContext context, string? catalogue, IReadOnlyList<string> known, DiscsDocument? discs, Failure? refused) => new("Discs", Html.Of($"""
        <form method="get" action="{context.Root}discs" class="stacked" role="search" aria-label="Discs">
        {Catalogues.Field(catalogue, known)}
        <p><button class="main">Show</button></p>
        </form>
        {NewJobPage.Refusal(refused)}
        {Html.If(discs, found => Found(context, catalogue!, found))}
        """))
    {
        Here = "discs",
        Status = refused is null ? 200 : 422,
        CommandLine = catalogue is null ? null : $"spindle discs --catalogue {ShellWord.Quote(catalogue)}",
    };

    private static Html Found(PageContext context, string catalogue, DiscsDocument discs)
    {
        string asked = Uri.EscapeDataString(catalogue);
        return Html.Of($"""
            {(discs.Discs.Count == 0 ? Html.Of($"<p class=\"soft\">No disc of an archive is planned yet.</p>") : Html.Of($"""
                <div class="scroll" role="region" aria-label="Discs of the archive" tabindex="0"><table><caption>Discs of the archive</caption>
                <thead><tr><th scope="col" class="number">Disc</th><th scope="col">Label</th><th scope="col">State</th><th scope="col" class="number">Files</th><th scope="col" class="number">Size</th><th scope="col">Read last</th><th scope="col">Copies</th></tr></thead>
                <tbody>{Html.All(discs.Discs.Take(Most), disc => Row(disc))}</tbody></table></div>
                <p class="row"><a href="{context.Root}labels?catalogue={asked}">Labels</a> <a href="{context.Root}health?catalogue={asked}">How they age</a></p>
                """))}
            {Html.If(discs.Imaged.Count > 0, () => Html.Of($"""
                <div class="scroll" role="region" aria-label="Discs that were imaged" tabindex="0"><table><caption>Discs that were imaged</caption>
                <thead><tr><th scope="col">Name</th><th scope="col">Title</th><th scope="col">Where it is kept</th></tr></thead>
                <tbody>{Html.All(discs.Imaged.Take(Most), disc => Html.Of($"<tr><th scope=\"row\"><span class=\"name\">{Html.Name(disc.Name)}</span></th><td>{Html.Name(disc.Title)}</td><td>{Html.Name(disc.Place)}</td></tr>"))}</tbody></table></div>
                """))}
            {Html.If(discs.Discs.Count > Most || discs.Imaged.Count > Most, () => Html.Of($"<p>There are more than {Most}: the command line below tells of all.</p>"))}
            """);
    }

    private static Html Row(ArchiveDiscPart disc) => Html.Of($"""
        <tr><td class="number">{disc.Number}</td><th scope="row"><span class="name">{Html.Name(disc.Label)}</span></th><td>{disc.Status}</td>
        <td class="number">{(disc.Files is { } files ? Html.Of($"{files}") : Html.Empty)}</td><td class="number">{(disc.Bytes is { } bytes ? Figures.Size(bytes) : "")}</td>
        <td>{disc.LastVerified ?? "never"}{(disc.Verdict is { } verdict ? $": {verdict}" : "")}</td>
        <td>{Html.All(disc.Copies, copy => Html.Of($"<div>{Html.Name(copy.Name)}: {Html.Name(copy.Place ?? "nobody said where")}</div>"))}</td></tr>
        """);
}
