// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Blocks;
using Spindle.Parity.Health;
using Spindle.Parity.Journals;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Protecting;

/// <summary>Mends an image and its parity, in place under a journal, or in a copy.</summary>
/// <remarks>What can't be restored is left as it is, and told block by block.</remarks>
public static class Repairer
{
    /// <summary>Mends files. In place, a run that was killed is continued by the next one, to the same result.</summary>
    /// <param name="request">What to mend, and where to.</param>
    /// <param name="progress">Told from several threads, one at a time.</param>
    /// <param name="cancellationToken">Stops within about a second; in place, the next run continues.</param>
    /// <exception cref="OperationFailedException">There is no such file, no parity in it, no room, or the target exists.</exception>
    public static RepairResult Repair(RepairRequest request, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (request.Target is { } target)
        {
            JournalFile.RequireNone(request.Image);
            return RepairCopy(request, target, progress, cancellationToken);
        }

        JournalFile.RequireNoneBut(JournalOperation.Repair, request.Image);
        string journalPath = JournalFile.PathOf(request.Image);
        RepairResult result;
        using (ImageFile image = ImageFile.OpenWrite(request.Image))
        using (ImageFile? parityFile = request.ParityFile is null ? null : ImageFile.OpenWrite(request.ParityFile))
        {
            // Looked for first, so that a file without parity is left without a journal, too.
            if (!File.Exists(journalPath))
            {
                IImageStorage readable = request.Map is null ? image : new RescuedStorage(image, request.Map);
                ProtectedVolume found = ProtectedVolume.Find(readable, parityFile, progress, cancellationToken) ?? throw Failures.NoParity(image, parityFile);
                if (!request.AcceptsAnother && found.IsOfAnother(readable))
                {
                    throw Failures.OtherParity(image.Name, parityFile!.Name);
                }
            }

            using ImageFile journal = File.Exists(journalPath) ? ImageFile.OpenWrite(journalPath) : ImageFile.Create(journalPath);
            result = RepairInPlace(image, parityFile, journal, request, progress, cancellationToken);
        }

        File.Delete(journalPath);
        return result;
    }

    /// <summary>Mends what is kept anywhere, in place and without a journal: an image, say, that is not finished yet.</summary>
    /// <param name="image">The image, as long as it is to be.</param>
    /// <param name="request">What is known of it; its paths are not looked at.</param>
    /// <param name="progress">Told from several threads, one at a time.</param>
    /// <param name="cancellationToken">Stops within about a second; what was mended until then is right.</param>
    /// <exception cref="OperationFailedException">There is no parity in it.</exception>
    public static RepairResult Repair(IImageStorage image, RepairRequest request, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        RescuedStorage readable = new(image, request.Map ?? new(Sector.CountOf(image.Length), SectorState.Finished));
        ProtectedVolume found = ProtectedVolume.Find(readable, null, progress, cancellationToken) ?? throw Failures.NoParity(image, null);
        return Mend(found, request, image.Name, progress, cancellationToken);
    }

    /// <summary>Mends storage under a journal. When it returns, all is on the device, and the journal is of no more use.</summary>
    internal static RepairResult RepairInPlace(
        IImageStorage image, IImageStorage? parityFile, IImageStorage journal, RepairRequest request, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        JournalHeader? unfinished = JournalHeader.TryRead(journal, out int headerLength);
        if (unfinished is not null)
        {
            NewJournal(journal, headerLength, image, parityFile).Replay();
        }

        SectorMap map = MapOf(unfinished?.ImageLength ?? image.Length, request.Map, unfinished?.Missing ?? []);
        RescuedStorage readable = new(image, map);
        ProtectedVolume found = ProtectedVolume.Find(readable, parityFile, progress, cancellationToken) ?? throw Failures.NoParity(image, parityFile);
        long imageLength = WholeLength(found, image);
        map = Lengthened(map, Sector.CountOf(imageLength));
        long lengthBefore = unfinished?.ImageLength ?? image.Length;
        if (found.Layout.IsWithinImage && lengthBefore % Sector.Size != 0)
        {
            map.Set(new(lengthBefore / Sector.Size, 1), SectorState.Bad);
        }

        if (unfinished is null)
        {
            JournalHeader header = new(JournalOperation.Repair, image.Length, parityFile?.Length ?? -1, [.. map.Runs.Where(run => run.State != SectorState.Finished).Select(run => run.Range)]);
            byte[] bytes = header.ToBytes();
            headerLength = bytes.Length;
            journal.Write(0, bytes);
            journal.Flush();
        }

        RepairJournal changes = NewJournal(journal, headerLength, image, parityFile);
        if (image.Length < imageLength)
        {
            image.SetLength(imageLength);
        }

        JournaledStorage journaled = new(image, changes, 0);
        ProtectedVolume mended = found.On(new RescuedStorage(journaled, map), parityFile is null ? null : new JournaledStorage(parityFile, changes, 1));
        RepairResult result = Mend(mended, request, image.Name, progress, cancellationToken);
        changes.Commit();
        return result with { Resumed = unfinished is not null };
    }

    private static RepairResult RepairCopy(RepairRequest request, string target, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        using TargetFile file = new(target, request.Overwrite);
        using ImageFile image = ImageFile.OpenRead(request.Image);
        using ImageFile? parityFile = request.ParityFile is null ? null : ImageFile.OpenRead(request.ParityFile);
        IImageStorage readable = request.Map is null ? image : new RescuedStorage(image, request.Map);
        ProtectedVolume found = ProtectedVolume.Find(readable, parityFile, progress, cancellationToken) ?? throw Failures.NoParity(image, parityFile);
        bool isOfAnother = found.IsOfAnother(readable);
        SectorMap map = ImageCopy.Copy(readable, file.Storage, WholeLength(found, image), progress, cancellationToken);

        // The file of parity is not what was asked for: what is wrong with it counts, and stays.
        ReadOnlyStorage? parityAsIs = parityFile is null ? null : new(parityFile);
        RepairResult result = Mend(found.On(new RescuedStorage(file.Storage, map), parityAsIs), request, target, progress, cancellationToken);
        file.Complete();
        return result with { Found = result.Found with { IsOfAnother = isOfAnother } };
    }

    private static RepairResult Mend(ProtectedVolume volume, RepairRequest request, string written, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        ProgressTotals totals = new(progress, "repairing", volume.Layers.Blocks, "blocks");
        bool isHeaderWrong = !volume.Layers.HasHeaders();
        CountingSink sink = new(volume.Layers) { WritesProvenOnly = request.WritesProvenOnly };
        DamageLedger ledger = new VolumeExaminer(volume.Layers, request.Threads, sink).Run((soFar, blocks) => totals.Add(soFar, blocks), cancellationToken);
        if (isHeaderWrong)
        {
            volume.Layers.WriteHeaders();
        }

        CheckResult check = new(volume.Layout, ParityDamage.Of(volume.Layers, ledger, isHeaderWrong), ParityHealth.Of(volume.Layout, ledger, request.Thresholds));
        return new(written, check, sink.Proven, sink.Unproven, Resumed: false);
    }

    private static RepairJournal NewJournal(IImageStorage journal, int headerLength, IImageStorage image, IImageStorage? parityFile) =>
        new(journal, headerLength, parityFile is null ? [image] : [image, parityFile]);

    // What the request's map and an unfinished run know to be missing, of an image that is, or was, so long.
    private static SectorMap MapOf(long length, SectorMap? rescue, IReadOnlyList<SectorRange> missing)
    {
        long end = missing.Count == 0 ? 0 : missing[^1].End;
        SectorMap map = new(Math.Max(Sector.CountOf(length), end), SectorState.Finished);
        IEnumerable<SectorRange> unread = rescue is null ? [] : rescue.Runs.Where(run => run.State != SectorState.Finished).Select(run => run.Range);
        foreach (SectorRange range in unread.Concat(missing))
        {
            map.Set(range.Intersect(new(0, map.SectorCount)), SectorState.Bad);
        }

        return map;
    }

    // The image will have so many sectors: those that it lacks are missing, though zeros can be read there soon.
    private static SectorMap Lengthened(SectorMap map, long sectors)
    {
        if (sectors <= map.SectorCount)
        {
            return map;
        }

        SectorMap longer = new(sectors, SectorState.Bad);
        foreach (SectorRange range in map.RangesOf(SectorState.Finished))
        {
            longer.Set(range, SectorState.Finished);
        }

        return longer;
    }

    // Never shorter than it is: what lies behind is not ours to cut off.
    private static long WholeLength(ProtectedVolume found, IImageStorage image) =>
        Math.Max(found.Layout.IsWithinImage ? found.Layout.TotalSectors * Sector.Size : found.Layout.PayloadBytes, image.Length);
}
