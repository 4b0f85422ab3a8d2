// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Blocks;

/// <summary>Takes the sectors that were restored, to write them where they belong.</summary>
internal interface IRestoredSink
{
    /// <summary>Takes restored sectors of one run of blocks. May be called from several threads.</summary>
    /// <param name="sectors">The sectors; valid during the call only.</param>
    void Take(RestoredRun sectors);
}
