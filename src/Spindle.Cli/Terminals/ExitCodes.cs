// SPDX-License-Identifier: MIT
namespace Spindle.Cli.Terminals;

/// <summary>The exit codes, in the words of the help and of the manual pages.</summary>
internal static class ExitCodes
{
    /// <summary>All of them, each with what it says.</summary>
    public static IReadOnlyList<(ExitCode Code, string Meaning)> All { get; } =
    [
        (ExitCode.Done, "done, and all that was asked for holds"),
        (ExitCode.Failed, "failed: the message says what, and what to do"),
        (ExitCode.DoneWithLosses, "done, but something is missing or does not agree"),
        (ExitCode.Usage, "wrong usage"),
        (ExitCode.Cancelled, "cancelled; what was done is kept and can be resumed"),
    ];
}
