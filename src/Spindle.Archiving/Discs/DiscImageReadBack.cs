// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Archiving.Discs;

/// <summary>Reads an image back, past the system's cache, and holds it against what was written.</summary>
internal static class DiscImageReadBack
{
    /// <param name="image">The image.</param>
    /// <param name="expected">SHA-256 of what was written.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Whether it is known that the image was read from storage.</returns>
    /// <exception cref="OperationFailedException"><c>image-differs</c>: it does not read back as it was written.</exception>
    public static async Task<bool> RunAsync(string image, byte[] expected, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        long length = new FileInfo(image).Length;
        string name = Path.GetFileNameWithoutExtension(image);
        (byte[] sha256, bool isFromStorage) = await Task.Run(
            () => StoredFile.Hash(image, done => progress.Report(new("reading-back", done, length, WorkProgress.Bytes) { Item = name }), cancellationToken), CancellationToken.None);
        return sha256.AsSpan().SequenceEqual(expected) ? isFromStorage : throw new OperationFailedException(new(
            "image-differs", $"{image} does not read back as it was written", "its storage is not to be trusted: write to another one"));
    }
}
