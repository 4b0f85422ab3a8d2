// SPDX-License-Identifier: MIT
using Spindle.Imaging;

namespace Spindle.Cli.Reports;

/// <summary>Tells nothing.</summary>
internal sealed class NoProgress : IProgress<ImagingProgress>
{
    public void Report(ImagingProgress value)
    {
    }
}
