// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Spindle.Catalogue;

/// <summary>Numbers of discs as text, such as <c>0-41,43</c>: in order, runs as their first and last.</summary>
public static class DiscNumbers
{
    /// <summary>The longest run that is believed: a catalogue that was made to be evil names no more.</summary>
    private const int LongestRun = 1_000_000;

    /// <summary>Writes numbers as runs, in order.</summary>
    public static string ToText(IEnumerable<int> numbers)
    {
        StringBuilder text = new();
        List<int> sorted = [.. numbers.Distinct().Order()];
        for (int start = 0, end; start < sorted.Count; start = end)
        {
            for (end = start + 1; end < sorted.Count && sorted[end] == sorted[end - 1] + 1; end++)
            {
            }

            text.Append(text.Length == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{sorted[start]}");
            if (end - start > 1)
            {
                text.Append(CultureInfo.InvariantCulture, $"-{sorted[end - 1]}");
            }
        }

        return text.ToString();
    }

    /// <exception cref="FormatException">It is no such text.</exception>
    public static HashSet<int> Parse(string? text)
    {
        HashSet<int> numbers = [];
        foreach (string run in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = run.Split('-');
            bool isRun = int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first) & int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int last);
            if (!isRun || ends.Length > 2 || last < first || last - first >= LongestRun)
            {
                throw new FormatException($"'{text}' are no numbers of discs");
            }

            for (int number = first; number <= last; number++)
            {
                numbers.Add(number);
            }
        }

        return numbers;
    }
}
