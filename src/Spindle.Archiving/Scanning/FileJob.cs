// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;

namespace Spindle.Archiving.Scanning;

/// <summary>A file to be read, and then what was read.</summary>
internal sealed class FileJob
{
    /// <summary>Where its name goes in the catalogue.</summary>
    public required long Directory { get; init; }

    /// <summary>Its name there.</summary>
    public required byte[] Name { get; init; }

    /// <summary>As it was listed; after reading, as it was then.</summary>
    public required NodeStatus Status { get; set; }

    /// <summary>What the catalogue says about the name so far.</summary>
    public KnownEntry? Previous { get; init; }

    /// <summary>Device and inode, where the file has several names.</summary>
    public (long Device, long Inode)? LinkKey { get; set; }

    /// <summary>Other names of the same file, which have come up meanwhile.</summary>
    public List<FileJob>? OtherNames { get; set; }

    public byte[]? Sha256 { get; set; }

    public byte[]? Sha512 { get; set; }

    /// <summary>JSON: what else there is to keep.</summary>
    public byte[]? Extra { get; set; }

    public long BytesRead { get; set; }

    /// <summary>It changed while it was read, every time.</summary>
    public bool KeptChanging { get; set; }

    /// <summary>It is so new that it could still change and show the same times.</summary>
    public bool IsFresh { get; set; }

    /// <summary>It is no file of that name any more.</summary>
    public bool IsGone { get; set; }

    /// <summary>Why it could not be read, in the system's words.</summary>
    public string? Problem { get; set; }
}

/// <summary>Files of one directory that are read one after the other.</summary>
internal sealed class FileBatch(ISourceDirectory directory, SharedDirectory owner)
{
    public ISourceDirectory Directory => directory;

    public List<FileJob> Jobs { get; } = [];

    public long Bytes { get; set; }

    /// <summary>Nothing of it is needed any more.</summary>
    public void Release() => owner.Release();
}

/// <summary>A directory that several batches use, closed after the last of them.</summary>
internal sealed class SharedDirectory(ISourceDirectory directory)
{
    private int _users = 1;

    public ISourceDirectory Directory => directory;

    public void Share() => Interlocked.Increment(ref _users);

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            directory.Dispose();
        }
    }
}
