// SPDX-License-Identifier: MIT
using System.Security.Cryptography;

namespace Spindle.Catalogue.Documents;

/// <summary>For a plan: finds out how long documents are, and forgets them.</summary>
public sealed class LengthsOnly : IDocumentStore
{
    /// <inheritdoc/>
    public bool IsKeeping => false;

    /// <inheritdoc/>
    public KeptDocument Keep(string name, Action<Stream> write)
    {
        using MeasuringStream output = new(Stream.Null, hash: null);
        write(output);
        return new(name, output.Length, new byte[SHA256.HashSizeInBytes], null);
    }
}
