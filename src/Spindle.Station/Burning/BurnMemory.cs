// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Burning;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Burning;

/// <summary>What a catalogue remembers of burned discs: those of its own archive.</summary>
/// <param name="request">What was asked for.</param>
internal sealed class BurnMemory(BurnImageRequest request)
{
    /// <summary>The image that is burned, and what it must be.</summary>
    /// <returns>A SHA-256 of null where nothing says it.</returns>
    /// <exception cref="OperationFailedException">The catalogue can't be used, or has no image of the disc.</exception>
    public (string Image, string? Sha256) Image()
    {
        // That it can be used is found out before a disc is touched.
        using CatalogueDatabase? database = request.Catalogue is { } catalogue ? CatalogueDatabase.OpenForReading(catalogue) : null;
        if (request.Disc is not { } number)
        {
            return (request.Image!, null);
        }

        DiscRecord disc = new DiscStore(database ?? throw Usage.Error("a number is that of a disc of a catalogue", "--catalogue FILE; or name an image")).Get(number);
        string what = disc.Image is null ? $"the image of disc {number} was not written here" : $"the image of disc {number} is not there any more: {disc.Image}";
        return disc.Image is { } image && File.Exists(image) ? (image, disc.Sha256) : throw new OperationFailedException(new("no-image-of-disc", what, $"'spindle write {number}' makes it"));
    }

    /// <summary>Enters what came of it.</summary>
    /// <returns>Where; null where there is no catalogue, nothing to enter, or the image is of no disc that it knows.</returns>
    /// <exception cref="OperationFailedException">It can't be entered.</exception>
    public BurnRememberedPart? Enter(BurnDocument document, DateTimeOffset now, CatalogueWait wait)
    {
        BurnedDiscPart[] touched = [.. document.Discs.Where(disc => disc.State is not (CopyState.Refused or CopyState.Simulated))];
        if (request.Catalogue is not { } catalogue || touched.Length == 0)
        {
            return null;
        }

        using CatalogueDatabase database = CatalogueDatabase.OpenToEnter(catalogue, wait);
        BurnedCopies copies = new(database);
        int? number = request.Disc ?? copies.Find(Convert.FromHexString(document.Sha256));
        if (number is not { } disc)
        {
            return request.Place is null && request.Medium is null ? null
                : throw new OperationFailedException(new("disc-not-known", $"{catalogue} knows no disc with this image", "'spindle discs' lists what the catalogue knows; it has the images that 'spindle write' made"));
        }

        return new(catalogue, disc, copies.Add(disc, touched.Select(one => RecordOf(one, document)), now));
    }

    private BurnedCopyRecord RecordOf(BurnedDiscPart disc, BurnDocument document) => new(
        JsonForm.Word(disc.State),
        disc.Drive,
        request.Place,
        JsonSerializer.Serialize(new BurnedMediumDetail(disc.Kind, disc.MediumId, request.Medium), BurnJson.Form.BurnedMediumDetail),
        JsonSerializer.Serialize(new BurnedDetail(document.Image, document.Sha256, document.Sectors, request.Speed, request.Medium, disc), BurnJson.Form.BurnedDetail));
}

/// <summary>What <c>copy.detail</c> of a burned disc holds.</summary>
/// <param name="Kind">The kind of disc.</param>
/// <param name="MediumId">What is moulded into it.</param>
/// <param name="Medium">What people say of it.</param>
internal sealed record BurnedMediumDetail(string? Kind, string? MediumId, string? Medium);

/// <summary>What <c>event.detail</c> of a burned disc holds.</summary>
/// <param name="Image">The image, as it was named.</param>
/// <param name="Sha256">Of the image.</param>
/// <param name="Sectors">Of the image.</param>
/// <param name="Speed">That was asked for, in multiples of the disc's own; null for none.</param>
/// <param name="Medium">What people say of the disc.</param>
/// <param name="Disc">All else, as <c>burn --json</c> has it.</param>
internal sealed record BurnedDetail(string Image, string Sha256, long Sectors, int? Speed, string? Medium, BurnedDiscPart Disc);

/// <summary>Where burned discs were entered.</summary>
/// <param name="Catalogue">The catalogue.</param>
/// <param name="Disc">The disc that the image is of.</param>
/// <param name="Copies">What each disc that was touched is called there, in their order; null for one that is no copy.</param>
public sealed record BurnRememberedPart(string Catalogue, int Disc, IReadOnlyList<string?> Copies);
