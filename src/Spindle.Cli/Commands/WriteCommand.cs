// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Archiving.Catalogue;
using Spindle.Archiving.Discs;
using Spindle.Cli.Reports;
using Spindle.Cli.Terminals;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle write [N]</c>: makes the image of a planned disc.</summary>
internal sealed class WriteCommand : Command, IHasExamples
{
    private readonly Argument<int> _disc = new("disc") { Description = "Number of the disc, from 0", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => 0 };

    private readonly Option<bool> _all = new("--all") { Description = "All discs of the plan; what is finished is not made again" };

    private readonly CatalogueOption _catalogue = new();
    private readonly WriteOptions _options = new();

    public WriteCommand(CommandContext context)
        : base("write", "Make the image of a planned disc: UDF and ISO 9660, with the archive's catalogue on it")
    {
        Aliases.Add("write_iso");
        Aliases.Add("create_iso");
        Add(_disc);
        Add(_all);
        _catalogue.AddTo(this);
        _options.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync("write", arguments, async (report, _) =>
        {
            using CatalogueDatabase database = CatalogueDatabase.OpenForWriting(_catalogue.Path(arguments));
            IReadOnlyList<int> numbers = arguments.GetValue(_all)
                ? [.. new DiscStore(database).All().Where(disc => disc.Status == "written").Select(disc => disc.Number).Concat(new DiscStore(database).ToBeWritten()).Order()]
                : [arguments.GetValue(_disc)];
            IReadOnlyList<WriteResult> results = await _options.WriteAsync(database, numbers, arguments, report, context, cancellationToken);
            report.Written(results);
            return results.All(result => result.IsGood) ? ExitCode.Done : ExitCode.DoneWithLosses;
        }));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle write", "disc 0, as JOB_0000.iso in the current directory"),
        ("spindle write --all --to /srv/images", "all discs; run it again to go on where it was stopped"),
        ("spindle write 3 --overwrite", "disc 3 again, years later: the same bytes"),
    ];
}

/// <summary>How discs are written, which <c>archive</c> has, too.</summary>
internal sealed class WriteOptions
{
    private readonly Option<string> _to = new("--to") { Description = "The directory of the images", HelpName = "DIR", DefaultValueFactory = _ => "." };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Make images again that are there" };

    private readonly Option<bool> _pretend = new("--pretend") { Description = "Do everything but write" };

    private readonly Option<string> _verify = new("--verify")
    {
        Description = "image: read each image again from storage when it is written; none: do not",
        HelpName = "WHAT",
        DefaultValueFactory = _ => "image",
    };

    public void AddTo(Command command)
    {
        _verify.AcceptOnlyFromAmong("image", "none");
        command.Add(_to);
        command.Add(_overwrite);
        command.Add(_pretend);
        command.Add(_verify);
    }

    /// <summary>Makes the directory of the images, unless it is there.</summary>
    /// <returns>Its absolute path.</returns>
    public string CreateDirectory(ParseResult arguments)
    {
        string directory = Paths.ExpandHome(arguments.GetValue(_to)!);
        try
        {
            return Directory.CreateDirectory(directory).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(new("target-denied", $"{directory} can't be written: {e.Message}", "name another directory with --to"), e);
        }
    }

    public async Task<IReadOnlyList<WriteResult>> WriteAsync(
        CatalogueDatabase database, IReadOnlyList<int> discs, ParseResult arguments, IReport report, CommandContext context, CancellationToken cancellationToken)
    {
        string directory = CreateDirectory(arguments);
        DiscWriter writer = new(database, context.Time);
        List<WriteResult> results = [];
        foreach (int disc in discs)
        {
            results.Add(await writer.WriteAsync(
                new()
                {
                    Disc = disc,
                    Directory = directory,
                    Overwrite = arguments.GetValue(_overwrite) || GlobalOptions.AnswersYes(arguments),
                    Pretends = arguments.GetValue(_pretend),
                    ReadBack = arguments.GetValue(_verify) == "image" ? ReadBack : null,
                },
                report.Progress,
                cancellationToken));
        }

        return results;
    }

    private static (byte[] Sha256, bool IsFromStorage) ReadBack(string path, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        long length = new FileInfo(path).Length;
        return StoredFile.Hash(path, done => progress.Report(new("reading-back", done, length, WorkProgress.Bytes) { Item = Path.GetFileNameWithoutExtension(path) }), cancellationToken);
    }
}
