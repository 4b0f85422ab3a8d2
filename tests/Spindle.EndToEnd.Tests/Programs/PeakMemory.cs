// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.EndToEnd.Tests.Programs;

/// <summary>The largest resident memory of a program, as the system counts it when the program has ended.</summary>
internal static class PeakMemory
{
    // What is inherited from the interpreter itself is some 10 MiB, less than any program of ours needs.
    private const string Script = """
        import resource, subprocess, sys
        done = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, done.returncode)
        """;

    /// <summary>Runs Spindle, and throws away what it prints.</summary>
    /// <returns>Its peak in bytes, and how it ended.</returns>
    public static async Task<(long Bytes, int ExitCode)> OfAsync(string workingDirectory, params string[] arguments)
    {
        ProgramResult result = (await Python.RunAsync(Script, workingDirectory, [SpindleProgram.Path, .. arguments])).EndedWith(0);
        long[] numbers = [.. result.Output.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
        return (numbers[0] * 1024, (int)numbers[1]);
    }
}
