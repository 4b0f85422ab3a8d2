// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Media;
using Spindle.Station;
using Spindle.Station.Contract;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle run FILE</c>: does what a request in JSON asks for, whichever verb it is of. For programs: the help does not list it.</summary>
internal sealed class RunCommand : Command, IHasExamples
{
    private const string Word = "run";

    public RunCommand(CommandContext context)
        : base(Word, "Do what a request in JSON asks for, and print its document")
    {
        Hidden = true;
        Argument<string> file = new("file") { Description = "The request, JSON (docs/formats/requests.md)", CompletionSources = { Values.Files } };
        Add(file);
        SetAction(async (arguments, cancellationToken) =>
        {
            try
            {
                (IVerb verb, JsonElement request) = RequestFile.Read(Paths.ExpandHome(arguments.GetRequiredValue(file)));
                return await verb.GiveAsync(new Runner(context, arguments, request, cancellationToken));
            }
            catch (OperationFailedException e)
            {
                return (int)new VerbOutput(Word, context.Terminal, isJson: true, GlobalOptions.StyleOf(arguments)).Fail(e.Failure);
            }
        });
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle run request.json --progress json", "a job of a program: the document on standard output, progress on standard error, and the usual exit codes"),
    ];

    private sealed class Runner(CommandContext context, ParseResult arguments, JsonElement request, CancellationToken cancellationToken) : IVerbUser<int>
    {
        public Task<int> UseAsync<TRequest, TDocument>(Verb<TRequest, TDocument> verb)
            where TRequest : notnull
            where TDocument : Document => context.RunAsync(verb, arguments, _ => RequestReader.Read(request, verb.Request), text: null, cancellationToken);
    }
}
