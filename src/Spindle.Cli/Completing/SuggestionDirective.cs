// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Spindle.Cli.Completing;

/// <summary><c>spindle [suggest] LINE</c>, or <c>[suggest:N] LINE</c> where the cursor is not at its end: what the scripts of shells ask.</summary>
/// <remarks>
/// It prints a line for each word that fits, a tab and its meaning behind it. The last line may be <c>:files</c> or <c>:directories</c>: the
/// shell is to offer these, too.
/// </remarks>
internal sealed class SuggestionDirective : Directive
{
    /// <param name="drives">Paths of the optical drives, asked for where one belongs.</param>
    public SuggestionDirective(Func<IReadOnlyList<string>> drives)
        : base("suggest") => Action = new Answer(this, drives);

    private sealed class Answer(SuggestionDirective directive, Func<IReadOnlyList<string>> drives) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            string line = parseResult.Tokens.LastOrDefault(token => token.Type != TokenType.Directive)?.Value ?? "";
            string? position = parseResult.GetResult(directive)!.Values.FirstOrDefault();
            Suggested suggested = CursorPlace.Suggest(
                parseResult.RootCommandResult.Command, uint.TryParse(position, out uint end) && end < line.Length ? line[..(int)end] : line, drives);
            TextWriter output = parseResult.InvocationConfiguration.Output;
            foreach (Candidate candidate in suggested.Candidates)
            {
                output.Write(candidate.Meaning is { } meaning ? $"{candidate.Word}\t{meaning}\n" : $"{candidate.Word}\n");
            }

            if (suggested.Names != FileNames.None)
            {
                output.Write(suggested.Names == FileNames.Files ? ":files\n" : ":directories\n");
            }

            return 0;
        }
    }
}
