// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Media;
using Spindle.Service.Pages.Markup;
using Spindle.Service.Pages.Working;
using Spindle.Station.Finding;

namespace Spindle.Service.Pages.Archive;

/// <summary>Which file is on which disc, and where that lies.</summary>
internal static class FindPage
{
    /// <summary>Files that are shown; there may be more.</summary>
    public const int Most = 200;

    /// <summary>The page.</summary>
    /// <param name="context">What every page needs to know.</param>
    /// <param name="catalogue">The catalogue; null where none was named.</param>
    /// <param name="known">Catalogues that jobs had to do with.</param>
    /// <param name="pattern">What is looked for; null where nothing is yet.</param>
    /// <param name="found">What was found: one more than <see cref="Most"/> where there are more.</param>
    /// <param name="refused">Why nothing could be looked for.</param>
    public static Page Of(PageContext context, string? catalogue, IReadOnlyList<string> known, string? pattern, IReadOnlyList<FoundFilePart> found, Failure? refused) => new("Find", Html.Of($"""
        <form method="get" action="{context.Root}find" class="stacked" role="search" aria-label="Files">
        {Fields.Text("q", "Name", pattern, "As in .gitignore: *.jpg, photos/1998, report.pdf", required: true, type: "search")}
        {Catalogues.Field(catalogue, known)}
        <p><button class="main">Find</button></p>
        </form>
        {NewJobPage.Refusal(refused)}
        {Html.If(refused is null && pattern is not null, () => found.Count == 0 ? Html.Of($"<p>No file matches.</p>") : Table(found))}
        """))
    {
        Here = "find",
        Status = refused is null ? 200 : 422,
        CommandLine = catalogue is null || pattern is null ? null : $"spindle find {Station.CommandLines.ShellWord.Quote(pattern)} --catalogue {Station.CommandLines.ShellWord.Quote(catalogue)}",
    };

    private static Html Table(IReadOnlyList<FoundFilePart> found) => Html.Of($"""
        <div class="scroll" role="region" aria-label="Files that were found" tabindex="0"><table>
        <caption>{(found.Count > Most ? string.Create(CultureInfo.InvariantCulture, $"The first {Most} files; there are more") : Figures.Count(found.Count, "file", "files"))}</caption>
        <thead><tr><th scope="col">File</th><th scope="col" class="number">Size</th><th scope="col">Changed</th><th scope="col">Where it is</th></tr></thead>
        <tbody>{Html.All(found.Take(Most), Row)}</tbody></table></div>
        """);

    private static Html Row(FoundFilePart file) => Html.Of($"""
        <tr><th scope="row"><span class="name">{Html.Name(file.Path)}</span>{Html.If(file.GoneScan is not null, () => Html.Of($" <span class=\"soft\">gone since scan {file.GoneScan!.Value}</span>"))}</th>
        <td class="number">{Figures.Size(file.Size)}</td><td>{Html.Moment(file.Modified)}</td>
        <td>{(file.Discs.Count == 0 && file.Image is null ? Html.Of($"<span class=\"soft\">on no disc</span>") : Html.Empty)}{Html.All(file.Discs, disc => Html.Of($"<div>disc {disc.Number} <span class=\"soft\">{Html.Name(disc.Label)}</span>{Html.All(disc.Copies, copy => Html.Of($"<br><span class=\"soft\">{Html.Name(copy.Name)}: {Html.Name(copy.Place ?? "nobody said where")}</span>"))}</div>"))}{Html.If(file.Image, image => Html.Of($"<div>{Html.Name(image.Name)} <span class=\"soft\">{Html.Name(image.Place)}</span></div>"))}</td></tr>
        """);
}
