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
    private const string Schema = "spindle/request/1";
    private const long LongestRequest = 64 << 20; // bytes: a list of paths may be long

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
                (IVerb verb, JsonElement request) = Read(Paths.ExpandHome(arguments.GetRequiredValue(file)));
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

    private static (IVerb Verb, JsonElement Request) Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LongestRequest })
            {
                throw NoRequest(path, $"it has more than {LongestRequest >> 20} MiB");
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schema", out JsonElement schema) || schema.ValueKind != JsonValueKind.String || schema.GetString() != Schema)
            {
                throw NoRequest(path, $"its \"schema\" is not \"{Schema}\"");
            }

            string? name = root.TryGetProperty("verb", out JsonElement word) && word.ValueKind == JsonValueKind.String ? word.GetString() : null;
            IVerb verb = Verbs.All.SingleOrDefault(known => known.Name == name) ?? throw NoRequest(path, name is null ? "it names no verb" : $"there is no verb {name}");
            return root.TryGetProperty("request", out JsonElement request) ? (verb, request.Clone()) : throw NoRequest(path, "it has no \"request\"");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OperationFailedException(new("no-such-source", $"there is no file {path}", "check the name"), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(new("source-unreadable", $"{path} cannot be read: {e.Message}", "check its permissions"), e);
        }
        catch (JsonException e)
        {
            throw NoRequest(path, $"it is no JSON: {e.Message}");
        }
    }

    private static OperationFailedException NoRequest(string path, string why) =>
        new(new("not-a-request", $"{path} is no request: {why}", "docs/formats/requests.md says what one looks like"));

    private sealed class Runner(CommandContext context, ParseResult arguments, JsonElement request, CancellationToken cancellationToken) : IVerbUser<int>
    {
        public Task<int> UseAsync<TRequest, TDocument>(Verb<TRequest, TDocument> verb)
            where TRequest : notnull
            where TDocument : Document => context.RunAsync(verb, arguments, _ => RequestReader.Read(request, verb.Request), text: null, cancellationToken);
    }
}
