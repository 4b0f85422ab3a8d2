// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>Takes a reading: all bytes of the disc or of its image go to a consumer and into every hash, and progress is told.</summary>
internal sealed class HashedReading(ImagingState state, ImagingPorts ports)
{
    /// <summary>Batches under way: enough that neither the drive nor a hash waits for the other, 24 MiB in all.</summary>
    private const int BatchesUnderWay = 24;

    /// <summary>The buffers of a reading; another one can use them after it.</summary>
    public BatchPool NewPool() => new(BatchesUnderWay, state.Layout.BatchLength);

    /// <summary>Runs one reading.</summary>
    /// <returns>What it gave.</returns>
    public async Task<Reading> RunAsync(ReadingPlan plan, IBatchConsumer consumer, BatchPool pool, CancellationToken cancellationToken)
    {
        List<BatchHasher> hashers = [.. state.Request.Hashes.Select(kind => new BatchHasher(kind))];
        WorkTrouble? trouble = ImagingState.TroubleOf(state.UnreadableCount);
        DateTimeOffset startedAt = ports.Time.GetLocalNow();
        long start = ports.Time.GetTimestamp();
        try
        {
            await BatchPipeline.RunAsync(
                plan.Producer,
                [consumer, .. hashers],
                pool,
                done => ports.Progress.Report(new(plan.Stage, done, state.Layout.Length, WorkProgress.Bytes)
                {
                    Trouble = trouble,
                    IsOfDrive = plan.Stage is "copying" or "verifying-disc",
                }),
                cancellationToken);
            return new()
            {
                Subject = plan.Subject,
                StartedAt = startedAt,
                Duration = ports.Time.GetElapsedTime(start),
                Bytes = state.Layout.Length,
                Bypass = plan.Bypass,
                Hashes = hashers.ToDictionary(hasher => hasher.Kind, hasher => hasher.Finish()),
            };
        }
        finally
        {
            hashers.ForEach(hasher => hasher.Dispose());
        }
    }
}
