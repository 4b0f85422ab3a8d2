// SPDX-License-Identifier: MIT
using Spindle.Archiving.Sets;
using Spindle.Catalogue;
using Spindle.Catalogue.Documents;
using Spindle.Files;
using Spindle.Mastering.Writing;
using Spindle.Media;

namespace Spindle.Archiving.Discs;

/// <summary>Makes the image of a planned disc: lays it out as the plan did, writes it front to back, and enters it in the catalogue.</summary>
/// <param name="database">The catalogue, open for writing.</param>
/// <param name="time">Says when an image was made; nothing of that is in it.</param>
public sealed class DiscWriter(CatalogueDatabase database, TimeProvider time)
{
    private readonly DiscStore _store = new(database);
    private readonly DiscRecorder _recorder = new(database, time);

    /// <summary>Where a content lies, by its number, as the path of a file; null where it is what was scanned, under its name.</summary>
    public Func<long, byte[]?>? Places { get; init; }

    /// <summary>Where the image of a disc belongs: <c>JOB_NNNN.iso</c>.</summary>
    /// <param name="number">The disc.</param>
    /// <param name="directory">The directory of the images.</param>
    public string ImagePath(int number, string directory) => DiscImagePaths.Of(database, number, directory).Image;

    /// <summary>Writes a disc's image, unless it is there.</summary>
    /// <param name="request">Which, and where to.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops; what was written is taken away again.</param>
    /// <exception cref="OperationFailedException"><c>no-such-disc</c>, <c>output-exists</c>, <c>plan-outdated</c>,
    /// <c>image-differs</c>, <c>image-changed</c>, <c>sums-missing</c>, <c>sums-damaged</c>, <c>sums-unfinished</c>, <c>sums-of-another-set</c>, and what stops <see cref="ImageWriter"/>.</exception>
    public async Task<WriteResult> WriteAsync(WriteRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        DiscImagePaths paths = DiscImagePaths.Of(database, request.Disc, request.Directory);
        using FileStream? claim = request.DryRun ? null : paths.Claim();
        try
        {
            return await CatalogueDatabase.GuardedAsync(database.Path, () => MakeAsync(request, paths, progress, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(paths.Part);
            throw TargetFailure.Of(paths.Image, e);
        }
        catch (Exception e) when (e is OperationCanceledException or OperationFailedException)
        {
            // It can't be gone on with: the next time it is made anew.
            File.Delete(paths.Part);
            throw;
        }
    }

    private async Task<WriteResult> MakeAsync(
        WriteRequest request, DiscImagePaths paths, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        DiscRecord disc = _store.Get(request.Disc);
        RefuseIfWithdrawn(disc);
        paths.DeleteWork(); // of a run that was killed
        PlannedSums? sums = request is { AddsToSet: true, DryRun: false } ? PlannedSums.Of(database, request.Disc, paths.Image) : null;
        if (File.Exists(paths.Image) && !request.Overwrite)
        {
            WriteResult there = await new FinishedImage(database, _recorder).RunAsync(disc, paths, isEntered: !request.DryRun, progress, cancellationToken);
            if (sums is not null && Convert.FromHexString(there.Sha256!) is var known && !sums.Have(known))
            {
                await Task.Run(() => sums.Add(paths.Image, known, progress, cancellationToken), CancellationToken.None);
            }

            return there;
        }

        if (!request.DryRun)
        {
            _store.NoteBegun(request.Disc, Path.GetFullPath(paths.Image), time.GetUtcNow());
        }

        using DocumentFolder folder = new(paths.Work);
        progress.Report(new("laying-out", 0, 0, WorkProgress.Bytes) { Item = Path.GetFileName(paths.Image) });
        PreparedDisc prepared = await new DiscPreparer(database, Places).RunAsync(disc, folder, progress, cancellationToken);
        if (request.DryRun)
        {
            return new() { Disc = prepared.Disc, Image = null, Problems = prepared.Problems };
        }

        WrittenImage written = await new DiscImageWriter(database, Places).RunAsync(prepared.Assembly, paths.Part, progress, cancellationToken);
        IReadOnlyList<SourceProblem> problems = [.. prepared.Problems, .. written.Problems];
        if (problems.Count > 0)
        {
            return new() { Disc = prepared.Disc, Image = paths.Part, Problems = problems };
        }

        byte[] sha256 = prepared.ParityPercent is { } percent
            ? await DiscImageProtector.RunAsync(paths.Part, percent, progress, cancellationToken)
            : written.Sha256;
        bool isReadBack = sums?.Have(sha256) is false
            ? await Task.Run(() => sums.Add(paths.Part, sha256, progress, cancellationToken), CancellationToken.None)
            : request.ReadBack && await DiscImageReadBack.RunAsync(paths.Part, sha256, progress, cancellationToken);
        return _recorder.Run(prepared, paths, sha256) with { IsReadBack = isReadBack };
    }

    private static void RefuseIfWithdrawn(DiscRecord disc)
    {
        if (disc.Status == "withdrawn")
        {
            throw new OperationFailedException(new(
                "disc-withdrawn", $"disc {disc.Number} was never made, as far as the catalogue knows, and files that it was to hold have changed since: the rest of it was planned onto other discs",
                "'spindle write --all' makes what is planned"));
        }
    }
}
