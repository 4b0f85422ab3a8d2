// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Catalogue;
using Spindle.Catalogue.Exchange;
using Spindle.Cli.Terminals;
using Spindle.Media;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle export FILE</c>: the catalogue for people, other programs, and the next fifty years.</summary>
internal sealed class ExportCommand : Command, IHasExamples
{
    private readonly CatalogueOption _catalogue = new();

    private readonly Argument<string> _file = new("file") { Description = "The file to write; /dev/stdout prints it" };

    private readonly Option<string> _format = MakeFormat();

    private readonly Option<long?> _scan = new("--scan") { Description = "What was known after scan N; default: the newest", HelpName = "N" };

    private readonly Option<long?> _plan = new("--plan") { Description = "What was known after plan P; default: the newest", HelpName = "P" };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a file of that name" };

    public ExportCommand(CommandContext context)
        : base("export", "Write the catalogue as JSON, TSV, checksums, or for odarchive")
    {
        Add(_file);
        _catalogue.AddTo(this);
        foreach (Option option in (Option[])[_format, _scan, _plan, _overwrite])
        {
            Add(option);
        }

        SetAction((arguments, cancellationToken) => context.RunAsync("export", arguments, async (report, _) =>
        {
            using CatalogueDatabase database = CatalogueDatabase.OpenForReading(_catalogue.Path(arguments));
            string file = Paths.ExpandHome(arguments.GetRequiredValue(_file));
            (long newestScan, long newestPlan) = CatalogueJson.Newest(database);
            (long Scan, long Plan) at = (arguments.GetValue(_scan) ?? newestScan, arguments.GetValue(_plan) ?? newestPlan);
            if (at.Scan < 0 || at.Scan > newestScan || at.Plan < 0 || at.Plan > newestPlan)
            {
                throw new UsageException($"there are scans up to {newestScan} and plans up to {newestPlan}", "leave --scan and --plan out for the newest");
            }

            ExportFormat format = Enum.Parse<ExportFormat>(arguments.GetRequiredValue(_format), ignoreCase: true);
            bool isPrinted = file.StartsWith("/dev/", StringComparison.Ordinal);
            if (!isPrinted && File.Exists(file) && !arguments.GetValue(_overwrite) && !GlobalOptions.AnswersYes(arguments))
            {
                throw new OperationFailedException(new("already-exists", $"there is a file {file}", "another name, or --overwrite"));
            }

            string part = isPrinted ? file : file + ".part";
            long left;
            try
            {
                left = await Task.Run(() => Write(part, stream =>
                    CatalogueExport.Write(stream, database, format, at, context.Time, cancellationToken)), CancellationToken.None);
                if (!isPrinted)
                {
                    File.Move(part, file, overwrite: true);
                    report.Exported(file, format, UnwritableNames(left));
                }
            }
            finally
            {
                if (!isPrinted && File.Exists(part))
                {
                    File.Delete(part); // it would be begun anew, whatever became of it
                }
            }

            return left == 0 ? ExitCode.Done : ExitCode.DoneWithLosses;
        }));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle export catalogue.json", "everything; 'spindle import' makes a catalogue of it again"),
        ("spindle export files.tsv --format tsv --scan 3", "a line a name, as the archive stood after the third scan"),
        ("spindle export SHA256SUMS --format sha256sums", "'sha256sum -c SHA256SUMS' in the source checks the files"),
        ("spindle export catalogue.json --format odarchive", "for odarchive, version 2; the scans must have taken SHA-512"),
    ];

    /// <summary>What is told of names that a format can't hold.</summary>
    private static Failure? UnwritableNames(long count) => count == 0
        ? null
        : new("unwritable-names", $"{count} names are no UTF-8, which this format has no way to write", "--format json holds every name");

    private static T Write<T>(string path, Func<Stream, T> write)
    {
        try
        {
            using FileStream stream = new(path, path.EndsWith(".part", StringComparison.Ordinal) ? FileMode.Create : FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            T result = write(stream);
            stream.Flush(flushToDisk: stream.CanSeek);
            return result;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new OperationFailedException(new("target-denied", $"{path} may not be written", "another file"), e);
        }
        catch (IOException e) when (path.EndsWith(".part", StringComparison.Ordinal)) // a pipe that breaks is another matter
        {
            throw new OperationFailedException(new("target-failed", $"{path} cannot be written: {e.Message}"), e);
        }
    }

    private static Option<string> MakeFormat()
    {
        Option<string> option = new("--format") { Description = "json, odarchive, tsv or sha256sums", HelpName = "FORMAT", DefaultValueFactory = _ => "json" };
        option.AcceptOnlyFromAmong("json", "odarchive", "tsv", "sha256sums");
        return option;
    }
}
