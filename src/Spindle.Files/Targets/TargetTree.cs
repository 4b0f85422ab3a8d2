// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;
using Spindle.Files.Listing.MacOS;
using Spindle.Files.Targets.Linux;
using Spindle.Files.Targets.MacOS;
using Spindle.Files.Targets.Portable;
using Spindle.Files.Targets.Unix;
using Spindle.Files.Windows;

namespace Spindle.Files.Targets;

/// <summary>The directory into which an archive is restored. Whatever paths are given, nothing outside it is touched.</summary>
/// <remarks>
/// Paths are the archive's: bytes, slashes between names. No link in them is ever followed. One instance belongs to one thread;
/// several of one directory may work at the same time. Each operating system has one folder, and one line in <see cref="Open"/>.
/// </remarks>
public abstract class TargetTree : IDisposable
{
    /// <summary>Opens a directory, and makes it where there is none.</summary>
    /// <param name="path">As the user named it: links in it are followed.</param>
    /// <exception cref="TargetException">It can't be opened or made.</exception>
    /// <param name="loosened">Remembers directories that had to be made writable; one for all instances of one directory.</param>
    public static TargetTree Open(string path, LoosenedDirectories loosened) =>
        SystemFiles.AreOfLinux ? UnixTarget.Open(LinuxWriting.Instance, path, loosened)
        : SystemFiles.AreOfMac && MacReading.IsProven ? UnixTarget.Open(MacWriting.Instance, path, loosened)
        : new PortableTarget(path, IWindowsFiles.OfThisMachine);

    /// <summary>What is in it, by name.</summary>
    public abstract IReadOnlyList<byte[]> Names();

    /// <summary>What is there under a name; null where nothing is.</summary>
    /// <exception cref="TargetException">A link or a file stands where a directory is needed.</exception>
    public abstract NodeStatus? Look(ReadOnlySpan<byte> path);

    /// <summary>Makes a directory and those above it, where they are not there.</summary>
    /// <returns>Whether it was made just now, and so has nothing in it.</returns>
    public abstract bool EnsureDirectory(ReadOnlySpan<byte> path);

    /// <summary>Makes a file to write into; one that is there already goes. Until it has its attributes, nobody may do more with it than then.</summary>
    public abstract TargetFile Create(ReadOnlySpan<byte> path, in TargetAttributes attributes);

    /// <summary>Opens a file to write into what is there, or makes it.</summary>
    public abstract TargetFile Continue(ReadOnlySpan<byte> path);

    /// <summary>Opens a file to read it.</summary>
    public abstract TargetFile OpenFile(ReadOnlySpan<byte> path);

    /// <summary>Gives a file its name.</summary>
    /// <param name="from">The name that it has.</param>
    /// <param name="to">The name that it gets.</param>
    /// <param name="replaces">Whether what had it before is gone, unless it is a directory.</param>
    /// <exception cref="TargetException">Something has that name, and stays.</exception>
    public abstract void Rename(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool replaces);

    /// <summary>Gives a file a second name, which nothing has.</summary>
    public abstract void Link(ReadOnlySpan<byte> existing, ReadOnlySpan<byte> path);

    /// <summary>Makes a symbolic link, a pipe, a device or a socket.</summary>
    public abstract void Make(ReadOnlySpan<byte> path, EntryKind kind, byte[]? target, (uint Major, uint Minor) device);

    /// <summary>Where a symbolic link leads; null where there is none.</summary>
    public abstract byte[]? ReadLink(ReadOnlySpan<byte> path);

    /// <summary>Takes a name away that is no directory's.</summary>
    public abstract void Remove(ReadOnlySpan<byte> path);

    /// <summary>Gives what is no file its owner, permissions, attributes and times.</summary>
    /// <returns>What could not be set; null where all could be.</returns>
    public abstract string? SetAttributes(ReadOnlySpan<byte> path, EntryKind kind, in TargetAttributes attributes);

    /// <summary>Gives directories that had to be made writable, and did not get their own permissions since, those that they had.</summary>
    public abstract void TightenDirectories();

    /// <summary>Waits until all that was written is on the medium.</summary>
    public abstract void Flush();

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Refuses names that lead elsewhere.</summary>
    protected static void Check(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name.SequenceEqual("."u8) || name.SequenceEqual(".."u8) || name.Contains((byte)0))
        {
            throw new TargetException("has a name that no file can have", isBlocked: false);
        }
    }
}

/// <summary>A file of the target that is open.</summary>
public abstract class TargetFile : IDisposable
{
    /// <summary>Writes all of the bytes. Holes are what was never written.</summary>
    public abstract void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Reads bytes.</summary>
    /// <returns>How many; 0 at the end.</returns>
    public abstract int Read(Span<byte> buffer, long offset);

    /// <summary>Reads bytes back and compares them.</summary>
    /// <param name="bytes">What must be there.</param>
    /// <param name="offset">From where on.</param>
    /// <param name="buffer">For what is read.</param>
    /// <param name="isEnd">Whether it was seen that the file ends behind them; false where that was not looked at.</param>
    public bool Holds(ReadOnlySpan<byte> bytes, long offset, byte[] buffer, out bool isEnd)
    {
        isEnd = false;
        for (int done = 0; done < bytes.Length;)
        {
            // A byte more than there should be, if there is room for it: so the end of a small file is seen at once.
            int wanted = Math.Min(buffer.Length, bytes.Length - done + 1);
            int read = Read(buffer.AsSpan(0, wanted), offset + done);
            int compared = Math.Min(read, bytes.Length - done);
            if (read == 0 || !buffer.AsSpan(0, compared).SequenceEqual(bytes.Slice(done, compared)))
            {
                return false;
            }

            done += compared;
            isEnd = read < wanted;
        }

        return true;
    }

    /// <summary>Makes the file end there: what was behind is gone, what is missing is a hole.</summary>
    public abstract void SetLength(long length);

    /// <summary>Gives the file its owner, permissions, attributes and times. The last thing that is done with it.</summary>
    /// <returns>What could not be set; null where all could be.</returns>
    public abstract string? SetAttributes(in TargetAttributes attributes);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>What the catalogue knows of a name beside its contents.</summary>
/// <param name="Modified">ns since 1970-01-01 UTC.</param>
/// <param name="Mode">Permissions, set-id and sticky bits.</param>
/// <param name="UserId">Number of the owner.</param>
/// <param name="GroupId">Number of the group.</param>
/// <param name="Extended">Extended attributes, ACLs among them.</param>
public readonly record struct TargetAttributes(long Modified, int Mode, uint UserId, uint GroupId, IReadOnlyList<ExtendedAttribute> Extended)
{
    /// <summary>The time of the last modification where <see cref="Modified"/> can't hold it: seconds since 1970-01-01 UTC, and nanoseconds.</summary>
    public (long Seconds, uint Nanoseconds)? FarModified { get; init; }
}

/// <summary>The target can't be written there; the message goes behind the path.</summary>
public sealed class TargetException(string message, bool isBlocked, bool isFull = false, bool isThere = false) : IOException(message)
{
    /// <summary>A link or a file stands where a directory is needed.</summary>
    public bool IsBlocked => isBlocked;

    /// <summary>There is no room: nothing more can be written.</summary>
    public bool IsFull => isFull;

    /// <summary>Something has the name already, and was not to be replaced.</summary>
    public bool IsThere => isThere;
}
