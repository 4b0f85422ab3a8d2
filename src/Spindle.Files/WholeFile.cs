// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Files.Linux;
using Spindle.Media;

namespace Spindle.Files;

/// <summary>A file that is there whole or not at all: written under another name, flushed, and only then given its own.</summary>
/// <remarks>Whoever is killed in the midst of it leaves a file that ends in <see cref="PartSuffix"/>; the next one writes over that.</remarks>
public static class WholeFile
{
    /// <summary>Ends the name of everything that is not whole yet.</summary>
    public const string PartSuffix = ".part";

    /// <summary>Writes a file; one of that name is replaced.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="write">Writes it, from front to back.</param>
    /// <exception cref="OperationFailedException">It can't be written there: <c>no-space</c>, <c>target-denied</c>, <c>target-failed</c>.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        WritePart(path, write);
        Publish(path);
    }

    /// <summary>Writes and flushes a file that <see cref="Publish(string)"/> gives its name, when something else has been done.</summary>
    /// <param name="path">The name that it will have.</param>
    /// <param name="write">Writes it, from front to back.</param>
    /// <exception cref="OperationFailedException">As for <see cref="Write"/>.</exception>
    public static void WritePart(string path, Action<Stream> write) => TargetFailure.Told(path, () =>
    {
        using FileStream file = new(path + PartSuffix, FileMode.Create, FileAccess.Write, FileShare.Read);
        write(file);
        file.Flush(flushToDisk: true);
        return true;
    });

    /// <summary>Gives a file that was flushed its name, in place of whatever had it.</summary>
    /// <param name="path">The name that it gets.</param>
    /// <exception cref="OperationFailedException">As for <see cref="Write"/>.</exception>
    public static void Publish(string path) => Rename(path + PartSuffix, path);

    /// <summary>Gives a file another name, in place of whatever had it, and has its folder stored: else a crash could still undo it.</summary>
    /// <param name="from">The name that it has; in the same file system.</param>
    /// <param name="to">The name that it gets.</param>
    /// <exception cref="OperationFailedException">As for <see cref="Write"/>.</exception>
    public static void Rename(string from, string to) => TargetFailure.Told(to, () =>
    {
        File.Move(from, to, overwrite: true);
        FlushFolderOf(to);
        return true;
    });

    // What can't be flushed, as on some network file systems, has its name all the same.
    private static void FlushFolderOf(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            using SafeFileHandle folder = LibC.Open(Path.GetDirectoryName(Path.GetFullPath(path))!, LibC.ReadOnly);
            _ = folder.IsInvalid ? 0 : LibC.Flush(folder);
        }
    }
}
