// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Terminals;

namespace Spindle.Cli.Commands;

/// <summary><c>--catalogue FILE</c>, of the commands that work on one.</summary>
internal sealed class CatalogueOption
{
    private readonly Option<string> _option = new("--catalogue")
    {
        Description = "The catalogue; SPINDLE_CATALOGUE names another default",
        HelpName = "FILE",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SPINDLE_CATALOGUE") is { Length: > 0 } file ? file : "catalogue.db",
    };

    public void AddTo(Command command) => command.Add(_option);

    /// <summary>Whether somebody said which catalogue, and did not leave it at the usual one.</summary>
    public bool IsNamed(ParseResult arguments) => arguments.GetResult(_option) is { Implicit: false } || Environment.GetEnvironmentVariable("SPINDLE_CATALOGUE") is { Length: > 0 };

    public string Path(ParseResult arguments) => Paths.ExpandHome(arguments.GetValue(_option)!);
}
