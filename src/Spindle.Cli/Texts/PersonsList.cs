// SPDX-License-Identifier: MIT

namespace Spindle.Cli.Texts;

/// <summary>What needs a person, gathered while much is told, and told again at its end.</summary>
internal sealed class PersonsList
{
    private const int RememberedAtMost = 1000;

    private readonly List<(string State, string Place, string? Hint)> _remembered = [];

    /// <summary>Remembers one.</summary>
    /// <param name="state">What came of it, in a word.</param>
    /// <param name="place">Which it is.</param>
    /// <param name="hint">What to do about it.</param>
    public void Add(string state, string place, string? hint)
    {
        if (_remembered.Count < RememberedAtMost)
        {
            _remembered.Add((state, place, hint));
        }
    }

    /// <summary>Tells of them.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="lines">Where to.</param>
    /// <param name="more">Where the rest of them can be had; null where nowhere.</param>
    public void Write(long count, TextLines lines, string? more = null)
    {
        if (_remembered.Count == 0)
        {
            return;
        }

        lines.Line($"[red]{TextLines.Count(count, "needs", "need")} a person:[/]");
        foreach ((string state, string place, string? hint) in _remembered)
        {
            lines.Line($"  {state}  [cyan]{place}[/]{(hint is null ? "" : $": {hint}")}");
        }

        if (count > _remembered.Count)
        {
            lines.Line($"  and {TextLines.Number(count - _remembered.Count)} more{(more is null ? "" : $": {more}")}");
        }
    }
}
