// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;

namespace Spindle.Burning.Xorriso;

/// <summary>What xorriso said while it burned.</summary>
internal sealed partial class XorrisoReport
{
    private const long Mebibyte = 1 << 20;

    /// <summary>Its version, such as <c>1.5.4</c>; null where it did not say.</summary>
    public string? Version { get; private set; }

    /// <summary>Bytes that it says it has written, to the mebibyte.</summary>
    public long Written { get; private set; }

    /// <summary>The lowest that the drive's buffer was, in percent; null where it did not say.</summary>
    public int? LowestBuffer { get; private set; }

    /// <summary>The first thing that it is sorry for, or calls worse; null for none.</summary>
    public string? Complaint { get; private set; }

    /// <summary>The first thing that it calls a failure: what comes behind it follows from it. Null for none, which proves nothing.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether it says that all was written, which proves nothing, either.</summary>
    public bool SaysDone { get; private set; }

    /// <summary>Hears a line.</summary>
    public void Hear(string line)
    {
        if (Update().Match(line) is { Success: true } update)
        {
            Written = long.Parse(update.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * Mebibyte;
            int buffer = int.Parse(update.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
            LowestBuffer = Math.Min(LowestBuffer ?? buffer, buffer);
        }
        else if (Said().Match(line) is { Success: true } said && said.Groups[1].Value is "SORRY" or "FAILURE" or "FATAL" or "ABORT")
        {
            Complaint ??= said.Groups[2].Value.Trim();
            Failure ??= said.Groups[1].Value == "SORRY" ? null : said.Groups[2].Value.Trim();
        }
        else if (Title().Match(line) is { Success: true } title)
        {
            Version ??= title.Groups[1].Value;
        }

        SaysDone |= line.StartsWith("Writing to '", StringComparison.Ordinal) && line.EndsWith("' completed successfully.", StringComparison.Ordinal);
    }

    // The first ones have no word of the fifo.
    [GeneratedRegex(@"^xorriso : UPDATE : +(\d{1,9}) of +\d+ MB written +(?:\(fifo +\d+%\) +)?\[buf +(\d{1,3})%\]")]
    private static partial Regex Update();

    [GeneratedRegex("^(?:xorriso|libburn) : (SORRY|FAILURE|FATAL|ABORT) : (.*)$")]
    private static partial Regex Said();

    [GeneratedRegex(@"^xorriso (\d[\w.]*) : ")]
    private static partial Regex Title();
}
