// SPDX-License-Identifier: MIT
using Spindle.Files.Linux;
using Spindle.Media;

namespace Spindle.Files;

/// <summary>What the system remembers of files.</summary>
public static class PageCache
{
    /// <summary>Makes the system forget what it remembers of a file, so that the next reading comes from storage.</summary>
    /// <returns>
    /// <see cref="CacheBypass.Evicted"/> where the cache was then seen to hold no page of the file, <see cref="CacheBypass.Memory"/>
    /// where the cache is its storage, else <see cref="CacheBypass.None"/>.
    /// </returns>
    /// <exception cref="IOException">The file can't be opened or flushed.</exception>
    public static CacheBypass Evict(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return CacheBypass.None;
        }

        using LinuxUncachedFile file = LinuxUncachedFile.OpenLinux(path, withDirectReads: false);
        return file.Bypass;
    }
}
