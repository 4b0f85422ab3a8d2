// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Parity;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle check IMAGE</c>: what is wrong with a protected image, and how much more it can bear.</summary>
internal sealed class CheckCommand : Command, IHasExamples
{
    private readonly ParityArguments _arguments = new();

    public CheckCommand(CommandContext context)
        : base("check", "Check a protected image: damage, margin, verdict")
    {
        _arguments.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync("check", arguments, async (report, _) =>
        {
            CheckRequest request = new()
            {
                Image = _arguments.Image(arguments),
                ParityFile = _arguments.ParityFile(arguments),
                Map = _arguments.Map(arguments),
            };
            CheckResult result = await Task.Run(() => Checker.Check(request, report.Parity, cancellationToken), CancellationToken.None);
            report.Checked(result);
            return result.Damage.IsNone ? ExitCode.Done : ExitCode.DoneWithLosses;
        }));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle check disc.iso", "every sector is read and tested; exit 2 where anything is wrong"),
        ("spindle check disc.iso --map disc.map", "what a rescue could not read counts as missing"),
        ("spindle check disc.iso --ecc disc.ecc --json", "an image with its parity in a file, told to a program"),
    ];
}
