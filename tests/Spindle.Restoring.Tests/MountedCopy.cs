// SPDX-License-Identifier: MIT
using Spindle.Formats.Images;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;

namespace Spindle.Restoring.Tests;

/// <summary>The files of an image in a directory: as the system shows them of a disc that it has mounted.</summary>
internal static class MountedCopy
{
    /// <returns>The directory.</returns>
    public static string Of(string image, string mounted)
    {
        using ImageFile medium = ImageFile.Open(image);
        Volume volume = Volume.Open(medium, new() { View = VolumeView.RockRidge })!; // it was just written
        foreach (VolumeEntry entry in volume.Walk().Where(entry => entry.Type == EntryType.File))
        {
            string path = mounted + entry.Path;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using FileStream file = File.Create(path);
            using ContentStream content = volume.OpenContent(entry);
            content.CopyTo(file);
        }

        return mounted;
    }
}
