// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Media;
using Spindle.Service.Jobs;
using Spindle.Service.Orders;
using Spindle.Station.Archiving;
using Spindle.Station.Contract;
using Spindle.Station.Demonstrating;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle demo</c>: makes a small disc image of its own and runs the real pipeline on it; or serves pages of a station whose drives are folders.</summary>
internal sealed class DemoCommand : Command, IHasExamples
{
    private readonly CommandContext _context;

    private readonly Option<string?> _directory = new("--dir")
    {
        Description = "Where everything is written [default: spindle-demo; with --serve a temporary folder]",
        HelpName = "DIR",
    };

    private readonly Option<bool> _serve = new("--serve") { Description = "Open the pages of 'spindle serve', with two simulated drives, a stack of discs for each, and a small archive" };

    private readonly Option<string?> _urls = new("--urls") { Description = "With --serve: listen there", HelpName = "URL" };

    public DemoCommand(CommandContext context)
        : base("demo", "See it work, with no optical drive: makes a small disc and images it")
    {
        _context = context;
        Add(_directory);
        Add(_serve);
        Add(_urls);
        SetAction((arguments, cancellationToken) => arguments.GetValue(_serve) ? ServeAsync(arguments, cancellationToken) : context.RunAsync(
            DemoVerb.Verb, arguments, words => new DemoRequest(Paths.ExpandHome(words.GetValue(_directory) ?? "spindle-demo")), new DemoText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle demo", "everything is written to ./spindle-demo"),
        ("spindle demo --dir /tmp/demo --json", "the same, told to a program"),
        ("spindle demo --serve", "prints an address: two drives, six discs, one of them scratched and one blank, and an archive of four files"),
    ];

    private async Task<int> ServeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        VerbOutput output = new(Name, _context.Terminal, GlobalOptions.IsJson(arguments), GlobalOptions.StyleOf(arguments));
        try
        {
            string folder = Path.GetFullPath(arguments.GetValue(_directory) is { } named ? Paths.ExpandHome(named) : Directory.CreateTempSubdirectory("spindle-demo-").FullName);
            bool isNew = !Directory.Exists(Path.Combine(folder, "drives"));
            DemoStation station = DemoStation.In(folder);
            Environment.SetEnvironmentVariable(DemoStation.Variable, station.Drives); // the processes of jobs have these drives, too
            if (isNew)
            {
                await EnterArchiveAsync(station, cancellationToken);
            }

            new TextLines(_context.Terminal, GlobalOptions.StyleOf(arguments)).Aside($"Everything is in {folder}: remove it when you have seen enough.");
            string[] urls = arguments.GetValue(_urls) is { } url ? ["--urls", url] : [];
            string[] json = GlobalOptions.IsJson(arguments) ? ["--json"] : [];
            CommandContext simulated = new(_context.Terminal) { Equipment = DemoStation.EquipmentOf(station.Drives, _context.Equipment) };
            return await simulated.InvokeAsync(["serve", "--state", station.State, "--root", folder, .. urls, .. json], cancellationToken);
        }
        catch (OperationFailedException e)
        {
            return (int)output.Fail(e.Failure);
        }
    }

    /// <summary>The files become an archive on one disc: jobs of one catalogue, which wait for each other.</summary>
    private static async Task EnterArchiveAsync(DemoStation station, CancellationToken cancellationToken)
    {
        await using IRegister register = JobsFile.Open(JobsFile.In(station.State));
        await EnterAsync(register, ScanVerb.Verb, new(station.Catalogue, new() { Sources = [station.Files], Job = "Family" }), cancellationToken);
        await EnterAsync(register, PlanVerb.Verb, new(station.Catalogue, new() { Capacity = "cd" }), cancellationToken);
        await EnterAsync(register, WriteVerb.Verb, new(station.Catalogue, null, new() { Directory = station.Images }), cancellationToken);
    }

    private static async Task EnterAsync<TRequest, TDocument>(IRegister register, Verb<TRequest, TDocument> verb, TRequest request, CancellationToken cancellationToken)
        where TRequest : notnull
        where TDocument : Document =>
        await register.EnqueueAsync(Ordering.Of(verb, JsonSerializer.SerializeToElement(request, verb.Request), _ => null, new() { Batch = "Family" }), cancellationToken);
}
