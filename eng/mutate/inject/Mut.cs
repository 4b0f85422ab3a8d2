// SPDX-License-Identifier: MIT
// Compiled into every project under src by the mutator: the switch between the mutants.
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Spindle;

/// <summary>MUT=17 turns the 17th mutant on; MUT_COVER=FILE notes in FILE.PID which test reached which mutant.</summary>
internal static class Mut
{
    private static readonly int Active = int.TryParse(Environment.GetEnvironmentVariable("MUT"), out int number) ? number : -1;
    private static readonly string? Cover = Environment.GetEnvironmentVariable("MUT_COVER");
    private static readonly bool Tracing = Cover is not null;
    private static readonly Func<object?>? CurrentTest = AppDomain.CurrentDomain.GetData("mut.test") as Func<object?>;
    private static readonly long[] Hits = new long[65536];
    private static readonly object?[] Last = new object?[65536];
    private static readonly ConcurrentDictionary<(object, int), bool> Seen = new();

    // Both fields are constants to the JIT's second tier: a switch that is off costs nothing.
    public static bool Is(int number)
    {
        if (Tracing)
        {
            // What a call to the system left is asked for behind a switch, perhaps.
            int error = Marshal.GetLastPInvokeError();
            Reached(number);
            Marshal.SetLastPInvokeError(error);
        }

        return number == Active;
    }

    private static void Reached(int number)
    {
        // In the innermost loops asking for the test costs too much: after many times every 4096th does.
        if (++Hits[number] > 20_000 && (Hits[number] & 4095) != 0)
        {
            return;
        }

        object test = CurrentTest?.Invoke() ?? "?";
        if (ReferenceEquals(Last[number], test))
        {
            return;
        }

        Last[number] = test;
        if (Seen.TryAdd((test, number), true))
        {
            lock (Seen)
            {
                File.AppendAllText($"{Cover}.{Environment.ProcessId}.{typeof(Mut).Assembly.GetName().Name}", $"{number}\t{test}\n");
            }
        }
    }
}
