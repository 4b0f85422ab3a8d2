// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Burning;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Burning;

/// <summary><c>burn</c>: images become verified discs.</summary>
public static class BurnVerb
{
    internal const string Name = "burn";

    private const int FastestSpeed = 1000;

    /// <summary>The verb.</summary>
    public static Verb<BurnImagesRequest, BurnDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = BurnJson.Form.BurnImagesRequest,
        Document = BurnJson.Form.BurnDocument,
        Stopped = new("cancelled", "stopped before a disc was touched"),
        RunAsync = RunAsync,
    };

    /// <summary>Refuses what makes no sense, before anything is done.</summary>
    internal static void Require(BurnChoice how, Equipment equipment)
    {
        _ = DrivesOf(how, equipment);
        if (how.Copies is < 1 or > BurnRequest.MostCopies)
        {
            throw Usage.Error($"--copies {how.Copies} is not a number of copies", $"1 to {BurnRequest.MostCopies}");
        }

        if ((how.Verify == BurnVerification.Other) != (how.Verifier is not null) || (how.Verifier is { } verifier && DrivesOf(how, equipment).Contains(verifier)))
        {
            throw Usage.Error("a disc is verified in another drive than those that burn", "name that drive: --verify /dev/sr1");
        }

        if (how.Engine == BurnEngine.Xorriso && (how.Simulate || how.Spare != SpareChoice.AsUsual))
        {
            throw Usage.Error("--simulate and --spare are done by Spindle's own commands", "leave --engine out");
        }

        if (how.Speed is < 1 or > FastestSpeed)
        {
            throw Usage.Error($"--speed {how.Speed} is not a speed", "in multiples of the disc's own: 4 for 4x");
        }
    }

    internal static async Task<BurnDocument> RunAsync(BurnImagesRequest request, Work work, CancellationToken cancellationToken)
    {
        if ((request.Images.Count > 0 ? 1 : 0) + (request.Discs.Count > 0 ? 1 : 0) + (request.All ? 1 : 0) != 1)
        {
            throw Usage.Error("say what is burned: images, numbers of discs, or --all", "such as 'spindle burn disc.iso' or 'spindle burn 3'");
        }

        if (request.Images.Distinct(StringComparer.Ordinal).Count() < request.Images.Count || request.Discs.Distinct().Count() < request.Discs.Count)
        {
            throw Usage.Error("something is named twice", "--copies says how many copies there are to be");
        }

        Require(request.How, work.Equipment);
        if (request.How.Verifier is not null && work.Fetcher is null)
        {
            throw Usage.Error("nobody is at a terminal who would bring discs into the drive that verifies them", "--verify same reads each in the drive that burned it");
        }

        BurnMemory memory = new(request);
        IReadOnlyList<BurnTask> tasks = memory.Tasks();
        BurnTask[] open = [.. tasks.Where(task => task.IsOpen)];
        if (open.Length == 0 && tasks.Count > 0 && tasks.All(task => task.Failure is not null))
        {
            throw new OperationFailedException(tasks[0].Failure!);
        }

        BurnRequest wanted = new()
        {
            Images = [.. open.Select(task => task.Wanted)],
            Drives = DrivesOf(request.How, work.Equipment),
            Speed = request.How.Speed,
            Simulate = request.How.Simulate,
            Engine = request.How.Engine,
            Spare = request.How.Spare,
            Verify = request.How.Verify,
            Verifier = request.How.Verifier,
            Blank = request.How.Blank,
        };
        BurnResult result = open.Length == 0
            ? new([], [], WasCancelled: false)
            : await Task.Run(() => work.Equipment.Burner.Burn(wanted, new Attendant(work, open, memory), work.Progress, cancellationToken), CancellationToken.None);
        return BurnDocument.Of(request, tasks, result, memory);
    }

    private static IReadOnlyList<string> DrivesOf(BurnChoice how, Equipment equipment)
    {
        if (how.Drives.Count > 0)
        {
            return how.Drives.Distinct(StringComparer.Ordinal).Count() == how.Drives.Count ? how.Drives : throw Usage.Error("a drive is named twice", "each drive burns one disc at a time");
        }

        return equipment.DrivePaths() is [var only] ? [only] : throw Usage.Error("say which drive burns: --drive DEVICE", "'spindle drives' lists them, and what is in them");
    }

    /// <summary>Asks whoever looks after it to change discs (that one is in, the drive tells), and has each disc remembered at once.</summary>
    private sealed class Attendant(Work work, IReadOnlyList<BurnTask> tasks, BurnMemory memory) : IBurnAttendant
    {
        public bool Ask(string drive, string what, string why)
        {
            if (work.Fetcher is null)
            {
                return false;
            }

            work.Answers.Tell($"Insert a blank disc into {drive} for {what} ({why}); Ctrl-C ends.");
            return true;
        }

        public bool AskToVerify(string burner, string verifier, string why)
        {
            if (work.Fetcher is null)
            {
                return false;
            }

            work.Answers.Tell($"Bring the disc that {burner} burned into {verifier}, to be verified ({why}); Ctrl-C ends.");
            return true;
        }

        public void Ended(BurnedCopy copy, BurnedImage image) => memory.Enter(copy, image, tasks[copy.Image], work);
    }
}

/// <summary>What is to be burned: images, or discs of a catalogue.</summary>
public sealed record BurnImagesRequest
{
    /// <summary>The images; empty where discs are burned.</summary>
    public IReadOnlyList<string> Images { get; set; } = [];

    /// <summary>The discs of the catalogue whose images are burned, each until it has its copies; empty for <see cref="Images"/>, or <see cref="All"/>.</summary>
    public IReadOnlyList<int> Discs { get; set; } = [];

    /// <summary>Whether all discs of the catalogue are burned whose images were written, and which lack copies, and all parity discs that were made.</summary>
    public bool All { get; init; }

    /// <summary>The catalogue that remembers the discs, where an image is of one of its own; null for none.</summary>
    public string? Catalogue { get; init; }

    /// <summary>How.</summary>
    public BurnChoice How { get; set; } = new();
}

/// <summary>How discs are burned.</summary>
public sealed record BurnChoice
{
    /// <summary>The drives, which burn side by side; empty for the only one of this machine.</summary>
    public IReadOnlyList<string> Drives { get; set; } = [];

    /// <summary>Copies that are made of an image, or that a disc of the catalogue is to have, 1 to 100; where there are more than drives, further discs are asked for.</summary>
    public int Copies { get; set; } = 1;

    /// <summary>How fast at most, in multiples of the disc's own speed; null for what the drive thinks best.</summary>
    public int? Speed { get; init; }

    /// <summary>Whether the laser stays dark: only CD, DVD-R and DVD-RW know such a thing.</summary>
    public bool Simulate { get; init; }

    /// <summary>What of a Blu-ray Disc is kept for bad sectors.</summary>
    [JsonConverter(typeof(JsonForm.Words<SpareChoice>))]
    public SpareChoice Spare { get; set; }

    /// <summary>Who sends the drive what it is told.</summary>
    [JsonConverter(typeof(JsonForm.Words<BurnEngine>))]
    public BurnEngine Engine { get; set; } = BurnEngine.Native;

    /// <summary>How each copy is proven.</summary>
    [JsonConverter(typeof(JsonForm.Words<BurnVerification>))]
    public BurnVerification Verify { get; set; } = BurnVerification.Same;

    /// <summary>The drive in which discs are read that the others burned, where that is how they are proven; null where not.</summary>
    public string? Verifier { get; init; }

    /// <summary>Whether what is on a disc that can be used again may be lost.</summary>
    public bool Blank { get; init; }

    /// <summary>Where the copies will be kept, for the catalogue.</summary>
    public string? Place { get; init; }

    /// <summary>What people know of the discs, for the catalogue: brand, lot, when they were bought.</summary>
    public string? Medium { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(BurnImagesRequest))]
[JsonSerializable(typeof(BurnDocument))]
[JsonSerializable(typeof(BurnedDetail))]
[JsonSerializable(typeof(BurnedMediumDetail))]
internal sealed partial class BurnJson : JsonSerializerContext
{
    public static BurnJson Form { get; } = new(JsonForm.Options());
}
