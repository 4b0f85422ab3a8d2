// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Vault.Landing;

/// <summary>Where contents lie that are not on discs only: <c>objects/XX/NAME</c>, each under a name that was drawn for it.</summary>
/// <remarks>A file without a row in the catalogue is what a crash left, or is just being written: after a day it is taken away.</remarks>
/// <param name="path">The folder, as an absolute path.</param>
public sealed class LandingFolder(string path)
{
    private const int NameBytes = 16; // drawn: 128 bits never come twice
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly TimeSpan LeftAlone = TimeSpan.FromDays(1);

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    private string Objects => System.IO.Path.Combine(Path, "objects");

    /// <summary>Makes the folder, for its user alone.</summary>
    /// <exception cref="OperationFailedException">It can't be made.</exception>
    public void Create() => TargetFailure.Told(Path, () =>
    {
        CreatePrivate(Path);
        for (int first = 0; first < 256; first++)
        {
            CreatePrivate(System.IO.Path.Combine(Objects, first.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
        }

        return true;
    });

    /// <summary>Draws the name of a file that is to be written.</summary>
    public static string NewName() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes));

    /// <summary>Where the file of a name is.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Objects, name[..2], name);

    /// <summary>Takes a file away; one that is not there is no error, and one that can't be taken away is found later.</summary>
    public void Delete(string? name)
    {
        if (name is null)
        {
            return;
        }

        try
        {
            File.Delete(PathOf(name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody needs it any more: Sweep takes it away.
        }
    }

    /// <summary>Takes away what nobody knows of, and has not been written to for a day.</summary>
    /// <param name="isKnown">Whether a name stands in the catalogue.</param>
    /// <param name="now">The time.</param>
    /// <returns>How many files, and how many bytes.</returns>
    public (int Files, long Bytes) Sweep(Func<string, bool> isKnown, DateTimeOffset now)
    {
        (int files, long bytes) = (0, 0);
        foreach (FileInfo file in new DirectoryInfo(Objects).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            if (now - file.LastWriteTimeUtc > LeftAlone && !isKnown(file.Name))
            {
                (files, bytes) = (files + 1, bytes + file.Length);
                file.Delete();
            }
        }

        return (files, bytes);
    }

    /// <summary>Bytes that are free there for this user.</summary>
    public long FreeSpace() => new DriveInfo(Path).AvailableFreeSpace;

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, Mine);
        }
    }
}
