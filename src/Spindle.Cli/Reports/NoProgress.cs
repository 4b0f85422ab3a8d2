// SPDX-License-Identifier: MIT
namespace Spindle.Cli.Reports;

/// <summary>Tells nothing.</summary>
internal sealed class NoProgress<T> : IProgress<T>
{
    public void Report(T value)
    {
    }
}
