// SPDX-License-Identifier: MIT
namespace Spindle.Files;

/// <summary>What a name stands for. The numbers are those of the catalogue.</summary>
public enum EntryKind
{
    /// <summary>A regular file.</summary>
    File = 0,

    /// <summary>A directory.</summary>
    Directory = 1,

    /// <summary>A symbolic link.</summary>
    Symlink = 2,

    /// <summary>A named pipe.</summary>
    Fifo = 3,

    /// <summary>A character device.</summary>
    CharacterDevice = 4,

    /// <summary>A block device.</summary>
    BlockDevice = 5,

    /// <summary>A socket.</summary>
    Socket = 6,
}
