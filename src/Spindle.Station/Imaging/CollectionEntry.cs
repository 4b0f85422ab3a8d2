// SPDX-License-Identifier: MIT
using Spindle.Archiving.Collecting;
using Spindle.Catalogue;
using Spindle.Catalogue.Collecting;
using Spindle.Formats.Analysis;
using Spindle.Formats.Images;
using Spindle.Formats.Volumes;
using Spindle.Imaging;
using Spindle.Imaging.Hashing;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Imaging;

/// <summary>What became of an imaged disc in a catalogue.</summary>
/// <param name="Catalogue">Where it was entered; null where it was not.</param>
/// <param name="Files">How many files of it were entered.</param>
/// <param name="Concern">Why it was not entered, though it should have been.</param>
internal sealed record CollectionEntry(string? Catalogue, long Files, Failure? Concern)
{
    public static CollectionEntry None { get; } = new(null, 0, null);

    /// <summary>Fails before a long copy where the catalogue can't be used.</summary>
    public static void Require(ImageRequest request)
    {
        if (request.Catalogue is null && request.Place is not null)
        {
            throw Usage.Error("--place is for a catalogue, and none is named", "--catalogue FILE");
        }

        if (File.Exists(request.Catalogue))
        {
            CatalogueDatabase.OpenForReading(request.Catalogue).Dispose();
        }
    }

    /// <summary>Enters the disc. That this fails takes nothing away from the image, and is told beside it.</summary>
    public static CollectionEntry Enter(ImageRequest request, ImagingResult result, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        bool isImage = result is { ImagePath: not null, Outcome: ImagingOutcome.Success or ImagingOutcome.Incomplete };
        if (request.Catalogue is not { } catalogue || !isImage)
        {
            return request.Catalogue is null || result.Outcome != ImagingOutcome.Failed
                ? None
                : None with { Concern = new("not-entered", $"{request.Catalogue} does not know this disc: its image must not be relied on", "image it again, perhaps with another drive") };
        }

        try
        {
            using ISectorReader file = ImageFile.Open(result.ImagePath!);
            ISectorReader image = result.Map is { IsFinished: false } map ? new MappedSectors(file, map) : file;
            VolumeOptions options = new() { MediumStart = result.Source.FirstSector, SessionStart = result.Source.ContentsStart, Charset = result.Request.Charset };
            using CatalogueDatabase database = CatalogueDatabase.OpenToEnter(catalogue, CatalogueWait.ToEnter(progress, cancellationToken));
            ImagedDisc disc = new DiscCollection(database).Enter(FactsOf(result, request.Place), RecordOf(result), (image, options), progress, cancellationToken);
            return new(catalogue, disc.Files, null);
        }
        catch (OperationFailedException e)
        {
            return None with { Concern = e.Failure };
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
        Kinds = [.. (result.Holdings?.Kinds ?? []).Select(JsonForm.Word)],
    };

    private static string RecordOf(ImagingResult result) =>
        result.RecordPaths.FirstOrDefault(path => path.EndsWith("_manifest.json", StringComparison.Ordinal)) is { } manifest ? File.ReadAllText(manifest) : "{}";
}
