// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Copying;

/// <summary>Reads a whole medium, batch after batch: a disc, or its image.</summary>
internal interface IBatchProducer
{
    /// <summary>Takes batches from its pool, fills them and sends them. Blocks.</summary>
    /// <param name="send">Gets each batch, in the order of the medium.</param>
    /// <param name="reached">Told after each batch at which position it ends.</param>
    /// <param name="cancellationToken">Stops before the next batch, also one that waits for a buffer.</param>
    void Run(Action<SectorBatch> send, Action<long> reached, CancellationToken cancellationToken);
}
