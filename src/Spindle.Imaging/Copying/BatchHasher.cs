// SPDX-License-Identifier: MIT
using Spindle.Imaging.Hashing;

namespace Spindle.Imaging.Copying;

/// <summary>Hashes all batches of one reading.</summary>
internal sealed class BatchHasher(HashKind kind) : IBatchConsumer, IDisposable
{
    private readonly ContentHash _hash = new(kind);

    public HashKind Kind => kind;

    public void Take(SectorBatch batch) => _hash.Append(batch.Content);

    /// <summary>Ends the hash: lower-case hexadecimal.</summary>
    public string Finish() => _hash.Finish();

    public void Dispose() => _hash.Dispose();
}
