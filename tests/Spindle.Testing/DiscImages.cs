// SPDX-License-Identifier: MIT
namespace Spindle.Testing;

/// <summary>Images that other programs make: what reads them was not tested with its own mistakes.</summary>
public static class DiscImages
{
    /// <summary>Makes an image of a directory with xorriso: ISO 9660 with Rock Ridge and Joliet. Skips the test where it is missing.</summary>
    /// <returns>The image's path, beside the directory.</returns>
    public static string OfDirectory(string directory, params string[] options)
    {
        string image = directory.TrimEnd('/') + ".iso";
        ForeignProgram.Run("xorriso", ["-as", "mkisofs", "-quiet", "-R", "-J", .. options, "-o", image, directory]);
        return image;
    }
}
