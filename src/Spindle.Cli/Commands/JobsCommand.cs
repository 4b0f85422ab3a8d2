// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Completions;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Managing;
using Spindle.Service.Running;
using Spindle.Station.Contract;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle jobs</c>: what the service of this machine has to do, does and did; it need not run.</summary>
internal sealed class JobsCommand : Command, IHasExamples
{
    private const int NumbersOffered = 20;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    private readonly CommandContext _context;
    private readonly Option<string?> _state = new("--state") { Description = "The folder of the station, as of 'spindle serve'", HelpName = "DIR", Recursive = true, CompletionSources = { Values.Directories } };

    public JobsCommand(CommandContext context)
        : base("jobs", "Show the jobs of the service; add, stop, retry them, answer what they ask")
    {
        _context = context;
        Option<string?> only = new("--only") { Description = $"Only those that are so: {string.Join(", ", Words)}", HelpName = "STATE" };
        only.AcceptOnlyFromAmong([.. Words]);
        Option<string?> ofBatch = new("--batch") { Description = "Only those of this batch", HelpName = "NAME" };
        Option<long?> before = new("--before") { Description = "Only those before this number", HelpName = "NUMBER" };
        Option<int> limit = new("--limit") { Description = "So many at most", HelpName = "COUNT", DefaultValueFactory = _ => JobsRequest.UsualLimit };
        Add(only);
        Add(ofBatch);
        Add(before);
        Add(limit);
        Add(_state);
        SetAction((arguments, cancellationToken) => RunAsync(
            JobsVerb.List, arguments, words => new JobsRequest { Only = words.GetValue(only), Batch = words.GetValue(ofBatch), Before = words.GetValue(before), Limit = words.GetValue(limit) }, isDetailed: false, cancellationToken));
        AddAdding();
        AddStopping();
        AddNumbered("retry", "Do a job once more that has ended; it goes on where it was cut off, if its verb can", JobsVerb.Retry, number => new AgainRequest(number, Environment.UserName));
        AddNumbered("show", "Tell all that is known of a job", JobsVerb.Show, number => new JobRequest(number));
        AddLog();
        AddAnswering();
        AddArranging();
        AddNumbered("release", "Give a job free whose service was not heard of for long: you say that it does not work any more", JobsVerb.Release, number => new AgainRequest(number, Environment.UserName));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle jobs", "the newest jobs, each with how far it is"),
        ("spindle jobs add request.json", "what docs/formats/requests.md calls a request becomes a job; 'spindle serve' does it"),
        ("spindle jobs stop 57", "job 57 ends in order, so that it can be gone on with; --now ends it at once"),
        ("spindle jobs log 57 --follow", "what its process tells of itself, until it ends"),
        ("spindle jobs pause /dev/sr1", "no job begins in that drive, until 'spindle jobs continue /dev/sr1'; without a drive, none at all"),
    ];

    private static IEnumerable<string> Words => Enum.GetValues<JobState>().Select(JsonForm.Word).Concat(Enum.GetValues<JobOutcome>().Select(JsonForm.Word)).Distinct();

    private void AddAdding()
    {
        Command add = new("add", "Enter a request as a job");
        Argument<string> file = new("file") { Description = "The request, JSON (docs/formats/requests.md); its relative paths are taken from here", HelpName = "file", CompletionSources = { Values.Files } };
        Option<string?> title = new("--title") { Description = "What people are to call it", HelpName = "TEXT" };
        Option<int> priority = new("--priority") { Description = "The higher goes first; 0 is usual", HelpName = "NUMBER" };
        Option<string?> batch = new("--batch") { Description = "The batch that it belongs to", HelpName = "NAME" };
        add.Add(file);
        add.Add(title);
        add.Add(priority);
        add.Add(batch);
        add.SetAction((arguments, cancellationToken) => RunAsync(JobsVerb.Add, arguments, words => new AddJobRequest(Paths.ExpandHome(words.GetRequiredValue(file)), Environment.CurrentDirectory)
        {
            Title = words.GetValue(title),
            Priority = words.GetValue(priority),
            Batch = words.GetValue(batch),
            Operator = Environment.UserName,
        }, isDetailed: true, cancellationToken));
        Add(add);
    }

    private void AddStopping()
    {
        Command stop = new("stop", "Ask a job to end in order; one that waits is taken back");
        Argument<long> number = NumberArgument();
        Option<bool> now = new("--now") { Description = "End its process at once" };
        stop.Add(number);
        stop.Add(now);
        stop.SetAction((arguments, cancellationToken) => RunAsync(
            JobsVerb.Stop, arguments, words => new StopJobRequest(words.GetRequiredValue(number), words.GetValue(now), Environment.UserName), isDetailed: true, cancellationToken));
        Add(stop);
    }

    private void AddAnswering()
    {
        Command answer = new("answer", "Answer what a job asks");
        Argument<long> number = NumberArgument();
        Argument<string> said = new("answer") { Description = "yes or no" };
        said.AcceptOnlyFromAmong("yes", "no");
        answer.Add(number);
        answer.Add(said);
        answer.SetAction((arguments, cancellationToken) => RunAsync(
            JobsVerb.Answer, arguments, words => new AnswerJobRequest(words.GetRequiredValue(number), words.GetRequiredValue(said), Environment.UserName), isDetailed: true, cancellationToken));
        Add(answer);
    }

    private void AddArranging()
    {
        Command priority = new("priority", "Say when a job that waits has its turn");
        Argument<long> number = NumberArgument();
        Argument<int?> value = new("priority") { Description = $"The higher goes first, from -{JobOrder.MostPriority} to {JobOrder.MostPriority}; 0 is usual. Without it, before all that wait", Arity = ArgumentArity.ZeroOrOne };
        priority.Add(number);
        priority.Add(value);
        priority.SetAction((arguments, cancellationToken) => RunAsync(
            JobsVerb.Prioritize, arguments, words => new PrioritizeRequest(words.GetRequiredValue(number), words.GetValue(value), Environment.UserName), isDetailed: true, cancellationToken));
        Add(priority);
        AddPausing("pause", "Begin no job, or none in a drive; what runs goes on", isPaused: true);
        AddPausing("continue", "Begin jobs again", isPaused: false);
        AddBatch("open", "Open a batch, or open it again", isClosed: false);
        AddBatch("close", "Close a batch: it takes no new jobs", isClosed: true);
    }

    private void AddPausing(string name, string description, bool isPaused)
    {
        Command command = new(name, description);
        Argument<string?> drive = new("drive") { Description = "A drive, by its path, its identity or its name; without one, all jobs", HelpName = "drive", Arity = ArgumentArity.ZeroOrOne, CompletionSources = { Values.Drives } };
        command.Add(drive);
        command.SetAction((arguments, cancellationToken) => RunAsync(
            JobsVerb.Pause, arguments, words => new PauseRequest(words.GetValue(drive), isPaused, Environment.UserName), isDetailed: false, cancellationToken));
        Add(command);
    }

    private void AddBatch(string name, string description, bool isClosed)
    {
        Command command = new(name, description);
        Argument<string> batch = new("batch") { Description = "What it is called", HelpName = "batch" };
        command.Add(batch);
        command.SetAction((arguments, cancellationToken) => RunAsync(
            JobsVerb.Batch, arguments, words => new BatchRequest(words.GetRequiredValue(batch), isClosed, Environment.UserName), isDetailed: false, cancellationToken));
        Add(command);
    }

    private void AddNumbered<TRequest>(string name, string description, Verb<TRequest, JobsDocument> verb, Func<long, TRequest> toRequest)
        where TRequest : notnull
    {
        Command command = new(name, description);
        Argument<long> number = NumberArgument();
        command.Add(number);
        command.SetAction((arguments, cancellationToken) => RunAsync(verb, arguments, words => toRequest(words.GetRequiredValue(number)), isDetailed: true, cancellationToken));
        Add(command);
    }

    private void AddLog()
    {
        Command log = new("log", "Print what the process of a job tells: its progress, and errors where it broke");
        Argument<long> number = NumberArgument();
        Option<bool> follow = new("--follow", "-f") { Description = "Go on until it has ended" };
        log.Add(number);
        log.Add(follow);
        log.SetAction(async (arguments, cancellationToken) =>
        {
            try
            {
                await PrintAsync(FolderOf(arguments), arguments.GetRequiredValue(number), arguments.GetValue(follow), cancellationToken);
                return (int)ExitCode.Done;
            }
            catch (OperationFailedException e)
            {
                return (int)new VerbOutput(Name, _context.Terminal, GlobalOptions.IsJson(arguments), GlobalOptions.StyleOf(arguments)).Fail(e.Failure);
            }
            catch (OperationCanceledException)
            {
                return (int)ExitCode.Cancelled;
            }
        });
        Add(log);
    }

    private async Task PrintAsync(string folder, long number, bool follows, CancellationToken cancellationToken)
    {
        LogReader? reader = null;
        while (true)
        {
            (JobFolder? files, bool hasEnded) = await JobsVerb.FilesAsync(folder, number, cancellationToken);
            reader = files is null || reader?.Path == files.Path ? reader : new(files);
            foreach (string line in reader?.Next() ?? [])
            {
                _context.Terminal.Output.WriteLine(line);
            }

            await _context.Terminal.Output.FlushAsync(cancellationToken);
            if (hasEnded || !follows)
            {
                foreach (string line in files?.ErrorText().Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [])
                {
                    _context.Terminal.Output.WriteLine(line);
                }

                return;
            }

            await Task.Delay(BetweenLooks, _context.Time, cancellationToken);
        }
    }

    private Task<int> RunAsync<TRequest>(Verb<TRequest, JobsDocument> verb, ParseResult arguments, Func<ParseResult, TRequest> toRequest, bool isDetailed, CancellationToken cancellationToken)
        where TRequest : notnull =>
        _context.At(FolderOf(arguments)).RunAsync(verb, arguments, toRequest, new JobsText(_context.Time, isDetailed), cancellationToken);

    private string FolderOf(ParseResult arguments) => arguments.GetValue(_state) is { } state ? Path.GetFullPath(Paths.ExpandHome(state)) : _context.Equipment.Folder;

    private Argument<long> NumberArgument() => new("number") { Description = "The job's number", HelpName = "number", CompletionSources = { Numbers } };

    /// <summary>The newest jobs, where there are any.</summary>
    private IEnumerable<CompletionItem> Numbers(CompletionContext context)
    {
        string file = JobsFile.In(_context.Equipment.Folder);
        if (context == CompletionContext.Empty || !File.Exists(file))
        {
            return [];
        }

        try
        {
            IRegister register = JobsFile.Open(file);
            return [.. register.ListAsync(JobFilter.All, null, NumbersOffered, CancellationToken.None).GetAwaiter().GetResult().Select(job => new CompletionItem($"{job.Number}", detail: $"{job.Order.Verb} {job.Order.Title}"))];
        }
        catch (OperationFailedException)
        {
            return []; // at the cursor, nobody is told of errors
        }
    }
}
