// SPDX-License-Identifier: MIT
using System.Runtime.ExceptionServices;
using Spindle.Media;

namespace Spindle.Parity.Blocks;

/// <summary>Spreads runs of ecc blocks over threads, in ascending order, each thread with a buffer of its own.</summary>
internal static class ChunkWorkers
{
    /// <summary>Blocks taken at once: 16 MiB of sectors over all 255 layers, in pieces of 64 KiB that any storage reads well.</summary>
    public const int BlocksAtOnce = 32;

    /// <summary>Runs work on all blocks. Returns when all is done; the first error stops every thread and is thrown.</summary>
    /// <param name="blocks">Ecc blocks, from 0.</param>
    /// <param name="threads">Threads at most, at least 1.</param>
    /// <param name="makeWorker">Called once on each thread; what it returns is called with one run of blocks after another.</param>
    /// <param name="cancellationToken">Looked at before each run of blocks.</param>
    public static void Run(long blocks, int threads, Func<Action<SectorRange>> makeWorker, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        long chunks = (blocks + BlocksAtOnce - 1) / BlocksAtOnce;
        long next = -1;
        ExceptionDispatchInfo? error = null;
        void Work()
        {
            try
            {
                Action<SectorRange> worker = makeWorker();
                for (long chunk = Interlocked.Increment(ref next); chunk < chunks && Volatile.Read(ref error) is null; chunk = Interlocked.Increment(ref next))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    worker(SectorRange.Between(chunk * BlocksAtOnce, Math.Min((chunk + 1) * BlocksAtOnce, blocks)));
                }
            }
#pragma warning disable CA1031 // Whatever it is, it is thrown again below, on the caller's thread.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref error, ExceptionDispatchInfo.Capture(exception), null);
            }
        }

        Thread[] others = new Thread[(int)Math.Clamp(chunks - 1, 0, threads - 1)];
        for (int index = 0; index < others.Length; index++)
        {
            others[index] = new(Work) { IsBackground = true, Name = "parity" };
            others[index].Start();
        }

        Work();
        foreach (Thread other in others)
        {
            other.Join();
        }

        error?.Throw();
    }
}
