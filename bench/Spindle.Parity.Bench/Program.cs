// SPDX-License-Identifier: MIT
using Spindle.Parity.Bench;

// Parity against dvdisaster, on the same files in one run; bench/parity.md says how to start it, and what came of it.
//   Spindle.Parity.Bench FOLDER [--ours] [--rounds N]
//   Spindle.Parity.Bench --do protect|check|repair IMAGE     one operation by itself, which is what a contest times
if (args is ["--do", { } operation, { } image])
{
    Solo.Run(operation, image);
    return;
}

string folder = Directory.CreateDirectory(Path.Combine(args[0], $"spindle-bench-{Environment.ProcessId}")).FullName;
int rounds = args.Contains("--rounds") ? int.Parse(args[Array.IndexOf(args, "--rounds") + 1]) : 3;
try
{
    Contest contest = new(folder, oursOnly: args.Contains("--ours"), rounds);
    contest.Encode("CD", payloadSectors: 300_000);
    contest.Repair(firstDead: 100_000, dead: 30_001);
    contest.Encode("DVD", payloadSectors: 2_000_000);
    contest.Check();
}
finally
{
    Directory.Delete(folder, recursive: true);
}
