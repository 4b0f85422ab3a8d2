// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using Spindle.Media;
using Spindle.Parity.Protecting;

namespace Spindle.Parity.Bench;

/// <summary>One operation in a process of its own: prints its seconds, those up to the end of encoding, and its peak memory in MiB.</summary>
internal static class Solo
{
    private const int Threads = 2;

    public static void Run(string operation, string image)
    {
        long start = Stopwatch.GetTimestamp();
        double encoded = 0;
        LastOf encoding = new(() => encoded = Stopwatch.GetElapsedTime(start).TotalSeconds);
        switch (operation)
        {
            case "protect":
                Protector.Protect(new() { Image = image, Threads = Threads }, encoding);
                break;
            case "check":
                Checker.Check(new() { Image = image, Threads = Threads });
                break;
            default:
                Repairer.Repair(new() { Image = image, Threads = Threads });
                break;
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long peak = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:F3} {encoded:F3} {peak}"));
    }

    /// <summary>Notes when encoding was heard of last.</summary>
    private sealed class LastOf(Action note) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            if (value.Stage == "encoding")
            {
                note();
            }
        }
    }
}
