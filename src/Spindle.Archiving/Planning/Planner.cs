// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Archiving.Discs;
using Spindle.Archiving.Sets;
using Spindle.Catalogue;
using Spindle.Catalogue.Documents;
using Spindle.Catalogue.Sets;
using Spindle.Mastering;
using Spindle.Media;
using Spindle.Parity.DiscSet;
using Spindle.Parity.Protecting;

namespace Spindle.Archiving.Planning;

/// <summary>Decides what comes onto which disc: as few discs as possible, related files together, no disc too full by a sector.</summary>
/// <param name="database">The catalogue, open for writing.</param>
/// <param name="time">Says when a plan is made.</param>
public sealed class Planner(CatalogueDatabase database, TimeProvider time)
{
    // Rounds of making more room: each follows from what the discs really came to, so two are the rule.
    private const int MaximumRounds = 8;

    // What the lists of a disc take beside what is counted by name: README, disc.json, format.txt, restore.sh, ends of sectors.
    private const int FixedSectors = 96;

    // What share of a disc must have been left empty by wrong estimates on every disc, for a plan to be made once more.
    private const int WorthwhileShare = 200;

    private readonly PlanStore _store = new(database);

    /// <summary>Plans what is not yet on a disc. Plans of which no disc was written are made anew.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellationToken">Stops it; the catalogue is then as it was.</param>
    /// <exception cref="OperationFailedException"><c>nothing-scanned</c>, <c>scan-unfinished</c>, <c>file-too-large</c>, <c>name-too-long</c>, <c>no-such-directory</c>,
    /// <c>too-small</c>, <c>does-not-fit-together</c>.</exception>
    public Task<PlanResult> RunAsync(PlanRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken) =>
        Task.Run(() => Plan(request, progress, cancellationToken), CancellationToken.None);

    internal PlanResult Plan(PlanRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken) =>
        CatalogueDatabase.Guarded(database.Path, () =>
        {
            database.Run("PRAGMA foreign_keys = OFF"); // every number written here was had from its table, and a dropped disc would be sought in all rows
            try
            {
                using Microsoft.Data.Sqlite.SqliteTransaction transaction = database.BeginWriting();
                PlanResult result = PlanWithin(request, progress, cancellationToken);
                result = result with { Waiting = [.. new DiscStore(database).ToBeWritten().Except(result.Discs.Select(disc => disc.Number))] };
                transaction.Commit();
                return result;
            }
            finally
            {
                database.Run("PRAGMA foreign_keys = ON");
            }
        });

    private PlanResult PlanWithin(PlanRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        if (_store.NewestScan() is not { } scan)
        {
            throw new OperationFailedException(new("nothing-scanned", $"{database.Path} knows no files yet", "run 'spindle scan PATH' first"));
        }

        if (!scan.IsFinished)
        {
            throw new OperationFailedException(new("scan-unfinished", "the last scan was cut off: what it did not reach would be left out", "run 'spindle scan' again, which goes on where it was"));
        }

        _store.DropUnwritten();
        _store.WithdrawImpossible(scan.Id);
        progress.Report(new("measuring", 0, 0, "discs"));
        long unknown = _store.NamesUnknown();
        bool plansNames = unknown > 0 && (request.Names || !_store.HasPlans()); // of an archive that has no disc, the first one is wanted anyway
        NewDirectories directories = new(database, plansNames);
        (long catalogueSectors, bool isCompressed) = CatalogueCopy.Estimate(database, ImageSectors(request));
        long spare = catalogueSectors + FixedSectors + ParityDiscRoom(request, catalogueSectors);
        for (int round = 0; round < MaximumRounds; round++)
        {
            long room = ImageSectors(request) - VolumeGeometry.Total(new(), default, 0) - spare;
            ArchiveMeasure measure = Measured(directories, room, request, cancellationToken);
            if (measure.Bytes == 0 && measure.Files == measure.References && !plansNames)
            {
                return Result(request, measure, directories, [], [], 0) with { NamesUnknown = unknown };
            }

            IReadOnlyList<DiscLoad> discs = new DiscPacker(measure.Costs, new(measure.Costs, measure.PieceSectors), room).Pack(measure.Bound.Discs());
            database.Run("SAVEPOINT packed");
            (IReadOnlyList<PlannedDisc> planned, IReadOnlyList<PlannedSet> sets, long excess) = LayOut(request, scan.Id, isCompressed, directories, measure, discs, progress, cancellationToken);

            // A disc more than it takes, and room that was left for nothing: worth another try.
            bool isWasteful = round == 0 && discs.Count > measure.Bound.Discs() && -excess > ImageSectors(request) / WorthwhileShare;
            if (excess <= 0 && !isWasteful)
            {
                database.Run("RELEASE packed");
                return Result(request, measure, directories, discs, planned, measure.Bound.Discs()) with { Sets = sets };
            }

            database.Run("ROLLBACK TO packed; RELEASE packed");
            spare += excess + FixedSectors;
        }

        throw new OperationFailedException(new("too-small", $"discs of {request.Capacity.Sectors} sectors are too small for this archive's lists", "plan larger discs"));
    }

    /// <summary>Sectors that an image may have, so that the disc has room for the reserve and the check data.</summary>
    private static long ImageSectors(PlanRequest request)
    {
        long sectors = (long)(request.Capacity.Sectors * (100 - request.ReservePercent) / 100);
        return request.ParityPercent is { } percent ? Redundancy.OfPercent(percent).PayloadSectorsWithin(sectors) : sectors;
    }

    private static int SetSize(PlanRequest request, int rows) => request.SetSize ?? Math.Min(rows * PlannedSet.UsualDiscsToEach, SetCode.MostDiscs(rows));

    /// <summary>Sectors that a parity disc takes beside the longest image of its set: data discs leave as many, so that both go onto media of one size.</summary>
    private static long ParityDiscRoom(PlanRequest request, long catalogueSectors) =>
        request.ParityDiscs is { } rows ? ParityDiscs.SectorsBeside(ImageSectors(request), SetSize(request, rows) + rows, catalogueSectors) : 0;

    private ArchiveMeasure Measured(NewDirectories directories, long room, PlanRequest request, CancellationToken cancellationToken)
    {
        if (room < FixedSectors)
        {
            throw new OperationFailedException(new("too-small", $"a disc of {request.Capacity.Sectors} sectors has no room for files beside the archive's lists", "plan larger discs"));
        }

        ArchiveMeasure measure = new(database, directories, room, request, cancellationToken);
        if (measure.UnknownTogether.Count > 0)
        {
            throw new OperationFailedException(new(
                "no-such-directory", $"nothing new is in the directory {measure.UnknownTogether[0]}", "--keep-together takes paths from the archive's root"));
        }

        if (measure.TooLarge.Count > 0)
        {
            (byte[] path, long size) = measure.TooLarge[0];
            string others = measure.TooLarge.Count > 1 ? $", and {measure.TooLarge.Count - 1} more files" : "";
            throw new OperationFailedException(new(
                "file-too-large", $"{Encoding.UTF8.GetString(path)} ({size} bytes) is larger than a disc has room for{others}", "--split divides such files, or plan larger discs"));
        }

        if (measure.WithoutRoom.Count > 0)
        {
            string others = measure.WithoutRoom.Count > 1 ? $", nor do {measure.WithoutRoom.Count - 1} more" : "";
            throw new OperationFailedException(new(
                "too-small",
                $"{(measure.WithoutRoom[0].Length == 0 ? "the root directory" : Encoding.UTF8.GetString(measure.WithoutRoom[0]))} does not fit onto discs of {request.Capacity.Sectors} sectors, in parts either: the directories above it and the archive's lists leave too little room{others}",
                "plan larger discs"));
        }

        if (measure.TooLongToSplit.Count > 0)
        {
            throw new OperationFailedException(new(
                "name-too-long", $"{Encoding.UTF8.GetString(measure.TooLongToSplit[0])} must be divided, and its name is too long for a number behind it", "rename it and scan again, or plan larger discs"));
        }

        for (int index = 0; index < measure.Costs.Count; index++)
        {
            if (measure.Costs.IsUndividable(index)
                && measure.Costs.Sectors(index, measure.Costs.EndOf(index)) + DiscLoad.SectorsAbove(measure.Costs.DepthOf(index)) > room)
            {
                throw new OperationFailedException(new(
                    "does-not-fit-together", $"{Encoding.UTF8.GetString(directories.PathOf(index))} does not fit onto one disc", "leave out its --keep-together, or plan larger discs"));
            }
        }

        return measure;
    }

    /// <summary>Writes the packing into the catalogue and lays every disc out, as the writer will.</summary>
    /// <returns>The discs, their sets, and by how many sectors the fullest is too full.</returns>
    private (IReadOnlyList<PlannedDisc> Planned, IReadOnlyList<PlannedSet> Sets, long Excess) LayOut(
        PlanRequest request,
        long scan,
        bool isCompressed,
        NewDirectories directories,
        ArchiveMeasure measure,
        IReadOnlyList<DiscLoad> discs,
        IProgress<WorkProgress> progress,
        CancellationToken cancellationToken)
    {
        (double cohesion, double spread) = Togetherness(measure, discs);
        PlanDetail detail = new()
        {
            Format = PlanDetail.FormatWithGone,
            Tool = request.Tool,
            Job = database.Setting("job") ?? "Archive",
            Client = database.Setting("client") ?? "Unknown client",
            Capacity = request.Capacity.Name,
            ImageSectors = ImageSectors(request),
            ParityPercent = request.ParityPercent,
            IsCatalogueCompressed = isCompressed,
            HasSha512 = database.Setting("hashes")?.Contains("sha512", StringComparison.Ordinal) ?? false,
            Written = _store.DiscsThatAre("'written', 'imported'"),
            Withdrawn = _store.DiscsThatAre("'withdrawn'") is { Length: > 0 } withdrawn ? withdrawn : null,
            LowerBound = measure.Bound.Discs(),
            Cohesion = cohesion,
            Spread = spread,
            ParityDiscs = request.ParityDiscs,
            SetSize = request.ParityDiscs is { } rows ? SetSize(request, rows) : null,
            FirstSet = request.ParityDiscs is null ? null : new SetStore(database).NextNumber(),
        };
        (long plan, int firstDisc, IReadOnlyList<PlannedSet> sets) = _store.AddPlan(scan, request.Capacity.Sectors, time.GetUtcNow(), discs.Count, detail);
        _store.Assign(directories, measure, discs, firstDisc);
        CatalogueCopy catalogue = CatalogueCopy.Measure(database, scan, plan, isCompressed);

        List<PlannedDisc> planned = [];
        ContentPaths paths = new();
        long excess = long.MinValue;
        for (int number = firstDisc; number < firstDisc + discs.Count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(new("laying-out", number - firstDisc, discs.Count, "discs"));
            DiscAssembly disc = DiscAssembly.Create(database, number, Task.FromResult(catalogue), new LengthsOnly(), paths);
            long sectors = request.ParityPercent is { } percent ? Redundancy.OfPercent(percent).ImageSectorsFor(disc.Layout.Sectors) : disc.Layout.Sectors;
            _store.Update(number, sectors, disc.Facts.Files, disc.Facts.Bytes);
            planned.Add(new(number, disc.Facts.Label, sectors, disc.Facts.Files, disc.Facts.Bytes));
            excess = Math.Max(excess, disc.Layout.Sectors + ParityDiscRoom(request, catalogue.Sectors) - detail.ImageSectors);
        }

        progress.Report(new("laying-out", discs.Count, discs.Count, "discs"));

        return (planned, sets, excess);
    }

    private static PlanResult Result(
        PlanRequest request, ArchiveMeasure measure, NewDirectories directories, IReadOnlyList<DiscLoad> discs, IReadOnlyList<PlannedDisc> planned, int bound)
    {
        (double cohesion, double spread) = Togetherness(measure, discs);
        return new()
        {
            Discs = planned,
            CapacitySectors = request.Capacity.Sectors,
            ImageSectors = ImageSectors(request),
            LowerBound = bound,
            Files = measure.Files,
            Bytes = measure.Bytes,
            References = measure.References,
            Cohesion = cohesion,
            Spread = spread,
            Divisions = [.. measure.Pieces.OrderBy(pieces => pieces.Key).SelectMany(pieces => DivisionsOf(directories.PathOf(pieces.Key), pieces.Value))],
        };
    }

    private static IEnumerable<PlanDivision> DivisionsOf(byte[] path, List<DirectoryPiece> pieces)
    {
        int runs = pieces.Count(piece => piece.Part is null);
        if (runs > 1)
        {
            yield return new(Encoding.UTF8.GetString(path), IsFile: false, runs);
        }

        foreach (IGrouping<long, DirectoryPiece> file in pieces.Where(piece => piece.Part is not null).GroupBy(piece => piece.Part!.Entry))
        {
            yield return new(Encoding.UTF8.GetString(path), IsFile: true, file.Count());
        }
    }

    /// <summary>How much of the archive stays together.</summary>
    /// <returns>The share of files in undivided directories, and discs per directory with files.</returns>
    private static (double Cohesion, double Spread) Togetherness(ArchiveMeasure measure, IReadOnlyList<DiscLoad> discs)
    {
        Dictionary<int, int> discsOf = [];
        foreach (IEnumerable<int> divided in discs.Select(disc => disc.Items.Where(item => item.Piece >= 0).Select(item => item.From).Distinct()))
        {
            foreach (int directory in divided)
            {
                discsOf[directory] = discsOf.GetValueOrDefault(directory) + 1;
            }
        }

        long files = 0;
        long together = 0;
        long withFiles = 0;
        long places = 0;
        for (int index = 0; index < measure.Costs.Count; index++)
        {
            int own = measure.Costs.FilesOf(index);
            int count = discsOf.GetValueOrDefault(index, 1);
            files += own;
            together += count == 1 ? own : 0;
            withFiles += own > 0 ? 1 : 0;
            places += own > 0 ? count : 0;
        }

        return (files == 0 ? 1 : together / (double)files, withFiles == 0 ? 1 : places / (double)withFiles);
    }
}
