// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>What an entry of a directory stands for.</summary>
public enum EntryType
{
    /// <summary>Bytes.</summary>
    File,

    /// <summary>More entries.</summary>
    Directory,

    /// <summary>The path of another entry.</summary>
    Symlink,

    /// <summary>A device, a pipe, a socket: a name without content.</summary>
    Other,

    /// <summary>Nobody can say: what describes it is lost, and only its name is left.</summary>
    Unknown,
}
