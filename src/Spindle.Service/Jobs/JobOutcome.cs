// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>What an ended job came to. The first four are the exit codes of a verb.</summary>
public enum JobOutcome
{
    /// <summary>All that was asked for (exit 0).</summary>
    Done,

    /// <summary>Not all of it, which its document tells (exit 2).</summary>
    Incomplete,

    /// <summary>It could not be done (exit 1, 64).</summary>
    Failed,

    /// <summary>It was stopped (exit 130), or taken back before it began.</summary>
    Cancelled,

    /// <summary>Its process ended without a word: by a signal, or without a document.</summary>
    Crashed,

    /// <summary>It was to be stopped, and nobody knows what became of it.</summary>
    Lost,
}
