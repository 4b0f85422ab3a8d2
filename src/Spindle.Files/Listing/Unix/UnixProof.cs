// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Unix;

namespace Spindle.Files.Listing.Unix;

/// <summary>Whether calls of a system do what they are taken to do: what they say of a directory is held against what .NET says.</summary>
/// <remarks>For systems on which their numbers and structures were never seen at work: a wrong one must not become a wrong catalogue.</remarks>
internal static unsafe class UnixProof
{
    /// <summary>Looks at a directory both ways.</summary>
    /// <returns>False where they differ, and where a call is not there or fails.</returns>
    public static bool Holds(IUnixReading system, string directory)
    {
        try
        {
            fixed (byte* path = Encoding.UTF8.GetBytes(directory + '\0'))
            {
                int descriptor = system.OpenDirectory(system.CurrentDirectory, path, followsLink: true);
                if (descriptor < 0)
                {
                    return false;
                }

                bool isSame = IsSame(system, descriptor, new DirectoryInfo(directory));
                _ = Posix.Close(descriptor);
                return isSame;
            }
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsSame(IUnixReading system, int descriptor, DirectoryInfo known)
    {
        byte nothing = 0;
        DirectoryListing listing = new();
        if (!system.TryStatus(descriptor, &nothing, out NodeStatus status) || !IsSame(status, known) || !system.TryList(descriptor, listing))
        {
            return false;
        }

        Dictionary<string, NodeStatus> listed = Enumerable.Range(0, listing.Count)
            .ToDictionary(index => Encoding.UTF8.GetString(listing.Name(index)), listing.Status, StringComparer.Ordinal);
        FileSystemInfo[] all = known.GetFileSystemInfos();
        return listed.Count == all.Length && all.All(info => listed.TryGetValue(info.Name, out NodeStatus one) && IsSame(one, info));
    }

    private static bool IsSame(in NodeStatus status, FileSystemInfo info)
    {
        bool isLink = info.LinkTarget is not null;
        bool isKind = status.Kind switch
        {
            EntryKind.Symlink => isLink,
            EntryKind.Directory => !isLink && info is DirectoryInfo,
            EntryKind.File => !isLink && info is FileInfo file && file.Length == status.Size,
            _ => info is FileInfo, // .NET does not tell a pipe from a file
        };
        return isKind && (isLink || (status.Mode == (int)info.UnixFileMode && status.Modified / 100 == (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks));
    }
}
