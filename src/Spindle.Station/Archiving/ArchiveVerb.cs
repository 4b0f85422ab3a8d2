// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Station.Burning;
using Spindle.Station.Contract;

namespace Spindle.Station.Archiving;

/// <summary><c>archive</c>: scan, plan, write, and burn where that is wanted, in one go.</summary>
public static class ArchiveVerb
{
    internal const string Name = "archive";

    /// <summary>The verb.</summary>
    public static Verb<ArchiveRequest, ArchiveDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = ArchivingJson.Form.ArchiveRequest,
        Document = ArchivingJson.Form.ArchiveDocument,
        Stopped = new("cancelled", "stopped; what was read is in the catalogue, and discs that were finished are kept", "the same command goes on with the rest"),
        RunAsync = RunAsync,
    };

    private static async Task<ArchiveDocument> RunAsync(ArchiveRequest request, Work work, CancellationToken cancellationToken)
    {
        ScanVerb.Require(request.Scan);
        _ = request.Plan.ToRequest(); // what makes no sense is said before anything is read
        if (request.Burn is { } burn)
        {
            BurnVerb.Require(burn, work.Equipment);
        }

        ArchiveDocument document = await WriteAsync(request, work, cancellationToken);
        return request.Burn is null ? document : await BurnAsync(document, request.Burn, work, cancellationToken);
    }

    private static async Task<ArchiveDocument> WriteAsync(ArchiveRequest request, Work work, CancellationToken cancellationToken)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(request.Catalogue, CatalogueWait.ToWork(work.Progress, cancellationToken));
        WriteVerb.CreateDirectory(request.Write); // before the scan: in the tree, it would be news to the next one
        ScanResult scan = await new Scanner(work.Equipment.Time).ScanAsync(database, request.Scan, work.Progress, cancellationToken);
        await CatalogueJson.WriteFileAsync(Path.ChangeExtension(database.Path, ".json"), database, cancellationToken);
        PlanDocument plan = await PlanVerb.PlanAsync(database, request.Plan, work, cancellationToken);

        // Also discs that an earlier call planned and did not come to write, or that an imported catalogue tells of and nobody has seen.
        (IReadOnlyList<WrittenDiscPart> written, IReadOnlyList<SetProgressPart> sets) = await WriteVerb.WriteAsync(database, new DiscStore(database).ToBeWritten(), request.Write, work, cancellationToken);
        return new()
        {
            Catalogue = database.Path,
            Sources = ScannedSourcePart.Of(scan),
            Plan = plan with { Waiting = [] }, // they were made now
            Discs = written,
            Sets = sets,
        };
    }

    /// <summary>All discs that lack copies, those of earlier calls, too: so the same command goes on. What was made is told in any case.</summary>
    private static async Task<ArchiveDocument> BurnAsync(ArchiveDocument document, BurnChoice how, Work work, CancellationToken cancellationToken)
    {
        try
        {
            return document with { Burned = await BurnVerb.RunAsync(new() { All = true, Catalogue = document.Catalogue, How = how }, work, cancellationToken) };
        }
        catch (OperationFailedException e)
        {
            return document with { NotBurned = e.Failure };
        }
        catch (OperationCanceledException)
        {
            return document with { NotBurned = new("cancelled", "stopped before a disc was touched; the images are made", "the same command goes on") };
        }
    }
}

/// <summary>What is to be archived, and onto what discs.</summary>
/// <param name="Catalogue">The catalogue; made where there is none.</param>
/// <param name="Scan">Which tree.</param>
/// <param name="Plan">What discs.</param>
/// <param name="Write">Where their images are made.</param>
public sealed record ArchiveRequest(string Catalogue, ScanRequest Scan, PlanChoice Plan, WriteChoice Write)
{
    /// <summary>How discs are burned that lack copies; null where none are.</summary>
    public BurnChoice? Burn { get; init; }
}

/// <summary>A tree that was archived.</summary>
public sealed record ArchiveDocument : Document
{
    /// <summary>The catalogue.</summary>
    public required string Catalogue { get; init; }

    /// <summary>What was found, as of <c>scan</c>.</summary>
    public required IReadOnlyList<ScannedSourcePart> Sources { get; init; }

    /// <summary>What was planned, as of <c>plan</c>.</summary>
    public required PlanDocument Plan { get; init; }

    /// <summary>What was made, as of <c>write</c>.</summary>
    public required IReadOnlyList<WrittenDiscPart> Discs { get; init; }

    /// <summary>How the sets stand that these discs belong to, as of <c>write</c>.</summary>
    public IReadOnlyList<SetProgressPart> Sets { get; init; } = [];

    /// <summary>What was burned, as of <c>burn</c>; null where nothing was to be, or it came to nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BurnDocument? Burned { get; init; }

    /// <summary>Why nothing was burned; null where something was, or was not to be.</summary>
    [JsonIgnore]
    public Failure? NotBurned { get; init; }

    /// <inheritdoc/>
    protected override Failure? Ended => NotBurned ?? Burned?.Error;

    /// <inheritdoc/>
    protected override Outcome Found =>
        Sources.All(source => source.ProblemCount == 0) && Plan.NamesUnknown == 0 && Discs.All(disc => disc.Good) && (Burned?.Outcome ?? Outcome.Done) == Outcome.Done ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => ArchiveVerb.Name;
}
