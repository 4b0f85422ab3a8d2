// SPDX-License-Identifier: MIT
namespace Spindle.Cli.Terminals;

/// <summary>What the shell is told. The manual lists the same.</summary>
internal enum ExitCode
{
    /// <summary>Done, and all that was asked for holds.</summary>
    Done = 0,

    /// <summary>Failed: the message says what, and what to do.</summary>
    Failed = 1,

    /// <summary>Done, but something is missing or does not agree.</summary>
    DoneWithLosses = 2,

    /// <summary>Wrong usage.</summary>
    Usage = 64,

    /// <summary>Cancelled; what was done is kept and can be resumed.</summary>
    Cancelled = 130,
}
