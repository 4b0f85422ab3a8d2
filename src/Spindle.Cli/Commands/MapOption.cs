// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Terminals;
using Spindle.Imaging.Sources;

namespace Spindle.Cli.Commands;

/// <summary><c>--map FILE</c>: what is known of the sectors of an image.</summary>
internal sealed class MapOption : Option<string?>
{
    public MapOption()
        : base("--map")
    {
        Description = "The image's map, which tells what of it was not read; else NAME.map beside it, or none to ask none";
        HelpName = "FILE";
    }

    public string? PathOf(ParseResult arguments) =>
        arguments.GetValue(this) is { } path && path != SourceChoice.NoMap ? Paths.ExpandHome(path) : arguments.GetValue(this);
}
