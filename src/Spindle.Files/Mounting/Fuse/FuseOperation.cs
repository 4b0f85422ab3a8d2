// SPDX-License-Identifier: MIT
namespace Spindle.Files.Mounting.Fuse;

/// <summary>What the kernel asks of a file system (linux/fuse.h, <c>enum fuse_opcode</c>): those that a drive which is only read answers.</summary>
public enum FuseOperation : uint
{
    /// <summary>A name in a directory.</summary>
    Lookup = 1,

    /// <summary>The kernel forgets a node. It has no answer.</summary>
    Forget = 2,

    /// <summary>Size, times, permissions of a node.</summary>
    GetAttributes = 3,

    /// <summary>Where a symbolic link points to.</summary>
    ReadLink = 5,

    /// <summary>Opens a file.</summary>
    Open = 14,

    /// <summary>Reads of an open file.</summary>
    Read = 15,

    /// <summary>How large the file system is.</summary>
    FileSystemStatus = 17,

    /// <summary>The last one who had an open file has closed it.</summary>
    Release = 18,

    /// <summary>The value of an extended attribute.</summary>
    GetExtendedAttribute = 22,

    /// <summary>The names of the extended attributes.</summary>
    ListExtendedAttributes = 23,

    /// <summary>Somebody who had an open file has closed it.</summary>
    Flush = 25,

    /// <summary>The first request: what both sides can do.</summary>
    Initialize = 26,

    /// <summary>Opens a directory.</summary>
    OpenDirectory = 27,

    /// <summary>Names of an open directory.</summary>
    ReadDirectory = 28,

    /// <summary>As <see cref="Release"/>, of a directory.</summary>
    ReleaseDirectory = 29,

    /// <summary>Who waits for a request does not want to wait any more.</summary>
    Interrupt = 36,

    /// <summary>The last request: the drive was taken down.</summary>
    Destroy = 38,

    /// <summary>As <see cref="Forget"/>, of many.</summary>
    ForgetMany = 42,

    /// <summary>Names of an open directory, each with what <see cref="Lookup"/> would say of it.</summary>
    ReadDirectoryPlus = 44,

    /// <summary>Where data or a hole begins.</summary>
    Seek = 46,
}
