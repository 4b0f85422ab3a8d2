// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue;
using Spindle.Files;

namespace Spindle.Archiving.Discs;

/// <summary>Gives a good image its name, with its sum beside it, and tells the catalogue.</summary>
/// <param name="database">The catalogue, open for writing.</param>
/// <param name="time">Says when the image was made.</param>
internal sealed class DiscRecorder(CatalogueDatabase database, TimeProvider time)
{
    private readonly DiscStore _store = new(database);

    /// <param name="prepared">The disc.</param>
    /// <param name="paths">Its image, which was flushed and is a part file still.</param>
    /// <param name="sha256">The image's SHA-256.</param>
    public WriteResult Run(PreparedDisc prepared, DiscImagePaths paths, byte[] sha256)
    {
        // The sum lies beside the image before that has its name: a run that is killed behind it left all that proves the image.
        WholeFile.WritePart(paths.Sum, sum => sum.Write(Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(sha256)}  {Path.GetFileName(paths.Image)}\n")));
        WholeFile.Publish(paths.Image);
        WholeFile.Publish(paths.Sum);
        _store.SetSize(prepared.Disc.Number, prepared.Disc.Sectors, prepared.Assembly.Facts.Files, prepared.Assembly.Facts.Bytes);
        return MarkWritten(prepared.Disc.Number, paths.Image, sha256);
    }

    /// <summary>Tells the catalogue of an image that has its name.</summary>
    public WriteResult MarkWritten(int disc, string image, byte[] sha256)
    {
        _store.MarkWritten(disc, sha256, Path.GetFullPath(image), time.GetUtcNow());
        return new() { Disc = _store.Get(disc), Image = image, Sha256 = Convert.ToHexStringLower(sha256) };
    }
}
