// SPDX-License-Identifier: MIT
using System.Security.Cryptography;

namespace Spindle.Catalogue.Documents;

/// <summary>Keeps documents as files of a directory, which goes when this does.</summary>
public sealed class DocumentFolder(string path) : IDocumentStore, IDisposable
{
    private readonly string _path = Directory.CreateDirectory(path).FullName;

    /// <inheritdoc/>
    public bool IsKeeping => true;

    /// <inheritdoc/>
    public KeptDocument Keep(string name, Action<Stream> write)
    {
        string file = Path.Combine(_path, name.Replace('/', '_'));
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream stream = new(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        using MeasuringStream output = new(stream, hash);
        write(output);
        return new(name, output.Length, hash.GetHashAndReset(), file);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_path, recursive: true);
}
