// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Demonstrating;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle demo</c>: makes a small disc image of its own and runs the real pipeline on it.</summary>
internal sealed class DemoCommand : Command, IHasExamples
{
    private readonly Option<string> _directory = new("--dir")
    {
        Description = "Where everything is written",
        HelpName = "DIR",
        DefaultValueFactory = _ => "spindle-demo",
    };

    public DemoCommand(CommandContext context)
        : base("demo", "See it work, with no optical drive: makes a small disc and images it")
    {
        Add(_directory);
        SetAction((arguments, cancellationToken) => context.RunAsync(
            DemoVerb.Verb, arguments, words => new DemoRequest(Paths.ExpandHome(words.GetValue(_directory)!)), new DemoText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle demo", "everything is written to ./spindle-demo"),
        ("spindle demo --dir /tmp/demo --json", "the same, told to a program"),
    ];
}
