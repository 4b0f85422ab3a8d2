// SPDX-License-Identifier: MIT
namespace Spindle.Media;

/// <summary>How it is known that bytes of a file come from its storage, and not from what the system remembers of them.</summary>
public enum CacheBypass
{
    /// <summary>It is not known: the file system has no direct reads, and would not drop what it remembers.</summary>
    None,

    /// <summary>The file is read directly (O_DIRECT), which goes past the cache.</summary>
    Direct,

    /// <summary>The cache was told to forget the file, and was then seen to hold no page of it (mincore).</summary>
    Evicted,

    /// <summary>The file lies in memory (tmpfs): the cache is its storage.</summary>
    Memory,
}
