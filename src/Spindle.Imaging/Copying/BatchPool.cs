// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using Spindle.Media;

namespace Spindle.Imaging.Copying;

/// <summary>A fixed number of buffers: what bounds the memory of a copy, and how far reading may run ahead.</summary>
internal sealed class BatchPool : IDisposable
{
    private readonly BlockingCollection<AlignedBuffer> _free = [];

    public BatchPool(int count, int bufferLength)
    {
        Count = count;
        for (int i = 0; i < count; i++)
        {
            _free.Add(new(bufferLength), CancellationToken.None);
        }
    }

    public int Count { get; }

    /// <summary>Takes a buffer, waiting until one is free.</summary>
    public SectorBatch Take(CancellationToken cancellationToken) => new(this, _free.Take(cancellationToken));

    public void Return(AlignedBuffer buffer) => _free.Add(buffer, CancellationToken.None);

    public void Dispose() => _free.Dispose();
}
