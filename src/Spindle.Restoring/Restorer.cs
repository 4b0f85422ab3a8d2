// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Spindle.Catalogue;
using Spindle.Files.Targets;
using Spindle.Media;

namespace Spindle.Restoring;

/// <summary>Gets files back from discs: whole trees or single ones, from whatever discs there are, in any order.</summary>
/// <param name="openMedium">Opens drives and devices; null where image files are all there is.</param>
/// <param name="fetcher">Brings discs that are not at hand; null where nobody can.</param>
/// <param name="time">Says when that was, for the catalogue.</param>
/// <param name="openTarget">Opens the directory into which files go; null for that of this system.</param>
public sealed class Restorer(
    Func<string, ISectorReader>? openMedium, IDiscFetcher? fetcher, TimeProvider time, Func<string, LoosenedDirectories, TargetTree>? openTarget = null)
{
    /// <summary>Restores.</summary>
    /// <param name="catalogue">Our own catalogue, open for reading; null to follow the newest one on the discs. It remembers from which discs files came.</param>
    /// <param name="request">What, from where, to where.</param>
    /// <param name="progress">Told often, from several threads.</param>
    /// <param name="cancellationToken">Stops between two files, or two pieces of a large one. What was done is kept, and not done again.</param>
    /// <exception cref="OperationFailedException"><c>no-archive-disc</c>, <c>several-archives</c>, <c>no-such-scan</c>, <c>target-failed</c>,
    /// <c>no-space</c>, and those of catalogues.</exception>
    public Task<RestoreResult> RunAsync(CatalogueDatabase? catalogue, RestoreRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken) =>
        Task.Run(
            () => CatalogueDatabase.Guarded(catalogue?.Path ?? "the catalogue of the discs", () =>
            {
                using RestoreRun run = new(catalogue, request, (openMedium, fetcher, openTarget ?? TargetTree.Open), progress);
                RestoreResult result = run.Run(cancellationToken);
                return catalogue is null || result.IsDryRun || result.DiscsUsed.Count == 0 ? result : Remember(catalogue, result, CatalogueWait.ToEnter(progress, cancellationToken));
            }),
            CancellationToken.None);

    /// <summary>Takes away what was kept of files that could not be had whole, before they are restored from something better.</summary>
    /// <param name="target">The directory that they were restored into.</param>
    /// <param name="files">The files.</param>
    public void Forget(string target, IEnumerable<DamagedFile> files)
    {
        LoosenedDirectories loosened = new();
        using TargetTree tree = (openTarget ?? TargetTree.Open)(target, loosened);
        foreach (string kept in files.Select(file => file.Kept).OfType<string>())
        {
            try
            {
                tree.Remove(Encoding.UTF8.GetBytes(kept));
            }
            catch (IOException)
            {
                // Then it stays, beside the file itself.
            }
        }
    }

    /// <summary>A disc that gave files was in a drive, and can be read: or where it can't, that is known now.</summary>
    private RestoreResult Remember(CatalogueDatabase catalogue, RestoreResult result, CatalogueWait wait)
    {
        try
        {
            using CatalogueDatabase database = CatalogueDatabase.OpenToEnter(catalogue.Path, wait);
            using SqliteTransaction transaction = database.BeginWriting();
            DiscStore discs = new(database);
            foreach (DiscWanted disc in result.DiscsUsed)
            {
                int damaged = result.Damaged.Count(file => file.Disc == disc.Number);
                JsonObject detail = new() { ["files"] = disc.Files, ["bytes"] = disc.Bytes, ["damaged"] = damaged };
                discs.AddEvent(disc.Number, "restored", damaged > 0 ? "damaged" : null, null, detail.ToJsonString(), time.GetUtcNow());
            }

            transaction.Commit();
            return result;
        }
        catch (OperationFailedException e)
        {
            // The files are there: a catalogue that is on a read-only medium, or busy, takes nothing away from that.
            return result with { Concerns = [.. result.Concerns, new(e.Failure.Code, $"it is not remembered that files were restored: {e.Failure.What}", e.Failure.Hint)] };
        }
    }
}
