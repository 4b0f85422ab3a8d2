// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Help;

namespace Spindle.Cli.Commands;

/// <summary>The root: every command is one line here.</summary>
internal static class SpindleCommand
{
    public static RootCommand Create(CommandContext context)
    {
        RootCommand root = new("Spindle looks after what is on optical discs: from disc to proven image, from files to discs and back.")
        {
            new DrivesCommand(context),
            new ImageCommand(context),
            new InspectCommand(context),
            new LsCommand(context),
            new TreeCommand(context),
            new ExtractCommand(context),
            new DamageCommand(context),
            new MergeCommand(context),
            new ScanCommand(context),
            new RestoreCommand(context),
            new VerifyCommand(context),
            new FindCommand(context),
            new WhereCommand(context),
            new PlanCommand(context),
            new DiscsCommand(context),
            new EventsCommand(context),
            new NumIsosCommand(context),
            new WriteCommand(context),
            new ArchiveCommand(context),
            new ExportCommand(context),
            new ImportCommand(context),
            new ProtectCommand(context),
            new CheckCommand(context),
            new RepairCommand(context),
            new DemoCommand(context),
            new CompletionCommand(context),
        };
        foreach (Option option in GlobalOptions.All)
        {
            root.Add(option);
        }

        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}
