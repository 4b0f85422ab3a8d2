// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Station.Events;

namespace Spindle.Cli.Texts;

/// <summary>Events, a line each.</summary>
internal sealed class EventsText : IText<EventsDocument>
{
    public void Write(EventsDocument document, TextLines lines)
    {
        bool isAny = false;
        foreach (DiscEvent one in document.Events)
        {
            isAny = true;
            Write(one, lines);
        }

        if (!isAny && document.Error is null)
        {
            lines.Aside($"[yellow]Nothing is remembered.[/]");
        }
    }

    internal static void Write(DiscEvent one, TextLines lines)
    {
        string copy = one.Copy is null ? "" : $", copy {one.Copy}";
        string source = one.Source is null ? "" : $"  {one.Source}";
        lines.Line($"{one.At}  [cyan]{(one.Disc is { } disc ? $"disc {disc}" : "image")}[/] {one.Label}{copy}  {one.Kind}{(one.Verdict is null ? "" : $": {one.Verdict}")}{source}");
    }
}
