// SPDX-License-Identifier: MIT
using Spindle.Archiving.Discs;
using Spindle.Archiving.Sets;
using Spindle.Catalogue;
using Spindle.Catalogue.Sets;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Vault;

namespace Spindle.Station.Archiving;

/// <summary><c>write</c>: makes images of planned discs.</summary>
public static class WriteVerb
{
    internal const string Name = "write";

    /// <summary>The verb.</summary>
    public static Verb<WriteDiscsRequest, WriteDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = ArchivingJson.Form.WriteDiscsRequest,
        Document = ArchivingJson.Form.WriteDocument,
        Stopped = new("cancelled", "stopped; discs that were finished are kept", "the same command goes on with the rest"),
        RunAsync = RunAsync,
    };

    /// <summary>Makes the directory of the images, unless it is there.</summary>
    internal static void CreateDirectory(WriteChoice choice)
    {
        try
        {
            Directory.CreateDirectory(choice.Directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(new("target-denied", $"{choice.Directory} can't be written: {e.Message}", "name another directory with --to"), e);
        }
    }

    internal static async Task<(IReadOnlyList<WrittenDiscPart> Discs, IReadOnlyList<SetProgressPart> Sets)> WriteAsync(
        CatalogueDatabase database, IReadOnlyList<int> discs, WriteChoice choice, Work work, CancellationToken cancellationToken)
    {
        CreateDirectory(choice);
        await using OpenVault? vault = VaultContents.Of(database, work.Equipment.Time);
        DiscWriter writer = VaultContents.Writer(database, vault, work.Equipment.Time);
        FullSets sets = new(database, work.Equipment.Time);
        List<WrittenDiscPart> written = [];
        SortedDictionary<int, SetProgressPart> stand = [];
        foreach (int disc in discs)
        {
            if (choice.Overwrite || !File.Exists(writer.ImagePath(disc, choice.Directory)))
            {
                VaultContents.Require(vault, disc);
            }

            written.Add(WrittenDiscPart.Of(await writer.WriteAsync(
                new() { Disc = disc, Directory = Path.GetFullPath(choice.Directory), Overwrite = choice.Overwrite, DryRun = choice.DryRun, ReadBack = choice.ReadBack, AddsToSet = !choice.NoSet },
                work.Progress,
                cancellationToken)));
            if (choice is { DryRun: false, NoSet: false }
                && await Task.Run(() => sets.Close(disc, choice.Overwrite, work.Progress, cancellationToken), CancellationToken.None) is { } set)
            {
                bool wasMade = set.WasMade || (stand.TryGetValue(set.Set.Plan.Number, out SetProgressPart? before) && before.Made);
                stand[set.Set.Plan.Number] = SetProgressPart.Of(set with { WasMade = wasMade });
            }
        }

        return (written, [.. stand.Values]);
    }

    private static async Task<WriteDocument> RunAsync(WriteDiscsRequest request, Work work, CancellationToken cancellationToken)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenForWriting(request.Catalogue, CatalogueWait.ToWork(work.Progress, cancellationToken));
        DiscStore store = new(database);
        IReadOnlyList<int> numbers = request.Disc is { } one
            ? [one]
            : [.. store.All().Where(disc => disc.Status == "written").Select(disc => disc.Number).Concat(store.ToBeWritten()).Order()];
        (IReadOnlyList<WrittenDiscPart> discs, IReadOnlyList<SetProgressPart> sets) = await WriteAsync(database, numbers, request.How, work, cancellationToken);
        return new() { Discs = discs, Sets = sets };
    }
}

/// <summary>Which discs are to be made.</summary>
/// <param name="Catalogue">The catalogue.</param>
/// <param name="Disc">Number of the disc, from 0; null for all of the plan: what is finished is not made again.</param>
/// <param name="How">Where to, and how.</param>
public sealed record WriteDiscsRequest(string Catalogue, int? Disc, WriteChoice How);

/// <summary>Where images of discs are made, and how.</summary>
public sealed record WriteChoice
{
    /// <summary>The directory of the images; made where there is none.</summary>
    public required string Directory { get; init; }

    /// <summary>Whether images are made again that are there.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether everything but the writing is done.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether the sums of sets are left alone: no parity discs are made then.</summary>
    public bool NoSet { get; init; }

    /// <summary>Whether each image is read again from storage when it is written.</summary>
    public bool ReadBack { get; set; } = true;
}

/// <summary>Discs that were made.</summary>
public sealed record WriteDocument : Document
{
    /// <summary>The discs, in the order in which they were made.</summary>
    public required IReadOnlyList<WrittenDiscPart> Discs { get; init; }

    /// <summary>How the sets stand that these discs belong to; none where they belong to none.</summary>
    public IReadOnlyList<SetProgressPart> Sets { get; init; } = [];

    /// <inheritdoc/>
    protected override Outcome Found => Discs.All(disc => disc.Good) ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => WriteVerb.Name;
}

/// <summary>A disc that was made.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Good">Whether every file of it is as the catalogue says.</param>
/// <param name="Image">The image; where it is not good, what there is of it. Null where nothing was written.</param>
/// <param name="Sectors">Sectors of 2048 bytes of it.</param>
/// <param name="Sha256">Of the image; null where nothing was written.</param>
/// <param name="ReadBack">Whether it was read again from storage, and agreed.</param>
/// <param name="WasThere">Whether it was there already, and nothing had to be done.</param>
/// <param name="Problems">Files that are not as the catalogue says.</param>
public sealed record WrittenDiscPart(
    int Number, bool Good, string? Image, long Sectors, string? Sha256, bool ReadBack, bool WasThere, IReadOnlyList<SourceProblemPart> Problems)
{
    /// <summary>Files on it.</summary>
    public long Files { get; init; }

    internal static WrittenDiscPart Of(WriteResult result) => new(
        result.Disc.Number,
        result.IsGood,
        result.Image,
        result.Disc.Sectors,
        result.Sha256,
        result.IsReadBack,
        result.WasThere,
        [.. result.Problems.Select(problem => new SourceProblemPart(problem.Path, problem.Failure.Code, problem.Failure.What))])
    {
        Files = result.Disc.Files,
    };
}

/// <summary>How a set of discs stands.</summary>
/// <param name="Number">From 0, through all plans.</param>
/// <param name="Missing">Discs that are not in its parity yet.</param>
/// <param name="Made">Whether its parity discs were made just now.</param>
/// <param name="Parity">Its parity discs.</param>
public sealed record SetProgressPart(int Number, IReadOnlyList<int> Missing, bool Made, IReadOnlyList<ParityDiscPart> Parity)
{
    internal static SetProgressPart Of(SetProgress set) => new(
        set.Set.Plan.Number, set.Missing, set.WasMade, [.. set.Set.Parity.Select(ParityDiscPart.Of)]);
}

/// <summary>A parity disc of a set.</summary>
/// <param name="Row">Which row of parity, from 1.</param>
/// <param name="Label">Name of its volume.</param>
/// <param name="Image">Its image; null until it was made.</param>
/// <param name="Sectors">Sectors of 2048 bytes of it; null until it was made.</param>
/// <param name="Sha256">Of the image; null until it was made.</param>
public sealed record ParityDiscPart(int Row, string Label, string? Image, long? Sectors, string? Sha256)
{
    internal static ParityDiscPart Of(ParityDiscRecord disc) => new(disc.Row, disc.Label, disc.Image, disc.Sha256 is null ? null : disc.Sectors, disc.Sha256);
}

/// <summary>A file that is not as the catalogue says.</summary>
/// <param name="Path">The file.</param>
/// <param name="Code">What is wrong, as in docs/errors.md.</param>
/// <param name="What">The same for people.</param>
public sealed record SourceProblemPart(string Path, string Code, string What);
