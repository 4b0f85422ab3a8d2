// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Terminals;
using Spindle.Media;
using Spindle.Parity.Protecting;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle repair IMAGE</c>: mends a protected image, in place under a journal, or in a copy.</summary>
internal sealed class RepairCommand : Command, IHasExamples
{
    private readonly ParityArguments _arguments = new();

    private readonly Option<string?> _to = new("--to") { Description = "Write the mended image there; without it, the image itself is mended", HelpName = "FILE" };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace --to" };

    public RepairCommand(CommandContext context)
        : base("repair", "Mend a protected image with its parity")
    {
        _arguments.AddTo(this);
        Add(_to);
        Add(_overwrite);
        SetAction((arguments, cancellationToken) => context.RunAsync("repair", arguments, async (report, questions) =>
        {
            RepairRequest request = new()
            {
                Image = _arguments.Image(arguments),
                ParityFile = _arguments.ParityFile(arguments),
                Map = _arguments.Map(arguments),
                Target = arguments.GetValue(_to) is { } target ? Paths.ExpandHome(target) : null,
                AcceptsAnother = GlobalOptions.AnswersYes(arguments),
                Overwrite = arguments.GetValue(_overwrite) || GlobalOptions.AnswersYes(arguments),
            };
            RepairResult result;
            try
            {
                result = await Task.Run(() => Repairer.Repair(request, report.Progress, cancellationToken), CancellationToken.None);
            }
            catch (OperationFailedException e) when (e.Failure.Code == "other-parity" && questions.CanAsk)
            {
                if (!questions.Confirm($"{e.Failure.What}. Mend it nevertheless?"))
                {
                    throw;
                }

                result = await Task.Run(() => Repairer.Repair(request with { AcceptsAnother = true }, report.Progress, cancellationToken), CancellationToken.None);
            }

            report.Repaired(result);
            return result.IsWhole ? ExitCode.Done : ExitCode.DoneWithLosses;
        }));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle repair disc.iso --map disc.map", "the image is mended in place; if that is interrupted, call it again"),
        ("spindle repair damaged.iso --to whole.iso", "the damaged image stays as it is"),
    ];
}
