// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Restoring;
using Spindle.Station.Contract;
using Spindle.Station.Robots;

namespace Spindle.Station.Restoring;

/// <summary><c>restore</c>: gets files back from the discs of an archive.</summary>
public static class RestoreVerb
{
    internal const string Name = "restore";

    /// <summary>The verb.</summary>
    public static Verb<RestoreTreeRequest, RestoreDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = RestoreJson.Form.RestoreTreeRequest,
        Document = RestoreJson.Form.RestoreDocument,
        Stopped = new("cancelled", "stopped; what was restored is there", "the same command goes on with the rest"),
        RunAsync = RunAsync,
    };

    private static async Task<RestoreDocument> RunAsync(RestoreTreeRequest request, Work work, CancellationToken cancellationToken)
    {
        using CatalogueDatabase? catalogue = request.Catalogue is { } path ? CatalogueDatabase.OpenForReading(path) : null;
        if (request.What.Sources.Count == 0 && request.Robot is null)
        {
            throw Usage.Error("say what the discs are: images, drives, folders of such, or a robot", "--from SOURCE, or --robot NAME");
        }

        using RobotFetcher? robot = request.Robot is { } choice && !request.What.DryRun ? new(choice, catalogue, work) : null;
        Restorer restorer = new(work.Equipment.OpenMedium, robot ?? work.Fetcher, work.Equipment.Time);
        RestoreResult first = await restorer.RunAsync(catalogue, request.What, work.Progress, cancellationToken);
        RestoreDocument document = await new SetHelp(restorer, request.What, work).RunAsync(first, catalogue, cancellationToken);
        return robot?.Stuck is { } stuck ? document with { Concerns = [.. document.Concerns, stuck] } : document;
    }
}

/// <summary>What is to be got back, and by which catalogue.</summary>
/// <param name="Catalogue">The catalogue; null to follow the newest one on the discs.</param>
/// <param name="What">What, from what, to where.</param>
/// <param name="Robot">The robot that brings discs which are not among the sources; null for none.</param>
public sealed record RestoreTreeRequest(string? Catalogue, RestoreRequest What, RobotChoice? Robot = null);

/// <summary>What was got back.</summary>
public sealed record RestoreDocument : Document
{
    /// <summary>Whether nothing was written.</summary>
    public required bool DryRun { get; init; }

    /// <summary>Which catalogue was followed.</summary>
    public required string Catalogue { get; init; }

    /// <summary>Files that are there and are right, each name once.</summary>
    public required long FilesRestored { get; init; }

    /// <summary>How many of them were there already.</summary>
    public required long FilesPresent { get; init; }

    /// <summary>Files that no disc at hand has.</summary>
    public int FilesMissing => Missing.Count;

    /// <summary>Files that could not be read whole, or are not what was archived.</summary>
    public int FilesDamaged => Damaged.Count;

    /// <summary>Files that are neither: the target did not take them, or something else has their name.</summary>
    public required long FilesNotRestored { get; init; }

    /// <summary>The same of directories, links and special files.</summary>
    public required long OthersNotRestored { get; init; }

    /// <summary>Directories, links and special files.</summary>
    public required long OthersRestored { get; init; }

    /// <summary>Bytes of the files that were written.</summary>
    public required long Bytes { get; init; }

    /// <summary>Discs that were read, in their order.</summary>
    public required IReadOnlyList<NeededDiscPart> DiscsUsed { get; init; }

    /// <summary>Discs that were needed and not at hand; on a dry run those that will be asked for.</summary>
    public required IReadOnlyList<NeededDiscPart> DiscsMissing { get; init; }

    /// <summary>Images of lost or damaged discs that were made again for this by the parity discs of their sets; they are gone again.</summary>
    public IReadOnlyList<string> DiscsMadeAgain { get; init; } = [];

    /// <summary>How many discs had to be brought.</summary>
    public int Swaps => DiscsUsed.Count(disc => !disc.AtHand);

    /// <summary>Files that no disc at hand has.</summary>
    public required IReadOnlyList<MissingFilePart> Missing { get; init; }

    /// <summary>Files whose disc is damaged.</summary>
    public required IReadOnlyList<DamagedArchiveFilePart> Damaged { get; init; }

    /// <summary>How many names are others in the target, for it does not take them, or takes them for those of others.</summary>
    public required long NamesChanged { get; init; }

    /// <summary>The first thousand of them.</summary>
    public required IReadOnlyList<RestoredAs> Renamed { get; init; }

    /// <summary>What else could not be done, each with why.</summary>
    public required IReadOnlyList<Failure> Problems { get; init; }

    /// <summary>Sources that could not be used, and what was noticed about the catalogue.</summary>
    public required IReadOnlyList<Failure> Concerns { get; init; }

    /// <summary>Whether all that was asked for is there.</summary>
    [JsonIgnore]
    public bool IsWhole => Missing.Count == 0 && Damaged.Count == 0 && FilesNotRestored == 0 && OthersNotRestored == 0 && NamesChanged == 0 && Problems.Count == 0;

    /// <inheritdoc/>
    protected override Outcome Found => IsWhole && (DryRun || DiscsMissing.Count == 0) ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => RestoreVerb.Name;

    internal static RestoreDocument Of(RestoreResult result) => new()
    {
        DryRun = result.IsDryRun,
        Catalogue = result.Catalogue,
        FilesRestored = result.FilesRestored,
        FilesPresent = result.FilesPresent,
        FilesNotRestored = result.NotRestored,
        OthersNotRestored = result.OthersNotRestored,
        OthersRestored = result.OthersRestored,
        Bytes = result.Bytes,
        DiscsUsed = [.. result.DiscsUsed.Select(NeededDiscPart.Of)],
        DiscsMissing = [.. result.DiscsMissing.Select(NeededDiscPart.Of)],
        Missing = [.. result.Missing.Select(file => new MissingFilePart(file.Path, file.Size, file.Discs, ByteRangePart.Of(file.Ranges)))],
        Damaged = [.. result.Damaged.Select(file => new DamagedArchiveFilePart(file.Path, file.Size, file.Disc, file.Kept, ByteRangePart.Of(file.Ranges)))],
        NamesChanged = result.NamesChanged,
        Renamed = result.Renamed,
        Problems = result.Problems,
        Concerns = result.Concerns,
    };
}

/// <summary>A disc that is needed.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Label">Name of its volume, or what its owner calls it.</param>
/// <param name="Places">Where its copies are kept, as far as that is known.</param>
/// <param name="Files">Names that can be restored from it.</param>
/// <param name="Bytes">Bytes to be read from it.</param>
/// <param name="AtHand">Whether it is among the sources.</param>
public sealed record NeededDiscPart(int Number, string Label, IReadOnlyList<string> Places, long Files, long Bytes, bool AtHand)
{
    internal static NeededDiscPart Of(DiscWanted disc) => new(disc.Number, disc.Label, disc.Places, disc.Files, disc.Bytes, disc.IsAtHand);
}

/// <summary>A file that no disc at hand has.</summary>
/// <param name="Path">From the archive's root.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Discs">The discs that would be needed; none where it never came onto one.</param>
/// <param name="Ranges">Bytes that are missing, where it was restored in part; else none.</param>
public sealed record MissingFilePart(string Path, long Size, IReadOnlyList<int> Discs, IReadOnlyList<ByteRangePart> Ranges);

/// <summary>A file whose disc is damaged.</summary>
/// <param name="Path">From the archive's root.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Disc">The disc.</param>
/// <param name="Kept">What could be had of it, from the target's root; null where nothing is kept.</param>
/// <param name="Ranges">Bytes that could not be read; none where all could, and are not those that were archived.</param>
public sealed record DamagedArchiveFilePart(string Path, long Size, int Disc, string? Kept, IReadOnlyList<ByteRangePart> Ranges);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RestoreTreeRequest))]
[JsonSerializable(typeof(RestoreDocument))]
internal sealed partial class RestoreJson : JsonSerializerContext
{
    public static RestoreJson Form { get; } = new(JsonForm.Options());
}
