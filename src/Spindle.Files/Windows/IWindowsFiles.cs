// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;

namespace Spindle.Files.Windows;

/// <summary>What Windows knows of files, and .NET does not ask for. Paths are as <see cref="ExtendedPath"/> gives them.</summary>
internal interface IWindowsFiles
{
    /// <summary>Null on other systems.</summary>
    static IWindowsFiles? OfThisMachine { get; } = OperatingSystem.IsWindows() ? new WindowsFiles() : null;

    /// <summary>Which file a name stands for.</summary>
    /// <param name="path">A file, or a link, which is not followed.</param>
    /// <param name="evenAlone">Whether the number of a file with a single name is wanted, too.</param>
    /// <returns><see cref="FileIdentity.Alone"/> where none is wanted, and where the file system has no numbers.</returns>
    FileIdentity IdentityOf(string path, bool evenAlone);

    /// <summary>Gives a file a second name.</summary>
    /// <returns>0, or the error of Windows (winerror.h).</returns>
    int Link(string existing, string name);

    /// <summary>Has what is never written to a file take no room; a file system that knows no holes says no, and fills them with zeros.</summary>
    void AllowHoles(SafeFileHandle file);

    /// <summary>Where the data of a file lies, in order, in bytes; null where the system does not say.</summary>
    /// <param name="path">A file with the attribute for holes.</param>
    /// <param name="size">Bytes of the file.</param>
    IReadOnlyList<(long Offset, long Length)>? DataRunsOf(string path, long size);

    /// <summary>The streams that a file or a directory has beside its content, with their sizes in bytes; none where the system does not say.</summary>
    IReadOnlyList<(string Name, long Size)> StreamsOf(string path);

    /// <summary>Whether a name has an access list (ACL) with an entry that is not inherited from its folder, or that keeps the folder's out; false where the system does not say.</summary>
    bool HasOwnAccessList(string path);
}

/// <summary>Which file a name stands for.</summary>
/// <param name="Device">The number of the volume; 0 where it was not asked for.</param>
/// <param name="Inode">The number of the file there; 0 where it was not asked for.</param>
/// <param name="Links">How many names it has.</param>
internal readonly record struct FileIdentity(long Device, long Inode, long Links)
{
    /// <summary>A file with a single name, whose number nobody needs or knows.</summary>
    public static readonly FileIdentity Alone = new(0, 0, 1);
}
