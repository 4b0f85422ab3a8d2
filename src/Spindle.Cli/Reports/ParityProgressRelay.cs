// SPDX-License-Identifier: MIT
using Spindle.Parity;

namespace Spindle.Cli.Reports;

/// <summary>Hands the progress of parity work on in the words of all other work.</summary>
internal sealed class ParityProgressRelay(IProgress<WorkProgress> work) : IProgress<ParityProgress>
{
    public void Report(ParityProgress value) => work.Report(new(
        value.Phase.ToString().ToLowerInvariant(),
        value.Done,
        value.Total,
        value.Phase is ParityPhase.Finding or ParityPhase.Copying ? "sectors" : "blocks",
        value.BlocksDamaged > 0 ? $"{value.BlocksDamaged} damaged, {value.BlocksLost} lost" : null));
}
