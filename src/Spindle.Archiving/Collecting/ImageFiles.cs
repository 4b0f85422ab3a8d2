// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Catalogue.Collecting;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Media;

namespace Spindle.Archiving.Collecting;

/// <summary>The files of an image with the hash of each, read while they are asked for.</summary>
/// <param name="image">The image; sectors that were not read from the disc must fail in it.</param>
/// <param name="options">Where it lies on its disc.</param>
internal sealed class ImageFiles(ISectorReader image, VolumeOptions options)
{
    private const int PieceLength = 1 << 20;

    private readonly byte[] _piece = new byte[PieceLength];

    /// <summary>Every file of the best tree; of a disc for two systems, also those that the other system sees.</summary>
    /// <param name="read">Told how many bytes were read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public IEnumerable<ImagedFile> All(Action<int> read, CancellationToken cancellationToken)
    {
        IReadOnlyList<VolumeView> views = Volume.ViewsOf(image, options);
        IEnumerable<VolumeView> shown = views.Take(1).Concat(views.Where(view => view.IsApple() != views[0].IsApple()).Take(1));
        foreach (Volume volume in shown.Select(view => Volume.Open(image, options with { View = view })).OfType<Volume>())
        {
            foreach (VolumeEntry entry in volume.Walk().Where(entry => entry.Type == EntryType.File))
            {
                yield return new(entry.Path.TrimStart('/'), entry.Size, entry.Modified, Sha256Of(volume, entry, read, cancellationToken));
            }
        }
    }

    /// <returns>Null where not all of it can be read.</returns>
    private byte[]? Sha256Of(Volume volume, VolumeEntry entry, Action<int> read, CancellationToken cancellationToken)
    {
        if (entry.IsDescriptionLost)
        {
            return null; // it may be another file's
        }

        using ContentStream content = volume.OpenContent(entry);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int length; content.Unreadable.Count == 0 && (length = content.Read(_piece)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(_piece, 0, length);
            read(length);
        }

        return content.Unreadable.Count == 0 ? hash.GetHashAndReset() : null;
    }
}
