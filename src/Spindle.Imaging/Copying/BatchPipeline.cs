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
    /// <param name="producer">Gets a thread of its own, and is stopped when a consumer failed.</param>
    /// <param name="consumers">Get every batch, in the order in which they were sent.</param>
    /// <param name="pool">The buffers, from which the producer takes.</param>
    /// <param name="reached">Told by the producer of each position that it reached, on its thread.</param>
    /// <param name="cancellationToken">Stops the producer; the consumers end what was sent.</param>
    public static async Task RunAsync(
        IBatchProducer producer, IReadOnlyList<IBatchConsumer> consumers, BatchPool pool, Action<long> reached, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ThreadChannel<SectorBatch>[] channels = [.. consumers.Select(_ => new ThreadChannel<SectorBatch>(pool.Count))];
        IEnumerable<Task> consuming = consumers.Select((consumer, index) => OnThread(() => Consume(consumer, channels[index], stopped)));
        Task[] all = [.. consuming, OnThread(() => Produce(send => producer.Run(send, reached, stopped.Token), channels))];

        // Every thread must have ended before the caller touches what they worked on.
        await Task.WhenAll(all).ContinueWith(_ => { }, TaskScheduler.Default);
        Exception? first = all.Select(task => task.Exception?.InnerException).OfType<Exception>()
            .OrderBy(exception => exception is OperationCanceledException).FirstOrDefault();
        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    private static void Produce(Action<Action<SectorBatch>> produce, ThreadChannel<SectorBatch>[] channels)
    {
        try
        {
            produce(batch =>
            {
                batch.HoldFor(channels.Length);
                foreach (ThreadChannel<SectorBatch> channel in channels)
                {
                    // There is room for every buffer that exists: this never waits.
                    channel.Write(batch);
                }
            });
        }
        finally
        {
            foreach (ThreadChannel<SectorBatch> channel in channels)
            {
                channel.Complete();
            }
        }
    }

    private static void Consume(IBatchConsumer consumer, ThreadChannel<SectorBatch> batches, CancellationTokenSource stopped)
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
            stopped.Cancel();
            throw;
        }
    }

    // Hashing and writing block their thread for long: those of the shared pool are not for that.
    private static Task OnThread(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
