// SPDX-License-Identifier: MIT
using Spindle.Archiving.Collecting;

namespace Spindle.Cli.Reports;

/// <summary>Progress of entering a disc as that of any work.</summary>
internal sealed class CollectProgressRelay(IProgress<WorkProgress> work) : IProgress<CollectProgress>
{
    public void Report(CollectProgress value) => work.Report(new("cataloguing", value.Bytes, 0, "B", value.Name));
}
