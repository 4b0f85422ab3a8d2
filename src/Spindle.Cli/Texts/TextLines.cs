// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Cli.Terminals;
using Spindle.Media;
using Spindle.Station.Verifying;

namespace Spindle.Cli.Texts;

/// <summary>The lines of a text for people, and how all texts say what is the same in all. Values lose what would move a cursor (<see cref="StyledText"/>).</summary>
/// <param name="output">Results.</param>
/// <param name="error">What went wrong.</param>
/// <param name="style">How much is told.</param>
internal sealed class TextLines(StyledText output, StyledText error, ReportStyle style)
{
    private const int RangesShown = 5;

    /// <summary>Whether only what is wrong is told.</summary>
    public bool IsQuiet => style.IsQuiet;

    /// <summary>Whether all is told, however much it is.</summary>
    public bool IsVerbose => style.IsVerbose;

    /// <summary>A result: markup of ours, values that are none.</summary>
    public void Line(FormattableString line) => output.MarkupLineInterpolated(line);

    /// <summary>Something that is said beside the results, where much is told.</summary>
    public void Aside(FormattableString line)
    {
        if (!IsQuiet)
        {
            error.MarkupLineInterpolated(line);
        }
    }

    /// <summary>What went wrong, each with its way out.</summary>
    /// <param name="failures">The failures.</param>
    /// <param name="isBad">Whether that is a loss, or to be known only.</param>
    public void Failures(IEnumerable<Failure> failures, bool isBad)
    {
        foreach (Failure failure in failures)
        {
            error.MarkupLineInterpolated(isBad ? (FormattableString)$"[red]{failure.What}[/]  [[{failure.Code}]]" : $"[yellow]{failure.What}[/]  [[{failure.Code}]]");
            if (failure.Hint is { } hint)
            {
                error.MarkupLineInterpolated($"  {hint}");
            }
        }
    }

    /// <summary>The first of many; of the rest, how many they are.</summary>
    public void Some<T>(IReadOnlyList<T> all, int most, Action<T> tell)
    {
        foreach (T one in all.Take(IsVerbose ? int.MaxValue : most))
        {
            tell(one);
        }

        if (all.Count > most && !IsVerbose)
        {
            Line($"    and {Number(all.Count - most)} more: --verbose names them");
        }
    }

    /// <summary><c>12,345</c>.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 file</c>, <c>12,345 files</c>.</summary>
    public static string Count(long number, string one, string many) => $"{Number(number)} {(number == 1 ? one : many)}";

    /// <summary>Which bytes of a file are lost; empty for none.</summary>
    public static string Lost(IReadOnlyList<ByteRangePart> ranges) => ranges.Count == 0
        ? ""
        : $": {Count(ranges.Sum(range => range.Length), "byte", "bytes")} lost: {string.Join(", ", ranges.Take(RangesShown).Select(range => string.Create(CultureInfo.InvariantCulture, $"{range.Offset}-{range.Offset + range.Length - 1}")))}{(ranges.Count > RangesShown ? ", ..." : "")}";
}
