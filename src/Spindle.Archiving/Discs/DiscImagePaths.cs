// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue;
using Spindle.Files;
using Spindle.Files.Names;
using Spindle.Media;

namespace Spindle.Archiving.Discs;

/// <summary>The image of a disc of the archive, and every file that is beside it at some time.</summary>
/// <param name="image">The image, when it is good.</param>
internal sealed class DiscImagePaths(string image)
{
    /// <summary>The image, when it is good.</summary>
    public string Image => image;

    /// <summary>The image while it is made.</summary>
    public string Part => image + WholeFile.PartSuffix;

    /// <summary>Its SHA-256, as <c>sha256sum</c> reads it.</summary>
    public string Sum => image + ".sha256";

    /// <summary>The directory of lists and texts that come onto the disc, while it is made.</summary>
    public string Work => image + ".work";

    /// <summary>All of them.</summary>
    public IEnumerable<string> All => [Image, Part, Sum, Sum + WholeFile.PartSuffix, Work, Lock];

    private string Lock => image + "-lock";

    /// <summary>Where the image of a disc belongs: <c>JOB_NNNN.iso</c>.</summary>
    public static DiscImagePaths Of(CatalogueDatabase database, int number, string directory)
    {
        string job = database.Setting("job") ?? "archive";
        StringBuilder name = new();
        foreach (char c in job)
        {
            name.Append(c is '/' or '\\' or ':' || char.IsControl(c) ? '_' : c);
        }

        byte[] fitting = NameRules.OfThisSystem.Fitting(Encoding.UTF8.GetBytes($"{name}_{number:D4}.iso"));
        return new(Path.Combine(directory, Encoding.UTF8.GetString(fitting)));
    }

    /// <summary>Keeps others from the image's name: its owner alone gives it, once, to what it has made.</summary>
    /// <returns>Holds the name until it is disposed.</returns>
    public FileStream Claim()
    {
        try
        {
            return new(Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new OperationFailedException(new("target-denied", $"{image} can't be written: {e.Message}", "name another directory with --to"), e);
        }
        catch (IOException e)
        {
            throw new OperationFailedException(new("target-busy", $"another process is writing {image}", "wait until it has ended, or name another directory with --to"), e);
        }
    }

    /// <summary>Takes away what a run has left that was killed.</summary>
    public void DeleteWork()
    {
        if (Directory.Exists(Work))
        {
            Directory.Delete(Work, recursive: true);
        }
    }
}
