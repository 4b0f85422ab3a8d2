// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Cli.Terminals;

namespace Spindle.Cli.Commands;

/// <summary>Moments on command lines.</summary>
internal static class Moments
{
    /// <summary>Reads the value of an option; a date alone is its first moment, where this machine is.</summary>
    /// <exception cref="UsageException">It is no moment.</exception>
    public static DateTimeOffset? Parse(string option, string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset moment) ? moment
        : throw new UsageException($"{option} {text} is not a date", "such as 2026-01-31, or 2026-01-31T12:00Z");

    /// <summary>Reads the value of an option; a date alone is its last moment, where this machine is.</summary>
    /// <exception cref="UsageException">It is no moment.</exception>
    public static DateTimeOffset? ParseEnd(string option, string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? Parse(option, text)!.Value.AddDays(1).AddTicks(-1) : Parse(option, text);
}
