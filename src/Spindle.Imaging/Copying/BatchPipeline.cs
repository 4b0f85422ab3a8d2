// SPDX-License-Identifier: MIT
using System.Runtime.ExceptionServices;

namespace Spindle.Imaging.Copying;

/// <summary>Hands every batch to every consumer, each on a thread of its own.</summary>
/// <remarks>
/// The producer waits when all buffers are on their way. When it ends, by an error or by cancellation too, the consumers still get
/// all that was produced: what was read is not lost. When a consumer fails, everything stops.
/// </remarks>
internal static class BatchPipeline
{
    /// <param name="produce">
    /// Produces batches on a thread of its own: takes them from the pool, fills them and sends them. Its token is cancelled
    /// when a consumer failed.
    /// </param>
    /// <param name="consumers">Get every batch, in the order in which they were sent.</param>
    /// <param name="pool">The buffers.</param>
    public static async Task RunAsync(
        Action<Action<SectorBatch>, CancellationToken> produce, IReadOnlyList<IBatchConsumer> consumers, BatchPool pool)
    {
        using CancellationTokenSource failed = new();
        ThreadChannel<SectorBatch>[] channels = [.. consumers.Select(_ => new ThreadChannel<SectorBatch>(pool.Count))];
        IEnumerable<Task> consuming = consumers.Select((consumer, index) => OnThread(() => Consume(consumer, channels[index], failed)));
        Task[] all = [.. consuming, OnThread(() => Produce(produce, channels, failed.Token))];

        // Every thread must have ended before the caller touches what they worked on.
        await Task.WhenAll(all).ContinueWith(_ => { }, TaskScheduler.Default);
        Exception? first = all.Select(task => task.Exception?.InnerException).OfType<Exception>()
            .OrderBy(exception => exception is OperationCanceledException).FirstOrDefault();
        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    private static void Produce(
        Action<Action<SectorBatch>, CancellationToken> produce, ThreadChannel<SectorBatch>[] channels, CancellationToken failed)
    {
        try
        {
            produce(
                batch =>
                {
                    batch.HoldFor(channels.Length);
                    foreach (ThreadChannel<SectorBatch> channel in channels)
                    {
                        // There is room for every buffer that exists: this never waits.
                        channel.Write(batch);
                    }
                },
                failed);
        }
        finally
        {
            foreach (ThreadChannel<SectorBatch> channel in channels)
            {
                channel.Complete();
            }
        }
    }

    private static void Consume(IBatchConsumer consumer, ThreadChannel<SectorBatch> batches, CancellationTokenSource failed)
    {
        try
        {
            while (batches.TryRead(out SectorBatch? batch, CancellationToken.None))
            {
                consumer.Take(batch);
                batch.Release();
            }
        }
        catch
        {
            failed.Cancel();
            throw;
        }
    }

    // Hashing and writing block their thread for long: those of the shared pool are not for that.
    private static Task OnThread(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
