// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Spindle.Cli.Terminals;

namespace Spindle.Cli.Commands;

/// <summary>A command that shows how it is used.</summary>
internal interface IHasExamples
{
    /// <summary>Two or three real command lines, each with what it does.</summary>
    IReadOnlyList<(string CommandLine, string Meaning)> Examples { get; }
}

/// <summary>The library's help, and below it examples and exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is IHasExamples { Examples: var examples })
        {
            output.WriteLine("Examples:");
            foreach ((string commandLine, string meaning) in examples)
            {
                output.WriteLine($"  {commandLine}");
                output.WriteLine($"      {meaning}");
            }

            output.WriteLine();
        }

        output.WriteLine("Exit codes:");
        foreach ((ExitCode exitCode, string meaning) in ExitCodes.All)
        {
            output.WriteLine($"  {(int)exitCode,-3} {meaning}");
        }

        return code;
    }
}
