// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Spindle.Parity.Bench;

// Parity against dvdisaster, on the same files in one run; bench/parity.md says how to start it, and what came of it.
//   Spindle.Parity.Bench FOLDER [--ours] [--rounds N]
string folder = Directory.CreateDirectory(Path.Combine(args[0], $"spindle-bench-{Environment.ProcessId}")).FullName;
bool oursOnly = args.Contains("--ours");
int rounds = args.Contains("--rounds") ? int.Parse(args[Array.IndexOf(args, "--rounds") + 1]) : 3;
try
{
    Contest contest = new(folder, oursOnly, rounds);
    contest.Encode("DVD", payloadSectors: 2_000_000);
    if (args.Contains("--encode"))
    {
        return;
    }

    contest.Check();
    contest.Encode("CD", payloadSectors: 300_000);
    contest.Repair(firstDead: 100_000, dead: 30_001);
    Console.WriteLine($"peak memory of this process: {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
}
finally
{
    Directory.Delete(folder, recursive: true);
}
