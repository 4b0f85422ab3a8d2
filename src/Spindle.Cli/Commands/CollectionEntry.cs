// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Archiving.Collecting;
using Spindle.Catalogue;
using Spindle.Catalogue.Collecting;
using Spindle.Cli.Reports;
using Spindle.Cli.Terminals;
using Spindle.Formats.Analysis;
using Spindle.Formats.Images;
using Spindle.Formats.Volumes;
using Spindle.Imaging;
using Spindle.Imaging.Hashing;
using Spindle.Media;

namespace Spindle.Cli.Commands;

/// <summary>How <c>image</c> enters its disc in a catalogue, with the files on it. Only where one was named.</summary>
internal sealed class CollectionEntry
{
    private readonly CatalogueOption _catalogue = new();

    private readonly Option<string?> _place = new("--place") { Description = "Where the disc is kept, for the catalogue", HelpName = "TEXT" };

    public void AddTo(Command command)
    {
        _catalogue.AddTo(command);
        command.Add(_place);
    }

    /// <summary>Fails before a long copy where the catalogue can't be used.</summary>
    /// <returns>The catalogue; null where none was named.</returns>
    public string? Prepare(ParseResult arguments)
    {
        if (!_catalogue.IsNamed(arguments))
        {
            return arguments.GetValue(_place) is null ? null : throw new UsageException("--place is for a catalogue, and none is named", "--catalogue FILE");
        }

        string path = _catalogue.Path(arguments);
        if (File.Exists(path))
        {
            CatalogueDatabase.OpenForReading(path).Dispose();
        }

        return path;
    }

    /// <summary>Enters the disc. That this fails takes nothing away from the image, and is told beside it.</summary>
    public EnteredDisc Enter(string? catalogue, ImagingResult result, ParseResult arguments, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        bool isImage = result is { ImagePath: not null, Outcome: ImagingOutcome.Success or ImagingOutcome.Incomplete };
        if (catalogue is null || !isImage)
        {
            return new(null, 0, null);
        }

        try
        {
            using ISectorReader file = ImageFile.Open(result.ImagePath!);
            ISectorReader image = result.Map is { IsFinished: false } map ? new MappedSectors(file, map) : file;
            VolumeOptions options = new() { MediumStart = result.Source.FirstSector, SessionStart = result.Source.ContentsStart, Charset = result.Request.Charset };
            using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(catalogue);
            ImagedDisc disc = new DiscCollection(database).Enter(FactsOf(result, arguments.GetValue(_place)), RecordOf(result), (image, options), progress, cancellationToken);
            return new(catalogue, disc.Files, null);
        }
        catch (OperationFailedException e)
        {
            return new(null, 0, e.Failure);
        }
    }

    private static ImagedDisc FactsOf(ImagingResult result, string? place) => new()
    {
        Name = Path.GetFileNameWithoutExtension(result.ImagePath!),
        Image = Path.GetFullPath(result.ImagePath!),
        Volume = result.Source.Structure.VolumeIdentifier is { Length: > 0 } volume ? volume : null,
        ImagedAt = result.StartedAt,
        Length = new FileInfo(result.ImagePath!).Length,
        Sha256 = result.Readings.Count > 0 ? result.Readings[0].Hashes.GetValueOrDefault(HashKind.Sha256) : null,
        Status = result.Outcome == ImagingOutcome.Success ? "success" : "incomplete",
        UnreadableSectors = result.Unreadable.Sum(range => range.Count),
        Place = place,
    };

    private static string RecordOf(ImagingResult result) =>
        result.RecordPaths.FirstOrDefault(path => path.EndsWith("_manifest.json", StringComparison.Ordinal)) is { } manifest ? File.ReadAllText(manifest) : "{}";
}
