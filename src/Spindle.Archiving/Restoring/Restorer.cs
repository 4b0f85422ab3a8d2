// SPDX-License-Identifier: MIT
using Spindle.Archiving.Catalogue;
using Spindle.Media;

namespace Spindle.Archiving.Restoring;

/// <summary>Gets files back from discs: whole trees or single ones, from whatever discs there are, in any order.</summary>
public static class Restorer
{
    /// <summary>Restores.</summary>
    /// <param name="catalogue">Our own catalogue, open for reading; null to follow the newest one on the discs.</param>
    /// <param name="request">What, from where, to where.</param>
    /// <param name="progress">Told often, from several threads.</param>
    /// <param name="cancellationToken">Stops between two files, or two pieces of a large one. What was done is kept, and not done again.</param>
    /// <exception cref="OperationFailedException"><c>no-archive-disc</c>, <c>several-archives</c>, <c>no-such-scan</c>, <c>target-failed</c>,
    /// <c>no-space</c>, and those of catalogues.</exception>
    public static Task<RestoreResult> RunAsync(
        CatalogueDatabase? catalogue, RestoreRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken) =>
        Task.Run(
            () => CatalogueDatabase.Guarded(catalogue?.Path ?? "the catalogue of the discs", () =>
            {
                using RestoreRun run = new(catalogue, request, progress);
                return run.Run(cancellationToken);
            }),
            CancellationToken.None);
}
