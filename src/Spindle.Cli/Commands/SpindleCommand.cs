// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using Spindle.Cli.Completing;

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
            new MountCommand(context),
            new VaultCommand(context),
            new VerifyCommand(context),
            new AuditCommand(context),
            new AccessCommand(context),
            new FindCommand(context),
            new WhereCommand(context),
            new PlanCommand(context),
            new DiscsCommand(context),
            new EventsCommand(context),
            new LabelCommand(context),
            new NumIsosCommand(context),
            new WriteCommand(context),
            new BurnCommand(context),
            new ArchiveCommand(context),
            new RobotCommand(context),
            new BatchCommand(context),
            new ExportCommand(context),
            new ImportCommand(context),
            new ProtectCommand(context),
            new CheckCommand(context),
            new RepairCommand(context),
            new ParityCommand(context),
            new DemoCommand(context),
            new CompletionCommand(context),
            new ManualCommand(context),
            new RunCommand(context),
            new JobsCommand(context),
            new ServeCommand(context),
        };
        foreach (Option option in GlobalOptions.All)
        {
            root.Add(option);
        }

        foreach (Argument argument in root.Subcommands.SelectMany(command => command.Arguments))
        {
            argument.HelpName ??= argument.Name; // else the help has the values that shells offer in its place
        }

        root.Directives.Remove(root.Directives.OfType<SuggestDirective>().Single()); // it offers options where files belong
        root.Add(new SuggestionDirective(context.Equipment.DrivePaths));

        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}
