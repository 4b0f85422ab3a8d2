// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Files;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Records;
using Spindle.Imaging.Verifying;
using Spindle.Media;

namespace Spindle.Imaging.Merging;

/// <summary>Makes one image of several partial copies of a disc: other drives, other copies, other days.</summary>
/// <param name="files">Where the image is kept.</param>
/// <param name="time">The clock that the record is made with.</param>
public sealed class Merger(IImageFiles files, TimeProvider time)
{
    private const int BatchesUnderWay = 8;

    /// <summary>Down to what ddrescue counts in where nobody tells it of sectors.</summary>
    private static readonly int[] SectorSizes = [2048, 1024, 512];

    /// <summary>Merges copies. What was stopped is done again from the start: nothing but reading the copies was lost by it.</summary>
    /// <returns>What was done and seen; copies that disagree are part of that, not exceptions.</returns>
    /// <exception cref="OperationFailedException">It can't be done; nothing that was there has changed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; nothing that was there has changed.</exception>
    /// <param name="request">What is asked for.</param>
    /// <param name="progress">Told after every batch of sectors.</param>
    /// <param name="cancellationToken">Stops after the batch at hand.</param>
    public Task<MergeResult> RunAsync(MergeRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken) =>
        Task.Run(() => Run(request, progress, cancellationToken), cancellationToken);

    private async Task<MergeResult> Run(MergeRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        DateTimeOffset startedAt = time.GetLocalNow();
        Refuse(request);
        List<Copy> copies = [];
        try
        {
            List<RescueMapFile> mapFiles = [.. request.Sources.Select(source => RescueMapFile.Read(source.Map))];
            int sectorSize = request.SectorSize ?? SectorSizes.Where(size => mapFiles.All(file => KeepsTo(file, size))).DefaultIfEmpty(Capacity.SectorSize).First();
            foreach ((MergeSource source, RescueMapFile file) in request.Sources.Zip(mapFiles))
            {
                copies.Add(new(source, file, sectorSize));
            }

            MediumLayout layout = new(sectorSize, copies.Max(copy => copy.Length));
            copies.ForEach(copy => copy.Open(layout));
            PieceDigests digests = new(layout);
            SectorMap map = new(layout.SectorCount);
            void Report(string stage, long done) => progress.Report(new(stage, done, layout.Length, WorkProgress.Bytes)
            {
                Trouble = WorkTrouble.Of(map.Total(SectorState.Bad), "sectors unreadable"),
            });

            Announce(request);
            string part = request.Output + WholeFile.PartSuffix;
            (RangeLedger ledger, IReadOnlyDictionary<HashKind, string> hashes) = Write(request, copies, new(layout, map, digests, part), done => Report("copying", done), cancellationToken);
            (CacheBypass bypass, IReadOnlyList<SectorRange> differences) = await ReadBackAsync(
                layout, digests, part, done => Report("verifying-image", done), cancellationToken);
            MergeResult result = new()
            {
                Request = request,
                StartedAt = startedAt,
                Length = layout.Length,
                SectorSize = layout.SectorSize,
                Map = map,
                Ranges = ledger.Ranges,
                Hashes = hashes,
                Bypass = bypass,
                Concerns = [.. Concerns(map, ledger.Ranges, differences, bypass)],
            };
            Publish(result, layout, isTrue: differences.Count == 0);
            return result;
        }
        finally
        {
            copies.ForEach(copy => copy.Dispose());
        }
    }

    /// <summary>Whether the map tells whole sectors of a size from each other; the end of a medium may cut the last one short.</summary>
    private static bool KeepsTo(RescueMapFile file, int sectorSize) => file.Blocks.All(block => block.Position % sectorSize == 0);

    private void Refuse(MergeRequest request)
    {
        string[] outputs = [request.Output, request.MapPath, request.RecordPath, request.Output + WholeFile.PartSuffix];
        string[] inputs = [.. request.Sources.SelectMany(source => new[] { source.Image, source.Map })];
        if (inputs.Select(Path.GetFullPath).Intersect(outputs.Select(Path.GetFullPath)).FirstOrDefault() is { } both)
        {
            throw new OperationFailedException(new("source-is-target", $"{both} would be written while it is read", "name another output"));
        }

        if (request.Sources.GroupBy(source => Path.GetFullPath(source.Image)).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new OperationFailedException(new(
                "copy-named-twice", $"{twice.First().Image} is named twice: agreeing with itself, it would outvote others", "name each copy once"));
        }

        if (Path.GetDirectoryName(Path.GetFullPath(request.Output)) is { } folder && !Directory.Exists(folder))
        {
            throw new OperationFailedException(new("target-failed", $"there is no folder {folder}", "make it, or name another output"));
        }

        if (!request.Overwrite && outputs.Take(3).FirstOrDefault(files.Exists) is { } there)
        {
            throw new OperationFailedException(new("already-exists", $"{there} exists already", "name another output, or replace it with --overwrite"));
        }

        if (!request.Overwrite && files.Exists(request.Output + WholeFile.PartSuffix) && !files.Exists(request.RecordPath + WholeFile.PartSuffix))
        {
            throw new OperationFailedException(new(
                "unfinished-copy",
                $"{request.Output}{WholeFile.PartSuffix} is an unfinished copy of a disc",
                "go on with it with 'spindle image --resume', name another output, or replace it with --overwrite"));
        }
    }

    /// <summary>Says whose the unfinished image is: a merge that was killed may be begun again, and the copy of a disc must not be lost.</summary>
    private void Announce(MergeRequest request) => files.WriteWhole(
        request.RecordPath + WholeFile.PartSuffix,
        System.Text.Encoding.UTF8.GetBytes("{ \"schema\": \"spindle/merge/1\", \"sources\": [] }\n"));

    private (RangeLedger Ledger, IReadOnlyDictionary<HashKind, string> Hashes) Write(
        MergeRequest request, IReadOnlyList<Copy> copies, Target target, Action<long> reached, CancellationToken cancellationToken)
    {
        RangeLedger ledger = new();
        List<ContentHash> hashes = [.. request.Hashes.Select(kind => new ContentHash(kind))];
        byte[] batch = new byte[target.Layout.BatchLength];
        using SafeFileHandle image = files.OpenForWriting(target.Path, keepContents: false);
        foreach (SectorRange range in target.Layout.Batches())
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (Copy copy in copies)
            {
                copy.Load(range);
            }

            Array.Clear(batch);
            foreach (SectorRange run in RunsOfTheSameCopies(copies, range))
            {
                Decide(copies, run, batch.AsSpan((int)(run.Start - range.Start) * target.Layout.SectorSize), target.Map, ledger);
            }

            Memory<byte> content = batch.AsMemory(0, target.Layout.ByteLength(range));
            TargetFailure.Told(target.Path, () =>
            {
                RandomAccess.Write(image, content.Span, target.Layout.PositionOf(range.Start));
                return true;
            });
            target.Digests.Set(range, content.Span);
            hashes.ForEach(hash => hash.Append(content.Span));
            reached(target.Layout.PositionOf(range.End));
        }

        Dictionary<HashKind, string> finished = hashes.ToDictionary(hash => hash.Kind, hash => hash.Finish());
        hashes.ForEach(hash => hash.Dispose());
        return (ledger, finished);
    }

    private static IEnumerable<SectorRange> RunsOfTheSameCopies(IReadOnlyList<Copy> copies, SectorRange range)
    {
        long start = range.Start;
        for (long sector = start + 1; sector < range.End; sector++)
        {
            if (copies.Any(copy => copy.Has(sector) != copy.Has(start) || copy.Map[sector] != copy.Map[start]))
            {
                yield return SectorRange.Between(start, sector);
                start = sector;
            }
        }

        yield return SectorRange.Between(start, range.End);
    }

    private static void Decide(IReadOnlyList<Copy> copies, SectorRange run, Span<byte> memory, SectorMap map, RangeLedger ledger)
    {
        int[] offering = [.. Enumerable.Range(0, copies.Count).Where(index => copies[index].Has(run.Start))];
        if (run.Count == 1 || offering.Length == 0 || offering.Skip(1).All(index => copies[index][run].Span.SequenceEqual(copies[offering[0]][run].Span)))
        {
            DecideAsOne(copies, offering, run, memory, map, ledger);
            return;
        }

        for (int i = 0; i < run.Count; i++)
        {
            DecideAsOne(copies, offering, new(run.Start + i, 1), memory[(i * copies[0].SectorSize)..], map, ledger);
        }
    }

    private static void DecideAsOne(IReadOnlyList<Copy> copies, int[] offering, SectorRange sector, Span<byte> memory, SectorMap map, RangeLedger ledger)
    {
        int[] agreeing = offering.Length == 0 ? [] : [.. SectorVote.Decide([.. offering.Select(index => copies[index][sector])]).Select(place => offering[place])];
        ledger.Add(sector, agreeing, [.. offering.Except(agreeing)]);
        if (agreeing.Length > 0)
        {
            copies[agreeing[0]][sector].Span.CopyTo(memory);
            map.Set(sector, SectorState.Finished);
        }
        else
        {
            // Least processed first, as when ddrescue joins states: what one drive gave up, another copy may still have to try.
            SectorState[] states = [.. copies.Select(copy => copy.Map[sector.Start]).Where(state => state != SectorState.Finished)];
            map.Set(sector, offering.Length > 0 || states.Length == 0 ? SectorState.Bad : LeastProcessed.First(states.Contains));
        }
    }

    private static readonly SectorState[] LeastProcessed =
        [SectorState.NonTried, SectorState.NonTrimmed, SectorState.NonScraped, SectorState.Bad];

    private async Task<(CacheBypass Bypass, IReadOnlyList<SectorRange> Differences)> ReadBackAsync(
        MediumLayout layout, PieceDigests digests, string path, Action<long> reached, CancellationToken cancellationToken)
    {
        using UncachedFile image = files.OpenUncached(path);
        BatchPool pool = new(BatchesUnderWay, layout.BatchLength);
        ImageReading reading = new(image, layout, pool);
        DigestComparer comparer = new(layout, digests);
        await BatchPipeline.RunAsync(reading, [comparer], pool, reached, cancellationToken);
        return (image.Bypass, comparer.Differences);
    }

    private static IEnumerable<Failure> Concerns(
        SectorMap map, IReadOnlyList<MergeRange> ranges, IReadOnlyList<SectorRange> differences, CacheBypass bypass)
    {
        SectorRange[] open = [.. ranges.Where(range => range.IsConflict && range.Sources.Count == 0).Select(range => range.Range)];
        SectorRange[] outvoted = [.. ranges.Where(range => range.IsConflict && range.Sources.Count > 0).Select(range => range.Range)];
        SectorRange[] missing = [.. ranges.Where(range => !range.IsConflict && range.Sources.Count == 0).Select(range => range.Range)];
        if (open.Length > 0)
        {
            yield return new(
                "copies-differ",
                $"the copies disagree, and nobody can say which is right: sectors {SectorNames.Of(open)}",
                open.Sum(range => range.Count) > ranges.Where(range => range.Sources.Count > 1).Sum(range => range.Range.Count)
                    ? "they disagree more often than not: they may be of different discs"
                    : "read the disc again in another drive, and merge that, too: of three reads, two that agree decide");
        }

        if (outvoted.Length > 0)
        {
            yield return new(
                "copies-outvoted", $"a copy disagrees with the majority, which was taken: sectors {SectorNames.Of(outvoted)}", "look at the drive that it was made with");
        }

        if (missing.Length > 0)
        {
            yield return new(
                "unreadable-sectors",
                $"{missing.Sum(range => range.Count)} of {Figures.Count(map.SectorCount, "sector", "sectors")} in no copy: sectors {SectorNames.Of(missing)}",
                "merge a further copy, or go on with 'spindle image --resume'");
        }

        if (differences.Count > 0)
        {
            yield return new(
                "image-differs",
                $"the image, read back from its storage, is not what was written: sectors {SectorNames.Of(differences)}",
                "do not trust the storage that it is kept on; merge again elsewhere");
        }
        else if (bypass == CacheBypass.None)
        {
            yield return new(
                "cache-not-bypassed",
                "the image agrees, but its file system let it be read from memory only, so it is not called verified",
                "check it with its hashes after the storage was taken out and put back");
        }
    }

    private void Publish(MergeResult result, MediumLayout layout, bool isTrue)
    {
        MergeRequest request = result.Request;
        files.WriteWhole(request.RecordPath + WholeFile.PartSuffix, MergeRecord.Of(result).Write);
        using StringWriter text = new();
        new RescueMapFile
        {
            Heading = [$"# Mapfile. Created by Spindle version {Tool.Version}"],
            CurrentPosition = layout.Length,
            CurrentStatus = RescueStatus.Finished,
            Blocks = RescueMapFile.BlocksOf(result.Map, layout.SectorSize, layout.Length),
        }.Write(text);
        files.WriteWhole(request.MapPath + WholeFile.PartSuffix, System.Text.Encoding.UTF8.GetBytes(text.ToString()));
        if (!isTrue)
        {
            // An image that is not what was written gets no name, and neither does what speaks of it.
            return;
        }

        // Whoever is stopped in here leaves an image without map and record, never one with those of another image.
        files.Delete(request.RecordPath);
        files.Delete(request.MapPath);
        foreach (string path in new[] { request.Output, request.MapPath, request.RecordPath })
        {
            files.Move(path + WholeFile.PartSuffix, path);
        }
    }

    private sealed record Target(MediumLayout Layout, SectorMap Map, PieceDigests Digests, string Path);
}
