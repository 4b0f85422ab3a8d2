// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Mastering.Writing;

/// <summary>Writes an image from front to back, without a copy of it anywhere, and looks at every byte of every file on its way.</summary>
public static class ImageWriter
{
    /// <summary>Writes.</summary>
    /// <remarks>
    /// The target holds the whole image, and is flushed to its medium if it is a file, when this returns. Whatever else happens, what it
    /// holds is not an image: the caller gives it its name only after a good result.
    /// </remarks>
    /// <param name="request">What to write, and where to.</param>
    /// <param name="progress">Told after each mebibyte, by another thread; null for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationFailedException">The target can't be written: <c>no-space</c>, <c>target-denied</c>, <c>target-failed</c>.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<ImageWriteResult> WriteAsync(
        ImageWriteRequest request, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        using ImageWriteRun run = new(request, progress, cancellationToken);
        return await run.RunAsync();
    }
}
