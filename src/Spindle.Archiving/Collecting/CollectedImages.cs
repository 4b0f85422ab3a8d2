// SPDX-License-Identifier: MIT
using Spindle.Catalogue.Collecting;
using Spindle.Formats.Volumes;
using Spindle.Media;

namespace Spindle.Archiving.Collecting;

/// <summary>Reads images for the collection of discs.</summary>
public static class CollectedImages
{
    /// <summary>Enters a disc with its files, which are all read; it takes the place of what was known of the same image.</summary>
    /// <param name="collection">Takes it.</param>
    /// <param name="disc">What is known of it. The number of files is counted here.</param>
    /// <param name="record">Its manifest, JSON.</param>
    /// <param name="image">The image, in which sectors that were not read from the disc must fail, and where it lies on its disc.</param>
    /// <param name="progress">Told of what was read.</param>
    /// <param name="cancellationToken">Leaves the catalogue as it was.</param>
    /// <returns>The same, with the number of its files.</returns>
    /// <exception cref="OperationFailedException">What is wrong with the catalogue.</exception>
    public static ImagedDisc Enter(this DiscCollection collection,
        ImagedDisc disc, string record, (ISectorReader Image, VolumeOptions Options) image, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        long bytes = 0;
        return collection.Enter(disc, record, new ImageFiles(image.Image, image.Options).All(
            read => progress.Report(new("cataloguing", bytes += read, 0, WorkProgress.Bytes) { Item = disc.Name }), cancellationToken));
    }
}
