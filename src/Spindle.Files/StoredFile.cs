// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Media;

namespace Spindle.Files;

/// <summary>Reads a file again from its storage, for use cases that wrote one and want to know that it is there.</summary>
public static class StoredFile
{
    private const int BufferLength = 4 << 20;

    /// <summary>Reads the whole file past the system's cache.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told the bytes read so far, some times a second.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>SHA-256 of what was read, and whether that is known to have come from storage.</returns>
    /// <exception cref="IOException">The storage can't be read.</exception>
    public static (byte[] Sha256, bool IsFromStorage) Hash(string path, Action<long> progress, CancellationToken cancellationToken)
    {
        using UncachedFile file = UncachedFile.Open(path);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AlignedBuffer first = new(BufferLength);
        AlignedBuffer second = new(BufferLength);
        AlignedBuffer reading = first;
        AlignedBuffer hashing = second;
        Task hashed = Task.CompletedTask;
        try
        {
            for (long position = 0; position < file.Length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int read = file.Read(position, reading.Span);
                if (read == 0)
                {
                    break;
                }

                // The next piece is read while this one is hashed.
                hashed.GetAwaiter().GetResult();
                (reading, hashing) = (hashing, reading);
                AlignedBuffer full = hashing;
                hashed = Task.Run(() => hash.AppendData(full.Span[..read]), CancellationToken.None);
                position += read;
                progress(position);
            }
        }
        finally
        {
            hashed.GetAwaiter().GetResult();
        }

        return (hash.GetHashAndReset(), file.Bypass != CacheBypass.None);
    }
}
