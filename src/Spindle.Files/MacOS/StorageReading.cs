// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Media;

namespace Spindle.Files.MacOS;

/// <summary>Opens a file of macOS so that it is read from its storage, and says whether that is proven.</summary>
/// <remarks>
/// That nothing is remembered of what is read (F_NOCACHE) is no proof: pages that are in memory already are given from there. So the file
/// is stored, the system told to forget it, and then asked which pages of it it has. Only where that is none, the bytes can come from
/// nowhere but the storage.
/// </remarks>
internal static class StorageReading
{
    /// <summary>Bytes that are mapped into memory at once.</summary>
    private const long Step = 1L << 30;

    /// <summary>Opens a file.</summary>
    /// <returns>The file, and <see cref="CacheBypass.Evicted"/> where it is proven, else <see cref="CacheBypass.None"/>.</returns>
    /// <exception cref="IOException">It can't be opened.</exception>
    public static (SafeFileHandle File, CacheBypass Bypass) Open(string path, IMacCache cache)
    {
        SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            bool isProven = cache.TryStore(file) && cache.TryStopRemembering(file) && IsForgotten(file, RandomAccess.GetLength(file), cache);
            return (file, isProven ? CacheBypass.Evicted : CacheBypass.None);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static bool IsForgotten(SafeFileHandle file, long length, IMacCache cache)
    {
        for (long position = 0; position < length; position += Step)
        {
            nint some = (nint)Math.Min(Step, length - position);
            if (!cache.TryForget(file, position, some))
            {
                return false;
            }
        }

        // Looked at last, and all of it: forgetting one part may have brought another one back.
        for (long position = 0; position < length; position += Step)
        {
            if (cache.CountPages(file, position, (nint)Math.Min(Step, length - position)) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
