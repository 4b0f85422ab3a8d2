// SPDX-License-Identifier: MIT
namespace Spindle.Mastering.Writing;

/// <summary>Blocks on their way from one thread to others. Waiting sleeps, and never spins: there are more threads than processors.</summary>
internal sealed class BlockQueue
{
    private const int Milliseconds = 100;

    private readonly object _lock = new();
    private readonly Queue<ImageBlock> _blocks = new();
    private bool _isComplete;

    /// <summary>Adds a block.</summary>
    public void Add(ImageBlock block)
    {
        lock (_lock)
        {
            _blocks.Enqueue(block);
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Says that no more will come.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Takes the next block; null at the end.</summary>
    public ImageBlock? Take(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            while (_blocks.Count == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_isComplete)
                {
                    return null;
                }

                _ = Monitor.Wait(_lock, Milliseconds);
            }

            return _blocks.Dequeue();
        }
    }
}
