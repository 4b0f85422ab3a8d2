// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Catalogue.Documents;
using Spindle.Files;
using Spindle.Formats.Images;
using Spindle.Media;

namespace Spindle.Archiving.Discs;

/// <summary>What stands already where a disc's image belongs: that image, or something that must not be lost.</summary>
internal sealed class FinishedImage(CatalogueDatabase database, DiscRecorder recorder)
{
    /// <param name="disc">The disc.</param>
    /// <param name="paths">Its image, which exists.</param>
    /// <param name="isEntered">Whether the catalogue may be told of an image that it does not know as written.</param>
    /// <param name="progress">Told some times a second, while the image is read.</param>
    /// <param name="cancellationToken">Stops; the image stays.</param>
    /// <exception cref="OperationFailedException"><c>output-exists</c>: it is not the disc's.</exception>
    public async Task<WriteResult> RunAsync(DiscRecord disc, DiscImagePaths paths, bool isEntered, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        if (disc.Status != "written" && isEntered && await Task.Run(() => FinishedEarlier(disc, paths, progress, cancellationToken), CancellationToken.None) is { } finished)
        {
            return finished;
        }

        return disc.Status == "written" && HasLengthOf(disc, paths.Image)
            ? new() { Disc = disc, Image = paths.Image, Sha256 = disc.Sha256, WasThere = true }
            : throw new OperationFailedException(new("output-exists", $"{paths.Image} exists, and the catalogue does not know it as disc {disc.Number}", "--overwrite replaces it"));
    }

    /// <summary>An image that was finished by a run that could not tell the catalogue of it any more.</summary>
    /// <returns>Null where it is another disc's, or not what its sum says.</returns>
    private WriteResult? FinishedEarlier(DiscRecord disc, DiscImagePaths paths, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        string? sum = new[] { paths.Sum + WholeFile.PartSuffix, paths.Sum }.FirstOrDefault(File.Exists);
        bool isLengthKnown = disc.Sectors > 0; // a catalogue that was imported does not tell it
        if (sum is null || (isLengthKnown && !HasLengthOf(disc, paths.Image)))
        {
            return null;
        }

        using (ISectorReader medium = ImageFile.Open(paths.Image))
        {
            if (DiscUuid.Read(medium, new()) != disc.Uuid)
            {
                return null;
            }
        }

        long length = new FileInfo(paths.Image).Length;
        string name = Path.GetFileNameWithoutExtension(paths.Image);
        (byte[] sha256, _) = StoredFile.Hash(paths.Image, done => progress.Report(new("reading-back", done, length, WorkProgress.Bytes) { Item = name }), cancellationToken);
        if (!File.ReadAllText(sum).StartsWith(Convert.ToHexStringLower(sha256), StringComparison.Ordinal))
        {
            return null;
        }

        if (sum != paths.Sum)
        {
            WholeFile.Publish(paths.Sum);
        }

        if (!isLengthKnown)
        {
            NoteSize(disc, paths.Image);
        }

        return recorder.MarkWritten(disc.Number, paths.Image, sha256) with { WasThere = true };
    }

    private static bool HasLengthOf(DiscRecord disc, string image) => new FileInfo(image).Length == disc.Sectors * Capacity.SectorSize;

    private void NoteSize(DiscRecord disc, string image)
    {
        using DiscEntries entries = new(database, disc.Number);
        List<DiscEntry> files = [.. entries.All().Where(entry => entry.HasData)];
        long bytes = files.DistinctBy(file => (file.Content, file.Part?.Offset)).Sum(file => file.Part?.Length ?? file.Size);
        new DiscStore(database).SetSize(disc.Number, new FileInfo(image).Length / Capacity.SectorSize, files.Count, bytes);
    }
}
