// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Cli.Terminals;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Cli.Texts;

/// <summary>The lines of a text for people, and how all texts say what is the same in all. Values lose what would move a cursor (<see cref="StyledText"/>).</summary>
/// <param name="terminal">Gets results on its output, what went wrong on its error.</param>
/// <param name="style">How much is told.</param>
internal sealed class TextLines(Terminal terminal, ReportStyle style)
{
    private const int RangesShown = 5;

    private readonly StyledText _output = terminal.Styled(terminal.Output, style.NoColor);
    private readonly StyledText _error = terminal.Styled(terminal.Error, style.NoColor);

    /// <summary>Whether only what is wrong is told.</summary>
    public bool IsQuiet => style.IsQuiet;

    /// <summary>Whether all is told, however much it is.</summary>
    public bool IsVerbose => style.IsVerbose;

    /// <summary>Results without colours and without end: lists that may have a million lines, documents of other programs.</summary>
    public TextWriter Plain => terminal.Output;

    /// <summary>A result: markup of ours, values that are none.</summary>
    public void Line(FormattableString line) => _output.MarkupLineInterpolated(line);

    /// <summary>A result that has a name: <c>Size:   4.70 GB</c>.</summary>
    public void Value(string name, string value) => Line($"[cyan]{name + ":",-16}[/][yellow]{value}[/]");

    /// <summary>What is wrong, said of one thing.</summary>
    public void Bad(FormattableString line) => _error.MarkupLineInterpolated(line);

    /// <summary>Something that is said beside the results, where much is told.</summary>
    public void Aside(FormattableString line)
    {
        if (!IsQuiet)
        {
            _error.MarkupLineInterpolated(line);
        }
    }

    /// <summary>Why the command could not be done, or not to its end.</summary>
    public void Failed(Failure failure)
    {
        _error.MarkupLineInterpolated($"[red]spindle: {failure.What}[/]  [[{failure.Code}]]");
        if (failure.Hint is { } hint)
        {
            _error.MarkupLineInterpolated($"         {hint}");
        }
    }

    /// <summary>What went wrong, each with its way out.</summary>
    /// <param name="failures">The failures.</param>
    /// <param name="isBad">Whether that is a loss, or to be known only.</param>
    public void Failures(IEnumerable<Failure> failures, bool isBad)
    {
        foreach (Failure failure in failures)
        {
            Failure(failure, isBad);
        }
    }

    /// <summary>What went wrong, with its way out.</summary>
    public void Failure(Failure failure, bool isBad)
    {
        _error.MarkupLineInterpolated(isBad ? (FormattableString)$"[red]{failure.What}[/]  [[{failure.Code}]]" : $"[yellow]{failure.What}[/]  [[{failure.Code}]]");
        if (failure.Hint is { } hint)
        {
            _error.MarkupLineInterpolated($"  {hint}");
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

    /// <summary>A path as people would write it here: below this directory, without the way to it.</summary>
    public static string Place(string path) =>
        Path.GetRelativePath(Environment.CurrentDirectory, path) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) && relative != "." ? relative : path;

    /// <summary><c>12,345</c>.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>12,345 bytes</c>.</summary>
    public static string Bytes(long bytes) => Count(bytes, "byte", "bytes");

    /// <summary><c>1 file</c>, <c>12,345 files</c>.</summary>
    public static string Count(long number, string one, string many) => Figures.Count(number, one, many);

    /// <summary>Which bytes of a file are lost; empty for none.</summary>
    public static string Lost(IReadOnlyList<ByteRangePart> ranges) => ranges.Count == 0
        ? ""
        : $": {Count(ranges.Sum(range => range.Length), "byte", "bytes")} lost: {string.Join(", ", ranges.Take(RangesShown).Select(range => string.Create(CultureInfo.InvariantCulture, $"{range.Offset}-{range.Offset + range.Length - 1}")))}{(ranges.Count > RangesShown ? ", ..." : "")}";
}
