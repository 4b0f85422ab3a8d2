// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;

namespace Spindle.Files.Mounting.Trees;

/// <summary>A tree that is shown as a drive, to be read only. Asked by many threads at once.</summary>
public interface IMountedTree
{
    /// <summary>Number of the root.</summary>
    const ulong Root = 1;

    /// <summary>Whether names and attributes stay as they are as long as the drive is there: then the system need not ask twice.</summary>
    bool IsFixed { get; }

    /// <summary>Bytes of all files, and how many names there are.</summary>
    (long Bytes, long Names) Totals { get; }

    /// <summary>Finds a name in a directory.</summary>
    /// <returns>The default where there is none.</returns>
    MountedNode Find(ulong directory, ReadOnlySpan<byte> name);

    /// <summary>A node by its number.</summary>
    /// <returns>The default where there is none.</returns>
    MountedNode Get(ulong inode);

    /// <summary>Names of a directory, but for <c>.</c> and <c>..</c>, each once, until one is not taken.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="after">Behind the name that was told with this place; 0 for all of them.</param>
    /// <param name="listing">Takes them.</param>
    void List(ulong directory, ulong after, IMountedListing listing);

    /// <summary>Where a symbolic link points to; null where it is none.</summary>
    byte[]? Target(ulong inode);

    /// <summary>The extended attributes of a node.</summary>
    IReadOnlyList<ExtendedAttribute> Attributes(ulong inode);

    /// <summary>Opens a file.</summary>
    /// <param name="inode">Its number.</param>
    /// <param name="file">The file; null where it is not to be had.</param>
    MountedState Open(ulong inode, out MountedFile? file);
}

/// <summary>Takes the names of a directory.</summary>
public interface IMountedListing
{
    /// <summary>Takes a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="node">What it is.</param>
    /// <param name="place">From where to go on behind it, from 1.</param>
    /// <returns>False where there was no room for it: it is the first of the next time.</returns>
    bool Add(ReadOnlySpan<byte> name, in MountedNode node, ulong place);
}

/// <summary>Whether content is to be had.</summary>
public enum MountedState
{
    /// <summary>It is.</summary>
    Here,

    /// <summary>It is where it could be brought from.</summary>
    Away,

    /// <summary>It is not, and nothing would help: it is damaged, or nobody has it.</summary>
    Lost,

    /// <summary>There is no such file any more.</summary>
    Gone,
}

/// <summary>A file that is open. Read by many threads at once.</summary>
public abstract class MountedFile : IDisposable
{
    /// <summary>Whether what the system keeps of it from an earlier reading is right still.</summary>
    public virtual bool KeepsCached => true;

    /// <summary>Where data lies, in order; between the runs are holes. Null where it has none.</summary>
    public virtual IReadOnlyList<(long Offset, long Length)>? DataRuns => null;

    /// <summary>Bytes of it.</summary>
    public abstract long Length { get; }

    /// <summary>Reads.</summary>
    /// <param name="offset">Of the first byte, within the file.</param>
    /// <param name="buffer">Filled where the answer is <see cref="MountedState.Here"/>.</param>
    public abstract MountedState Read(long offset, Span<byte> buffer);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what is open.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
