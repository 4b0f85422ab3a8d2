// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Archiving.Discs;
using Spindle.Catalogue;
using Spindle.Catalogue.Exchange;
using Spindle.Cli.Terminals;
using Spindle.Media;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle import FILE</c>: a working catalogue from one that was written down.</summary>
internal sealed class ImportCommand : Command, IHasExamples
{
    private readonly CatalogueOption _catalogue = new();

    private readonly Argument<string> _file = new("file") { Description = "A catalogue.json of spindle or of odarchive (versions 1 and 2), also with .gz" };

    private readonly Option<string?> _place = new("--as") { Description = "Bring another archive into the catalogue there is, where it stands under that name", HelpName = "NAME" };

    public ImportCommand(CommandContext context)
        : base("import", "Bring a catalogue.json into the working catalogue")
    {
        Add(_file);
        Add(_place);
        _catalogue.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync("import", arguments, async (report, _) =>
        {
            string file = Paths.ExpandHome(arguments.GetRequiredValue(_file));
            using FileStream input = Open(file);
            string catalogue = _catalogue.Path(arguments);
            using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(catalogue);

            // On a disc, and in what was taken from one, the description of the disc is beside its catalogue.
            Guid? teller = DiscUuid.OfFile(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "disc.json"));
            ImportRequest request = new() { Input = input, Place = arguments.GetValue(_place), Teller = teller };
            ImportResult result = await Task.Run(() => CatalogueImport.Read(request, database, context.Time, cancellationToken), CancellationToken.None);
            report.Imported(result, file, database.Path);
            return ExitCode.Done;
        }));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle import /media/disc/ARCHIVE/catalogue.json", "a disc knows the whole archive: this brings the catalogue back"),
        ("spindle import old/catalogue.json --catalogue old.db", "what odarchive knew; the next scan reads the files and goes on"),
        ("spindle import attic/catalogue.json --as attic", "one archive of two: the discs of both are known, and nothing that is on one is written again"),
    ];

    private static FileStream Open(string file)
    {
        try
        {
            return new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OperationFailedException(new("no-such-source", $"there is no file {file}", "check the name"), e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new OperationFailedException(new("source-denied", $"{file} may not be read", "check its permissions"), e);
        }
    }
}
