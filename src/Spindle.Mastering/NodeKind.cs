// SPDX-License-Identifier: MIT
namespace Spindle.Mastering;

/// <summary>What a name in a directory stands for.</summary>
public enum NodeKind : byte
{
    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A file, under the first of its names.</summary>
    File,

    /// <summary>A further name of a file: it costs a name, and no file entry.</summary>
    HardLink,

    /// <summary>A symbolic link.</summary>
    Symlink,
}
