// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Spindle.Media;

namespace Spindle.Changers.Scripts;

/// <summary>Runs the program of a robot once for each command, with a limit to its time and to what it says.</summary>
/// <param name="program">A script that may be executed.</param>
/// <param name="limit">How long a command may take: it is ended then, with all that it started.</param>
internal sealed class ScriptProgram(string program, TimeSpan limit)
{
    private const int MostSaid = 1 << 20; // characters

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">Its words.</param>
    /// <returns>What it ended with, null where it did not end in time; what it printed; and the last line of what it complained of.</returns>
    /// <exception cref="OperationFailedException"><c>no-robot-program</c>.</exception>
    public (int? Code, string Output, string? Said) Run(IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        using Process process = Started(start);
        process.StandardInput.Close();
        StringBuilder output = new(), error = new();
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool hasEnded = process.WaitForExit(limit);
        if (hasEnded)
        {
            process.WaitForExit(); // for the rest of what it said
        }
        else
        {
            process.Kill(entireProcessTree: true);
        }

        lock (output)
        {
            lock (error)
            {
                string? said = error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault()
                    ?? output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
                return (hasEnded ? process.ExitCode : null, output.ToString(), said);
            }
        }
    }

    private static void Keep(StringBuilder text, string? line)
    {
        lock (text)
        {
            if (line is not null && text.Length + line.Length < MostSaid)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private Process Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw Failures.NoProgram(program, e);
        }
    }
}
