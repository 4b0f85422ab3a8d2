// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Copying;

/// <summary>Does something with every batch of a reading: hashes it, writes it, compares it.</summary>
internal interface IBatchConsumer
{
    /// <summary>Gets the next batch, whose memory is another's after the call.</summary>
    void Take(SectorBatch batch);
}
