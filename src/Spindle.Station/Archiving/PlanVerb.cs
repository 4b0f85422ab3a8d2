// SPDX-License-Identifier: MIT
using Spindle.Archiving.Planning;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Parity.DiscSet;
using Spindle.Station.Contract;

namespace Spindle.Station.Archiving;

/// <summary><c>plan</c>: decides what comes onto which disc.</summary>
public static class PlanVerb
{
    internal const string Name = "plan";

    /// <summary>The verb.</summary>
    public static Verb<PlanDiscsRequest, PlanDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = ArchivingJson.Form.PlanDiscsRequest,
        Document = ArchivingJson.Form.PlanDocument,
        Stopped = new("cancelled", "stopped; the plan is as it was before"),
        RunAsync = RunAsync,
    };

    /// <summary>Plans; where no content is new, and names are, asks whether they are to get a disc.</summary>
    internal static async Task<PlanDocument> PlanAsync(CatalogueDatabase database, PlanChoice choice, Work work, CancellationToken cancellationToken)
    {
        Planner planner = new(database, work.Equipment.Time);
        PlanRequest request = choice.ToRequest();
        PlanResult result = await planner.RunAsync(request, work.Progress, cancellationToken);
        bool isWanted = result.NamesUnknown > 0
            && await work.Answers.ConfirmAsync(new("names-on-no-disc", $"No content is new, but {PlanDocument.NamesUnknownOf(result)}. Plan a disc for that?"), cancellationToken);
        return PlanDocument.Of(request, isWanted ? await planner.RunAsync(request with { Names = true }, work.Progress, cancellationToken) : result);
    }

    private static async Task<PlanDocument> RunAsync(PlanDiscsRequest request, Work work, CancellationToken cancellationToken)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenForWriting(request.Catalogue, CatalogueWait.ToWork(work.Progress, cancellationToken));
        return await PlanAsync(database, request.What, work, cancellationToken);
    }
}

/// <summary>Onto what discs an archive is to be planned.</summary>
/// <param name="Catalogue">The catalogue.</param>
/// <param name="What">The discs.</param>
public sealed record PlanDiscsRequest(string Catalogue, PlanChoice What);

/// <summary>What discs are planned.</summary>
public sealed record PlanChoice
{
    /// <summary>What a disc holds, such as <c>bd</c>, <c>25GB</c> or <c>12219392s</c> (<see cref="Media.Capacity"/>).</summary>
    public required string Capacity { get; init; }

    /// <summary>Percent of the capacity to leave empty, 0 to 90.</summary>
    public double ReservePercent { get; init; }

    /// <summary>Percent of check data that each disc gets, for its data; null for none.</summary>
    public double? ParityPercent { get; init; }

    /// <summary>Parity discs that each set of discs gets, 1 to 8: so many of a set may be lost. Null for no sets.</summary>
    public int? ParityDiscs { get; init; }

    /// <summary>Discs that a set has at most; null for a dozen to each parity disc.</summary>
    public int? SetSize { get; init; }

    /// <summary>Directories, from the archive's root, that must not be divided.</summary>
    public IReadOnlyList<string> KeepTogether { get; set; } = [];

    /// <summary>Whether files that are larger than a disc are divided; otherwise they are an error.</summary>
    public bool SplitsFiles { get; init; }

    /// <summary>Whether a disc is planned where all contents have one, and only names, links, folders or attributes are new, or gone.</summary>
    public bool Names { get; init; }

    /// <summary>What the planner is asked.</summary>
    /// <exception cref="OperationFailedException"><c>usage</c>: there is no such capacity.</exception>
    internal PlanRequest ToRequest() => new()
    {
        Capacity = Media.Capacity.TryParse(Capacity, out Capacity? known)
            ? known
            : throw Usage.Error($"{Capacity} is not a capacity", $"known are {string.Join(", ", Media.Capacity.Names)}, 12219392s, 25GB"),
        ReservePercent = ReservePercent is >= 0 and <= 90 ? ReservePercent : throw Usage.Error("--reserve is a percentage of 90 at most", "such as 10%"),
        ParityPercent = ParityPercent is null or (> 0 and <= 200) ? ParityPercent : throw Usage.Error("--parity is a percentage of more than 0, and 200 at most", "such as 15%"),
        ParityDiscs = ParityDiscs is null or (>= 1 and <= SetCode.MostRows) ? ParityDiscs : throw Usage.Error($"--parity-discs {ParityDiscs} is not a number from 1 to {SetCode.MostRows}"),
        SetSize = SetSize is not { } size ? null
            : ParityDiscs is not { } rows ? throw Usage.Error("--set-size is of sets with parity discs", "such as --parity-discs 2 --set-size 12")
            : size >= 1 && size <= SetCode.MostDiscs(rows) ? size : throw Usage.Error($"--set-size {size} is not a number from 1 to {SetCode.MostDiscs(rows)}"),
        KeepTogether = KeepTogether,
        SplitsFiles = SplitsFiles,
        Names = Names,
        Tool = $"spindle {typeof(PlanVerb).Assembly.GetName().Version!.ToString(3)}",
    };
}
