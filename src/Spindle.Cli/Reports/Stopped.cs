// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Cli.Reports;

/// <summary>What is told of a command that was stopped by Ctrl-C.</summary>
internal static class Stopped
{
    /// <param name="command">Its name: some keep what was done, others have nothing to keep.</param>
    public static Failure Of(string command) => command switch
    {
        "image" => new("cancelled", "stopped; what was read is kept", "go on with --resume"),
        "ls" or "tree" or "inspect" or "damage" or "find" or "where" or "discs" or "drives" or "check" or "export" => new("cancelled", "stopped"),
        _ => new("cancelled", "stopped; what was done is kept", "the same command goes on"),
    };
}
