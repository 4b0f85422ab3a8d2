// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Burning;
using Spindle.Catalogue;
using Spindle.Imaging.Records;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Burning;

/// <summary><c>burn</c>: an image becomes verified discs.</summary>
public static class BurnVerb
{
    internal const string Name = "burn";

    private const int FastestSpeed = 1000;

    /// <summary>The verb.</summary>
    public static Verb<BurnImageRequest, BurnDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = BurnJson.Form.BurnImageRequest,
        Document = BurnJson.Form.BurnDocument,
        Stopped = new("cancelled", "stopped before a disc was touched"),
        RunAsync = RunAsync,
    };

    private static async Task<BurnDocument> RunAsync(BurnImageRequest request, Work work, CancellationToken cancellationToken)
    {
        if ((request.Image is null) == (request.Disc is null))
        {
            throw Usage.Error("say what is burned: an image, or the number of a disc", "such as 'spindle burn disc.iso' or 'spindle burn 3'");
        }

        BurnMemory memory = new(request);
        (string image, string? sha256) = memory.Image();
        BurnRequest wanted = new()
        {
            Image = image,
            Drives = DrivesOf(request, work.Equipment),
            Copies = request.Copies is >= 1 and <= BurnRequest.MostCopies ? request.Copies
                : throw Usage.Error($"--copies {request.Copies} is not a number of copies", $"1 to {BurnRequest.MostCopies}"),
            Speed = request.Speed is null or (>= 1 and <= FastestSpeed) ? request.Speed
                : throw Usage.Error($"--speed {request.Speed} is not a speed", "in multiples of the disc's own: 4 for 4x"),
            Simulate = request.Simulate,
            Verify = request.Verify,
            Blank = request.Blank,
            Sha256 = sha256 ?? RecordedHash.Sha256Of(image),
        };
        Bringer? bringer = work.Fetcher is null ? null : new(work.Answers);
        BurnResult result = await Task.Run(() => work.Equipment.Burner.Burn(wanted, bringer, work.Progress, cancellationToken), CancellationToken.None);
        BurnDocument document = new(wanted, result);
        try
        {
            // A stopped burn is entered, too: its discs are spoiled.
            return document with { Remembered = memory.Enter(document, work.Equipment.Time.GetUtcNow(), CatalogueWait.ToEnter(work.Progress, CancellationToken.None)) };
        }
        catch (OperationFailedException e)
        {
            return document with { Warnings = [e.Failure] }; // that it can't be entered takes nothing away from the discs
        }
    }

    private static IReadOnlyList<string> DrivesOf(BurnImageRequest request, Equipment equipment)
    {
        if (request.Drives.Count > 0)
        {
            return request.Drives.Distinct(StringComparer.Ordinal).Count() == request.Drives.Count ? request.Drives : throw Usage.Error("a drive is named twice", "each drive burns one disc at a time");
        }

        return equipment.DrivePaths() is [var only] ? [only] : throw Usage.Error("say which drive burns: --drive DEVICE", "'spindle drives' lists them, and what is in them");
    }

    /// <summary>Asks whoever looks after it to change discs; that one is in, the drive tells.</summary>
    private sealed class Bringer(IAnswers answers) : IBlankBringer
    {
        public bool Ask(string drive, int copy, string why)
        {
            answers.Tell($"Insert a blank disc into {drive} for copy {copy} ({why}); Ctrl-C ends.");
            return true;
        }
    }
}

/// <summary>What is to be burned, and how.</summary>
public sealed record BurnImageRequest
{
    /// <summary>The image; null for that of <see cref="Disc"/>.</summary>
    public string? Image { get; init; }

    /// <summary>The disc of the catalogue whose image is burned; null for <see cref="Image"/>.</summary>
    public int? Disc { get; init; }

    /// <summary>The drives, which burn side by side; empty for the only one of this machine.</summary>
    public IReadOnlyList<string> Drives { get; set; } = [];

    /// <summary>Copies that are to hold, 1 to 100; where there are more than drives, further discs are asked for.</summary>
    public int Copies { get; set; } = 1;

    /// <summary>How fast at most, in multiples of the disc's own speed; null for what the drive thinks best.</summary>
    public int? Speed { get; init; }

    /// <summary>Whether the laser stays dark: only CD, DVD-R and DVD-RW know such a thing.</summary>
    public bool Simulate { get; init; }

    /// <summary>How each copy is proven.</summary>
    [JsonConverter(typeof(JsonForm.Words<BurnVerification>))]
    public BurnVerification Verify { get; set; } = BurnVerification.Same;

    /// <summary>Whether what is on a disc that can be used again may be lost.</summary>
    public bool Blank { get; init; }

    /// <summary>The catalogue that remembers the discs, where the image is of one of its own; null for none.</summary>
    public string? Catalogue { get; init; }

    /// <summary>Where the copies will be kept, for the catalogue.</summary>
    public string? Place { get; init; }

    /// <summary>What people know of the discs, for the catalogue: brand, lot, when they were bought.</summary>
    public string? Medium { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(BurnImageRequest))]
[JsonSerializable(typeof(BurnDocument))]
[JsonSerializable(typeof(BurnedDetail))]
[JsonSerializable(typeof(BurnedMediumDetail))]
internal sealed partial class BurnJson : JsonSerializerContext
{
    public static BurnJson Form { get; } = new(JsonForm.Options());
}
