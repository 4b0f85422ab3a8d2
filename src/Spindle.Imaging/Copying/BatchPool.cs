// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Spindle.Media;

namespace Spindle.Imaging.Copying;

/// <summary>A fixed number of buffers: what bounds the memory of a copy, and how far reading may run ahead.</summary>
internal sealed class BatchPool
{
    private readonly ThreadChannel<AlignedBuffer> _free;

    public BatchPool(int count, int bufferLength)
    {
        Count = count;
        _free = new(count);
        for (int i = 0; i < count; i++)
        {
            _free.Write(new(bufferLength));
        }
    }

    public int Count { get; }

    /// <summary>Takes a buffer, waiting until one is free.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, whether a buffer is free or not: beside a slow drive one always is.</exception>
    public SectorBatch Take(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _free.TryRead(out AlignedBuffer? buffer, cancellationToken) ? new(this, buffer) : throw new UnreachableException();
    }

    public void Return(AlignedBuffer buffer) => _free.Write(buffer);
}
