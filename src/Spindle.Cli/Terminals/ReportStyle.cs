// SPDX-License-Identifier: MIT
namespace Spindle.Cli.Terminals;

/// <summary>How a text report is written.</summary>
/// <param name="IsQuiet">Errors only.</param>
/// <param name="IsVerbose">More of what was done.</param>
/// <param name="NoColor">No colours.</param>
/// <param name="Progress">How progress is told.</param>
internal sealed record ReportStyle(bool IsQuiet, bool IsVerbose, bool NoColor, ProgressStyle Progress);

/// <summary>How progress is told on standard error.</summary>
internal enum ProgressStyle
{
    /// <summary>For people: drawn in place on a terminal, else a line every few seconds.</summary>
    Text,

    /// <summary>For programs: one JSON object a line.</summary>
    Json,

    /// <summary>Not at all.</summary>
    None,
}
