// SPDX-License-Identifier: MIT
using Spindle.Files.Listing.Linux;
using Spindle.Files.Listing.MacOS;
using Spindle.Files.Listing.Portable;
using Spindle.Files.Listing.Unix;
using Spindle.Files.Windows;

namespace Spindle.Files.Listing;

/// <summary>How an operating system shows its files. One folder and one line of <see cref="SourceSystem"/> each.</summary>
public interface ISourceSystem
{
    /// <summary>Whether this system has more ways to files than could be used: then owners, attributes and hard links are not seen.</summary>
    bool IsReduced => false;

    /// <summary>Opens the directory that is to be scanned.</summary>
    /// <param name="path">Its path; a link at its end is followed, for the user named it.</param>
    /// <exception cref="SourceException">It can't be opened.</exception>
    ISourceDirectory OpenRoot(string path);

    /// <summary>The name behind a number, or null.</summary>
    byte[]? UserName(long uid);

    /// <summary>The name behind a number, or null.</summary>
    byte[]? GroupName(long gid);

    /// <summary>Whether a device is read fastest by one reader at a time.</summary>
    /// <param name="device">As in <see cref="NodeStatus.Device"/>.</param>
    bool IsRotational(long device);
}

/// <summary>An open directory. It can be used by many threads at once.</summary>
public interface ISourceDirectory : IDisposable
{
    /// <summary>Its own status.</summary>
    NodeStatus Status { get; }

    /// <summary>Adds every name but <c>.</c> and <c>..</c>, with its status.</summary>
    /// <exception cref="SourceException">It can't be read to its end.</exception>
    void List(DirectoryListing listing);

    /// <summary>Opens a directory below, not through a link at its end.</summary>
    /// <param name="path">Relative, of any length.</param>
    /// <exception cref="SourceException">It can't be opened.</exception>
    ISourceDirectory OpenDirectory(ReadOnlySpan<byte> path);

    /// <summary>Opens a file here, not through a link, and leaves its access time alone where that is allowed.</summary>
    /// <exception cref="SourceException">It can't be opened.</exception>
    ISourceFile OpenFile(ReadOnlySpan<byte> name);

    /// <summary>Where a symbolic link here points to.</summary>
    /// <exception cref="SourceException">It can't be read.</exception>
    byte[] ReadLink(ReadOnlySpan<byte> name);

    /// <summary>The extended attributes of a name here, ACLs among them; empty where there are none, or none to be had.</summary>
    IReadOnlyList<ExtendedAttribute> Attributes(ReadOnlySpan<byte> name);
}

/// <summary>An open file. It belongs to one thread.</summary>
public interface ISourceFile : IDisposable
{
    /// <summary>Its status now.</summary>
    NodeStatus Status();

    /// <summary>Reads on.</summary>
    /// <returns>Bytes; 0 at the end.</returns>
    /// <exception cref="SourceException">It can't be read.</exception>
    int Read(Span<byte> buffer);

    /// <summary>Starts reading anew.</summary>
    void Rewind();

    /// <summary>Its extended attributes.</summary>
    IReadOnlyList<ExtendedAttribute> Attributes();

    /// <summary>Where its data lies, in order; between the runs are holes. Null where it has none, or the system does not say.</summary>
    /// <param name="size">Bytes of the file.</param>
    IReadOnlyList<(long Offset, long Length)>? DataRuns(long size);
}

/// <summary>An open file that is read at any place, and is as quick there as at the next one.</summary>
public interface IPositionedFile
{
    /// <summary>Reads from a place; where the file is read on from stays the same.</summary>
    /// <param name="buffer">Filled from the start.</param>
    /// <param name="offset">Bytes of the file before it.</param>
    /// <returns>Bytes; 0 at the end.</returns>
    /// <exception cref="SourceException">It can't be read.</exception>
    int Read(Span<byte> buffer, long offset);
}

/// <summary>An extended attribute of a file.</summary>
/// <param name="Name">With its namespace, such as <c>user.comment</c>; bytes as the system gave them.</param>
/// <param name="Value">Bytes.</param>
public sealed record ExtendedAttribute(byte[] Name, byte[] Value)
{
    /// <summary>Bytes of a value that is not kept, for its length or its kind, and so is not here; 0 for all others.</summary>
    public long LeftOut { get; init; }

    /// <summary>What it is: of what is no attribute, nothing is kept but that it was there.</summary>
    public BesideContent Kind { get; init; }

    /// <summary>An access list is there, and is not kept.</summary>
    internal static ExtendedAttribute AccessList { get; } = new([], []) { LeftOut = 1, Kind = BesideContent.AccessList };
}

/// <summary>What a file or a directory has beside its content.</summary>
public enum BesideContent
{
    /// <summary>An extended attribute, or what is kept as one.</summary>
    Attribute,

    /// <summary>A stream of Windows.</summary>
    Stream,

    /// <summary>A list, of its own, of who may do what: an ACL of Windows or of macOS. Those of Linux are attributes.</summary>
    AccessList,
}

/// <summary>The system said no. Its words are in the message.</summary>
public sealed class SourceException(string message, bool isGone) : IOException(message)
{
    /// <summary>The name is not there any more, or is another kind of thing now.</summary>
    public bool IsGone => isGone;
}

/// <summary>The operating systems: one line each.</summary>
public static class SourceSystem
{
    /// <summary>The one that this program runs on.</summary>
    public static ISourceSystem OfThisMachine() =>
        SystemFiles.AreOfLinux ? new UnixSource(LinuxReading.Instance)
        : SystemFiles.AreOfMac && MacReading.IsProven ? new UnixSource(MacReading.Instance)
        : new PortableSource(IWindowsFiles.OfThisMachine, isReduced: SystemFiles.AreOfMac);
}
