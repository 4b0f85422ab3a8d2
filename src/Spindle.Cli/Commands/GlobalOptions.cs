// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Terminals;

namespace Spindle.Cli.Commands;

/// <summary>The options that every command has.</summary>
internal static class GlobalOptions
{
    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON document on standard output, and nothing else there",
        Recursive = true,
    };

    private static readonly Option<string> Progress = MakeProgress();

    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Print errors only", Recursive = true };

    private static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "Print more of what is done", Recursive = true };

    private static readonly Option<bool> NoColor = new("--no-color") { Description = "Print no colours; NO_COLOR does the same", Recursive = true };

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Answer every question with yes", Recursive = true };

    public static IReadOnlyList<Option> All => [Json, Progress, Quiet, Verbose, NoColor, Yes];

    public static bool IsJson(ParseResult arguments) => arguments.GetValue(Json);

    public static bool AnswersYes(ParseResult arguments) => arguments.GetValue(Yes);

    /// <summary>Whether something may be replaced or the like: by its own option, or because every question is answered with yes.</summary>
    public static bool Allows(ParseResult arguments, Option<bool> option) => arguments.GetValue(option) || AnswersYes(arguments);

    public static ProgressStyle ProgressOf(ParseResult arguments) => (arguments.GetValue(Progress), arguments.GetValue(Quiet)) switch
    {
        ("json", _) => ProgressStyle.Json,
        (_, true) or ("none", _) => ProgressStyle.None,
        _ => ProgressStyle.Text,
    };

    public static ReportStyle StyleOf(ParseResult arguments) => new(
        arguments.GetValue(Quiet), arguments.GetValue(Verbose), arguments.GetValue(NoColor), ProgressOf(arguments));

    private static Option<string> MakeProgress()
    {
        Option<string> option = new("--progress")
        {
            Description = "How progress is told on standard error: text, json (one object a line) or none",
            HelpName = "STYLE",
            Recursive = true,
            DefaultValueFactory = _ => "text",
        };
        option.AcceptOnlyFromAmong("text", "json", "none");
        return option;
    }
}
