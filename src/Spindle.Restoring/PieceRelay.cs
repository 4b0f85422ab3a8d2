// SPDX-License-Identifier: MIT
using System.Runtime.ExceptionServices;

namespace Spindle.Restoring;

/// <summary>Hands the pieces of a file from the thread that reads them to others, which use each piece at their own pace.</summary>
/// <remarks>Waiting sleeps, and never spins: there are more threads than processors. One file at a time.</remarks>
internal sealed class PieceRelay
{
    /// <summary>Bytes of a piece: as much as stays in a processor's own cache from one thread's hands to the next.</summary>
    public const int PieceLength = 512 << 10;

    private const int PieceCount = 8;

    private readonly byte[]?[] _pieces = new byte[PieceCount][];
    private readonly object _lock = new();
    private long _piecesRead;
    private long[] _piecesUsed = [];
    private Exception? _failure;

    /// <summary>A buffer for the one who owns the relay, as long as no file is on its way.</summary>
    public byte[] Buffer => _pieces[0] ??= new byte[PieceLength];

    /// <summary>Takes a file through.</summary>
    /// <param name="length">Its bytes.</param>
    /// <param name="read">Fills a piece from an offset on; on the caller's thread.</param>
    /// <param name="uses">Each gets all pieces in order, on a thread of its own.</param>
    /// <exception cref="Exception">The first that reading or a use threw; all others have ended by then.</exception>
    public void Run(long length, Action<long, Memory<byte>> read, params ReadOnlySpan<Action<long, ReadOnlyMemory<byte>>> uses)
    {
        (_piecesRead, _piecesUsed, _failure) = (0, new long[uses.Length], null);
        Task[] tasks = new Task[uses.Length];
        for (int index = 0; index < tasks.Length; index++)
        {
            (int user, Action<long, ReadOnlyMemory<byte>> use) = (index, uses[index]);
            // Not of the pool: it would let a thread that waits for the others wait half a second longer.
            tasks[index] = Task.Factory.StartNew(
                () => Guarded(() => Use(user, length, use)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        Guarded(() => Read(length, read));
        Task.WaitAll(tasks, CancellationToken.None);
        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private static int LengthAt(long offset, long length) => (int)Math.Min(PieceLength, length - offset);

    private void Read(long length, Action<long, Memory<byte>> read)
    {
        for (long piece = 0; piece * PieceLength < length; piece++)
        {
            if (!WaitUntil(() => _piecesUsed.Min() > piece - PieceCount))
            {
                return;
            }

            long offset = piece * PieceLength;
            read(offset, (_pieces[piece % PieceCount] ??= new byte[PieceLength]).AsMemory(0, LengthAt(offset, length)));
            Tell(() => _piecesRead++);
        }
    }

    private void Use(int user, long length, Action<long, ReadOnlyMemory<byte>> use)
    {
        for (long piece = 0; piece * PieceLength < length; piece++)
        {
            if (!WaitUntil(() => _piecesRead > piece))
            {
                return;
            }

            long offset = piece * PieceLength;
            use(offset, _pieces[piece % PieceCount].AsMemory(0, LengthAt(offset, length)));
            Tell(() => _piecesUsed[user]++);
        }
    }

    /// <returns>False where another thread failed, and all are to end.</returns>
    private bool WaitUntil(Func<bool> isSo)
    {
        lock (_lock)
        {
            while (_failure is null && !isSo())
            {
                _ = Monitor.Wait(_lock);
            }

            return _failure is null;
        }
    }

    private void Tell(Action change)
    {
        lock (_lock)
        {
            change();
            Monitor.PulseAll(_lock);
        }
    }

#pragma warning disable CA1031 // it is thrown where all threads have ended
    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            Tell(() => _failure ??= e);
        }
    }
#pragma warning restore CA1031
}
