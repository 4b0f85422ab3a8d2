// SPDX-License-Identifier: MIT
namespace Spindle.Mastering.Writing;

/// <summary>A piece of the image on its way. It belongs to a pool, and goes back when the last of its consumers is done.</summary>
internal sealed class ImageBlock(int size)
{
    private readonly object _lock = new();
    private bool _isReady;
    private int _consumers;

    /// <summary>The bytes.</summary>
    public byte[] Buffer { get; } = GC.AllocateUninitializedArray<byte>(size);

    /// <summary>How many of them count.</summary>
    public int Length { get; set; }

    /// <summary>Contents, or parts of them, that belong into it; the rest is there already.</summary>
    public List<ContentPart> Parts { get; } = [];

    /// <summary>Begins anew, for a number of consumers.</summary>
    public void Reset(int consumers)
    {
        _isReady = false;
        _consumers = consumers;
        Length = 0;
        Parts.Clear();
    }

    /// <summary>Says that all bytes are there.</summary>
    public void MarkReady()
    {
        lock (_lock)
        {
            _isReady = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Waits until all bytes are there.</summary>
    public void WaitUntilReady(CancellationToken cancellationToken)
    {
        // Only a reader that was stopped leaves a block unfinished: a look now and then is enough to see that.
        const int milliseconds = 100;
        lock (_lock)
        {
            while (!_isReady)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _ = Monitor.Wait(_lock, milliseconds);
            }
        }
    }

    /// <summary>A consumer is done.</summary>
    /// <returns>Whether it was the last one.</returns>
    public bool Release() => Interlocked.Decrement(ref _consumers) == 0;
}

/// <summary>A part of a content in a block.</summary>
/// <param name="Job">The content.</param>
/// <param name="Offset">Where in the content it begins, in bytes.</param>
/// <param name="At">Where in the block.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct ContentPart(ContentJob Job, long Offset, int At, int Length)
{
    /// <summary>Whether it is all of the content.</summary>
    public bool IsWhole => Offset == 0 && Length == Job.Size;

    /// <summary>Whether it is the end of the content.</summary>
    public bool IsLast => Offset + Length == Job.Size;
}
