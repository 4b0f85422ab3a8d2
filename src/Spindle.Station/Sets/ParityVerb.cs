// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Archiving.Sets;
using Spindle.Media;
using Spindle.Parity.DiscSet;
using Spindle.Station.Contract;

namespace Spindle.Station.Sets;

/// <summary><c>parity</c>: a set of discs with parity discs, of which any may be lost.</summary>
public static class ParityVerb
{
    internal const string Name = "parity";

    /// <summary>The verb.</summary>
    public static Verb<ParityRequest, ParityDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = ParityJson.Form.ParityRequest,
        Document = ParityJson.Form.ParityDocument,
        Stopped = new("cancelled", "stopped; the images are as they were", "the same command begins anew; what came by a drive needs not come again"),
        RunAsync = RunAsync,
    };

    private static Task<ParityDocument> RunAsync(ParityRequest request, Work work, CancellationToken cancellationToken)
    {
        if (request.Task == ParityTask.Repair && DriveRepair.DriveOf(request, work.Equipment) is { } drive)
        {
            return new DriveRepair(request, drive, work).RunAsync(RepairOf(request), cancellationToken);
        }

        Func<ParityDocument> run = request.Task switch
        {
            ParityTask.Create => () => Create(request, work.Progress, cancellationToken),
            ParityTask.List => () => List(request),
            ParityTask.Check => () => ParityDocument.Of(ParityTask.Check, SetChecker.Check(Sources(request), work.Progress, cancellationToken)),
            _ => () => Repair(request, work.Progress, cancellationToken),
        };
        return Task.Run(run, CancellationToken.None);
    }

    private static ParityDocument Create(ParityRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        SetMakeRequest wanted = new()
        {
            Sources = request.Close ? request.Sources : Sources(request),
            Target = Target(request),
            Rows = request.ParityDiscs is null or (>= 1 and <= SetCode.MostRows) ? request.ParityDiscs : throw Usage.Error($"--parity-discs {request.ParityDiscs} is not a number from 1 to {SetCode.MostRows}"),
            Name = request.Name is not { } name || SetNames.IsPlain(name) ? request.Name : throw Usage.Error($"--name {name} can't be a file's name everywhere", "letters, digits, _ and -"),
            Sectors = request.Capacity is not { } words ? null : Capacity.TryParse(words, out Capacity? capacity) ? capacity.Sectors
                : throw Usage.Error($"--capacity {words} is not a capacity", $"known are {string.Join(", ", Capacity.Names)}, 12219392s, 25GB"),
            Overwrite = request.Overwrite,
            Extends = request.Extends,
        };
        return (request.Open, request.Close) switch
        {
            (_, _) when request.Extends.Count > 0 && (request.Open || request.Close || request.ParityDiscs is not null) =>
                throw Usage.Error("--extend makes the parity at once, and as much as there was", "leave --open, --close and --parity-discs out"),
            (false, false) when request.Extends.Count > 0 => ParityDocument.Of(wanted.Target, SetExtender.Extend(wanted, progress, cancellationToken)),
            (true, true) => throw Usage.Error("--open and --close exclude one another"),
            (true, false) => ParityDocument.Of(wanted.Target, SetAdder.Add(wanted, progress, cancellationToken)),
            (false, true) => ParityDocument.Of(wanted.Target, SetAdder.Close(wanted, progress, cancellationToken)),
            _ => ParityDocument.Of(wanted.Target, SetMaker.Make(wanted, progress, cancellationToken)),
        };
    }

    private static ParityDocument List(ParityRequest request) =>
        Sources(request).Select(SetAdder.Find).FirstOrDefault(set => set is not null) is { } open
            ? ParityDocument.Of(null, open) with { Task = ParityTask.List }
            : ParityDocument.Of(ParityTask.List, SetChecker.List(request.Sources));

    private static ParityDocument Repair(ParityRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        SetRepairRequest wanted = RepairOf(request);
        return ParityDocument.Of(wanted.Target, SetRepairer.Repair(wanted, progress, cancellationToken));
    }

    private static SetRepairRequest RepairOf(ParityRequest request) => new()
    {
        Sources = Sources(request),
        Target = Target(request),
        Lost = request.Lost,
        DryRun = request.DryRun,
        Overwrite = request.Overwrite,
    };

    private static IReadOnlyList<string> Sources(ParityRequest request) => request.Sources.Count > 0 ? request.Sources : throw Usage.Error("no image, file or folder is named");

    private static string Target(ParityRequest request) => request.Target ?? throw Usage.Error("--to says no folder to write to");
}

/// <summary>What is to be done with a set.</summary>
[JsonConverter(typeof(JsonForm.Words<ParityTask>))]
public enum ParityTask
{
    /// <summary>Parity is made of images.</summary>
    Create,

    /// <summary>It is told what of a set is there.</summary>
    List,

    /// <summary>All that is there is read, and held against what it was.</summary>
    Check,

    /// <summary>What is lost or damaged is made again.</summary>
    Repair,
}

/// <summary>A set, and what is to be done with it.</summary>
public sealed record ParityRequest
{
    /// <summary>What is to be done.</summary>
    public required ParityTask Task { get; init; }

    /// <summary>Images, files of parity, and folders of these; to repair, a drive, too, into which discs are put one after the other.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>To create and to repair: the folder that is written to.</summary>
    public string? Target { get; init; }

    /// <summary>To create: how many parity discs, 1 to 8, so many of all may be lost; null for 2, or for as many as an open set has.</summary>
    public int? ParityDiscs { get; init; }

    /// <summary>To create: the set's name; null for what the images' names have in common.</summary>
    public string? Name { get; init; }

    /// <summary>To create: the capacity of the parity discs, such as <c>bd</c>; images of these are made then, to be burned as they are. Null for files alone.</summary>
    public string? Capacity { get; init; }

    /// <summary>To create: whether the images are added to a set that stays open: none of them is needed for its parity any more.</summary>
    public bool Open { get; init; }

    /// <summary>To create: whether parity is made of an open set.</summary>
    public bool Close { get; init; }

    /// <summary>To create: folders and files with the parity of a set that the images are added to; its own images are not needed. Empty for a new set.</summary>
    public IReadOnlyList<string> Extends { get; set; } = [];

    /// <summary>To repair: members that count as lost, whatever is there.</summary>
    public IReadOnlyList<string> Lost { get; set; } = [];

    /// <summary>To repair: whether nothing is written, and it is told what could be made.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether files of the target are replaced.</summary>
    public bool Overwrite { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ParityRequest))]
[JsonSerializable(typeof(ParityDocument))]
internal sealed partial class ParityJson : JsonSerializerContext
{
    public static ParityJson Form { get; } = new(JsonForm.Options());
}
