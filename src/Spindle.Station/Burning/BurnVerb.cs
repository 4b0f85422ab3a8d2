// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Burning;
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
        BurnRequest wanted = new()
        {
            Image = request.Image,
            Drives = DrivesOf(request, work.Equipment),
            Copies = request.Copies is >= 1 and <= BurnRequest.MostCopies ? request.Copies
                : throw Usage.Error($"--copies {request.Copies} is not a number of copies", $"1 to {BurnRequest.MostCopies}"),
            Speed = request.Speed is null or (>= 1 and <= FastestSpeed) ? request.Speed
                : throw Usage.Error($"--speed {request.Speed} is not a speed", "in multiples of the disc's own: 4 for 4x"),
            Simulate = request.Simulate,
            Verify = request.Verify,
            Blank = request.Blank,
            Sha256 = RecordedHash.Sha256Of(request.Image),
        };
        Bringer? bringer = work.Fetcher is null ? null : new(work.Answers);
        BurnResult result = await Task.Run(() => work.Equipment.Burner.Burn(wanted, bringer, work.Progress, cancellationToken), CancellationToken.None);
        return new(wanted, result);
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
    /// <summary>The image.</summary>
    public required string Image { get; init; }

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
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(BurnImageRequest))]
[JsonSerializable(typeof(BurnDocument))]
internal sealed partial class BurnJson : JsonSerializerContext
{
    public static BurnJson Form { get; } = new(JsonForm.Options());
}
