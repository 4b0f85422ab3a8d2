// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Media;
using Spindle.Service.Running;
using Spindle.Station;
using Spindle.Station.Contract;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle run FILE</c>: does what a request in JSON asks for, whichever verb it is of. For programs: the help does not list it.</summary>
internal sealed class RunCommand : Command, IHasExamples
{
    private const string Word = "run";
    private const int OutputBuffer = 32 * 1024; // characters

    public RunCommand(CommandContext context)
        : base(Word, "Do what a request in JSON asks for, and print its document")
    {
        Hidden = true;
        Argument<string> file = new("file") { Description = "The request, JSON (docs/formats/requests.md)", CompletionSources = { Values.Files } };
        Option<string?> job = new("--job") { Description = "Do it as a job of a service: all that is told goes into this folder, and Ctrl-C elsewhere is not meant for it", HelpName = "FOLDER", Hidden = true };
        Add(file);
        Add(job);
        SetAction((arguments, cancellationToken) => arguments.GetValue(job) is { } folder
            ? RunAsJobAsync(context, arguments, folder, arguments.GetRequiredValue(file), cancellationToken)
            : RunAsync(context, arguments, Paths.ExpandHome(arguments.GetRequiredValue(file)), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle run request.json --progress json", "a job of a program: the document on standard output, progress on standard error, and the usual exit codes"),
    ];

    private static async Task<int> RunAsync(CommandContext context, ParseResult arguments, string file, CancellationToken cancellationToken)
    {
        try
        {
            (IVerb verb, JsonElement request) = RequestFile.Read(file);
            return await verb.GiveAsync(new Runner(context, arguments, request, cancellationToken));
        }
        catch (OperationFailedException e)
        {
            return Fail(context, arguments, e.Failure);
        }
    }

    private static async Task<int> RunAsJobAsync(CommandContext context, ParseResult arguments, string folder, string file, CancellationToken cancellationToken)
    {
        try
        {
            using JobRun run = JobRun.Begin(folder, context.Time);
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run.Stopped);
            using Terminal terminal = new() { Output = new ResultWriter(run.Output, OutputBuffer), Error = new StreamWriter(run.Progress) { AutoFlush = true } };
            CommandContext own = context.On(terminal, run.Questions, new JobFetcher(run.Questions));
            int code = own.Delivered(await RunAsync(own, arguments, file, stop.Token));
            run.Finish(code); // last: who finds it finds all
            return code;
        }
        catch (OperationFailedException e)
        {
            return Fail(context, arguments, e.Failure);
        }
    }

    private static int Fail(CommandContext context, ParseResult arguments, Failure failure) =>
        (int)new VerbOutput(Word, context.Terminal, isJson: true, GlobalOptions.StyleOf(arguments)).Fail(failure);

    private sealed class Runner(CommandContext context, ParseResult arguments, JsonElement request, CancellationToken cancellationToken) : IVerbUser<int>
    {
        public Task<int> UseAsync<TRequest, TDocument>(Verb<TRequest, TDocument> verb)
            where TRequest : notnull
            where TDocument : Document => context.RunAsync(verb, arguments, _ => RequestReader.Read(request, verb.Request), text: null, cancellationToken);
    }
}
