// SPDX-License-Identifier: MIT
namespace Spindle.Service.Pages.Markup;

/// <summary>What stands around every page: its head, the menu, the line of news, the same as a command line.</summary>
internal static class Frame
{
    private static readonly (string Path, string Word)[] Menu =
    [
        ("", "Now"),
        ("station", "Station"),
        ("drives", "Drives"),
        ("jobs", "Jobs"),
        ("batches", "Batches"),
        ("discs", "Discs"),
        ("find", "Find"),
        ("vault", "Vault"),
        ("settings", "Settings"),
    ];

    /// <summary>The whole document.</summary>
    /// <param name="context">What every page needs to know.</param>
    /// <param name="page">The page.</param>
    /// <param name="isOpen">Whether whoever looks is let in: else there is no menu, and no script.</param>
    public static string Draw(PageContext context, Page page, bool isOpen = true) => Html.Of($"""
        <!doctype html>
        <html lang="en" data-root="{context.Root}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{page.Title} – spindle{(context.IsDemonstration ? " (demonstration)" : "")}</title>
        <link rel="stylesheet" href="{context.Root}site.css">
        <link rel="icon" href="{context.Root}icon.svg">
        {Html.If(isOpen, () => Html.Of($"<script type=\"module\" src=\"{context.Root}live.js\"></script>"))}
        </head>
        <body>
        <a class="skip" href="#main">Skip to content</a>
        <header>
        <a class="brand" href="{context.Root}">spindle</a>
        {Html.If(isOpen, () => Html.Of($"<nav aria-label=\"Pages\"><ul>{Html.All(Menu, entry => Link(context, page, entry.Path, entry.Word))}</ul></nav>"))}
        {Html.If(context.IsDemonstration, () => Html.Of($"<p class=\"demonstration\">This is a demonstration: its drives and discs are made up.</p>"))}
        </header>
        {Html.If(isOpen, () => Html.Of($"<p id=\"status\" role=\"status\"></p>"))}
        <main id="main">
        <h1 class="name">{Html.Name(page.Title)}</h1>
        {page.Body}
        </main>
        <footer>
        {Html.If(page.CommandLine, line => Html.Of($"<p>The same at a terminal: <code>{line}</code></p>"))}
        <p>spindle {context.Version}{Html.If(isOpen && !context.IsDemonstration, () => Html.Of($" on {context.Station}"))}</p>
        </footer>
        </body>
        </html>

        """).Markup;

    private static Html Link(PageContext context, Page page, string path, string word) =>
        Html.Of($"<li><a href=\"{context.Root}{path}\"{(page.Here == path ? Html.Of($" aria-current=\"page\"") : Html.Empty)}>{word}</a></li>");
}
