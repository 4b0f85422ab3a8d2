// SPDX-License-Identifier: MIT
using System.Text;
using Microsoft.Win32.SafeHandles;
using Spindle.Files.Listing;
using Spindle.Files.Listing.Linux;
using Spindle.Files.Listing.Portable;
using Spindle.Files.Listing.Unix;
using Spindle.Files.Targets;
using Spindle.Files.Targets.Portable;
using Spindle.Files.Windows;

namespace Spindle.Testing.Windows;

/// <summary>Windows' own calls, played by Linux: numbers and holes are Linux's, errors and streams are those of Windows.</summary>
internal sealed class SimulatedWindowsFiles : IWindowsFiles
{
    private const int FileNotFound = 2; // ERROR_FILE_NOT_FOUND
    private const int TooManyLinks = 1142; // ERROR_TOO_MANY_LINKS
    private const int AlreadyThere = 183; // ERROR_ALREADY_EXISTS

    /// <summary>Names of files and directories with their streams.</summary>
    public Dictionary<string, (string Name, long Size)[]> Streams { get; } = [];

    /// <summary>Names of files and directories with an access list of their own.</summary>
    public HashSet<string> WithOwnAccessList { get; } = [];

    /// <summary>A file system without hard links.</summary>
    public bool HasLinks { get; init; } = true;

    /// <summary>How many files were said to have holes.</summary>
    public int WithHoles { get; private set; }

    /// <summary>The files of this machine as Windows would show them.</summary>
    public static ISourceSystem Source(SimulatedWindowsFiles windows) => new PortableSource(windows);

    /// <summary>Opens a directory of this machine as Windows would write to it.</summary>
    public TargetTree OpenTarget(string path, LoosenedDirectories loosened) => new PortableTarget(path, this);

    public FileIdentity IdentityOf(string path, bool evenAlone)
    {
        using ISourceDirectory directory = new UnixSource(LinuxReading.Instance).OpenRoot(Path.GetDirectoryName(path)!);
        using ISourceFile file = directory.OpenFile(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
        NodeStatus status = file.Status();
        return status.Links > 1 || evenAlone ? new(status.Device, status.Inode, status.Links) : FileIdentity.Alone;
    }

    public int Link(string existing, string name)
    {
        if (!HasLinks)
        {
            return TooManyLinks;
        }

        if (!File.Exists(existing))
        {
            return FileNotFound;
        }

        if (File.Exists(name) || Directory.Exists(name))
        {
            return AlreadyThere;
        }

        ForeignProgram.Run("ln", "-T", existing, name);
        return 0;
    }

    public void AllowHoles(SafeFileHandle file) => WithHoles++;

    public IReadOnlyList<(long Offset, long Length)>? DataRunsOf(string path, long size)
    {
        using ISourceDirectory directory = new UnixSource(LinuxReading.Instance).OpenRoot(Path.GetDirectoryName(path)!);
        using ISourceFile file = directory.OpenFile(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
        return file.DataRuns(size);
    }

    public bool HasOwnAccessList(string path) => WithOwnAccessList.Contains(Path.GetFileName(path));

    public IReadOnlyList<(string Name, long Size)> StreamsOf(string path) => Streams.GetValueOrDefault(Path.GetFileName(path), []);
}
