// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;

namespace Spindle.Archiving.Scanning;

/// <summary>Files on their way to the readers and back. How many there may be is its user's to say.</summary>
internal sealed class FileQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<FileBatch, (long, long)> _waiting = new();
    private readonly SemaphoreSlim _ready = new(0);
    private readonly ConcurrentQueue<FileBatch> _read = new();
    private readonly List<Thread> _threads = [];
    private readonly List<ContentReader> _readers = [];
    private readonly CancellationTokenSource _ending;
    private readonly Action _wake;
    private readonly bool _largestFirst;
    private long _turn;
    private Exception? _failure;

    /// <param name="readers">Makes what each thread reads with.</param>
    /// <param name="threads">How many files are read at the same time.</param>
    /// <param name="largestFirst">So that no core is left with a large file when all others are done; a rotating disk prefers the order of the tree.</param>
    /// <param name="wake">Called when something was read.</param>
    /// <param name="cancellationToken">Stops in the midst of a file.</param>
    public FileQueue(Func<CancellationToken, ContentReader> readers, int threads, bool largestFirst, Action wake, CancellationToken cancellationToken)
    {
        _largestFirst = largestFirst;
        _wake = wake;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        for (int number = 0; number < threads; number++)
        {
            ContentReader reader = readers(_ending.Token);
            _readers.Add(reader);
            Thread thread = new(() => ReadAll(reader)) { IsBackground = true, Name = "read" };
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>Bytes that were read up to now, within files, too.</summary>
    public long BytesRead => _readers.Sum(reader => reader.BytesRead);

    /// <summary>The file that has been read for the longest time just now; null where none is.</summary>
    public FileJob? UnderWay => _readers.Where(reader => reader.UnderWay is not null).MinBy(reader => reader.Began)?.UnderWay;

    public void Add(FileBatch batch)
    {
        lock (_gate)
        {
            _waiting.Enqueue(batch, (_largestFirst ? -batch.Bytes : 0, _turn++));
        }

        _ready.Release();
    }

    /// <summary>Takes what was read, if there is any.</summary>
    public bool TryTake(out FileBatch batch)
    {
        if (_failure is { } failure and not OperationCanceledException)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }

        return _read.TryDequeue(out batch!);
    }

    public void Dispose()
    {
        _ending.Cancel();
        _threads.ForEach(thread => thread.Join());
        while (_read.TryDequeue(out FileBatch? left) || _waiting.TryDequeue(out left, out _))
        {
            left.Release();
        }

        _ending.Dispose();
        _ready.Dispose();
    }

    private void ReadAll(ContentReader reader)
    {
        using (reader)
        {
            try
            {
                while (true)
                {
                    _ready.Wait(_ending.Token);
                    FileBatch batch;
                    lock (_gate)
                    {
                        batch = _waiting.Dequeue();
                    }

                    foreach (FileJob job in batch.Jobs)
                    {
                        _ending.Token.ThrowIfCancellationRequested();
                        reader.Read(batch.Directory, job);
                    }

                    _read.Enqueue(batch);
                    _wake();
                }
            }
#pragma warning disable CA1031 // it is thrown where the files are waited for
            catch (Exception e)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref _failure, e, null);
                _wake();
            }
        }
    }
}
