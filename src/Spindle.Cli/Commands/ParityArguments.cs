// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Station.Protecting;

namespace Spindle.Cli.Commands;

/// <summary>What <c>check</c> and <c>repair</c> are told in the same words: the image, its parity file, its map.</summary>
internal sealed class ParityArguments
{
    private readonly Argument<string> _image = new("image")
    {
        Description = "The protected image: ours, or one that dvdisaster made (RS03, RS02)",
        CompletionSources = { Values.Drives, Values.Files },
    };

    private readonly Option<string?> _ecc = new("--ecc") { Description = "The file that its parity is kept in (RS03, RS01)", HelpName = "FILE" };

    private readonly Option<string?> _map = new("--map") { Description = "The map of its rescue: what was not read counts as missing", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(_image);
        command.Add(_ecc);
        command.Add(_map);
    }

    public ParityChoice Of(ParseResult arguments) => new(
        Paths.ExpandHome(arguments.GetRequiredValue(_image)),
        arguments.GetValue(_ecc) is { } file ? Paths.ExpandHome(file) : null,
        arguments.GetValue(_map) is { } map ? Paths.ExpandHome(map) : null);
}
