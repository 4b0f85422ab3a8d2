// SPDX-License-Identifier: MIT
namespace Spindle.Cli.Reports;

/// <summary>Passes progress on, on the thread that reports it.</summary>
internal sealed class Relay<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
