// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Cli.Terminals;

namespace Spindle.Cli.Commands;

/// <summary>Percentages on command lines.</summary>
internal static class Percent
{
    /// <summary>Reads the value of an option, with or without its sign: <c>10</c>, <c>10%</c>, <c>2.5%</c>.</summary>
    /// <param name="option">Its name.</param>
    /// <param name="text">Its value; null where it was not given.</param>
    /// <param name="most">The largest that makes sense; the smallest is more than 0.</param>
    /// <exception cref="UsageException">It is no percentage, or none that makes sense.</exception>
    public static double? Parse(string option, string? text, double most) => text is null ? null
        : double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent) && percent > 0 && percent <= most ? percent
        : throw new UsageException($"{option} {text} is not a percentage between 0 and {most}", "such as 10%");
}
