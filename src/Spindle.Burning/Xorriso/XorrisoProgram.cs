// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;

namespace Spindle.Burning.Xorriso;

/// <summary>Runs xorriso, and hands on what it says. What it ends with is not looked at: it ends with failure for perfect discs, and with success where nothing was written (decision 18).</summary>
internal sealed class XorrisoProgram
{
    private const string Name = "xorriso";

    /// <summary>It says how far it is once a second, also while a disc is closed.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ForEnding = TimeSpan.FromMinutes(5);

    /// <summary>Where it is looked for; a path of its own in tests.</summary>
    public string Program { get; init; } = Name;

    /// <summary>How long it may say nothing.</summary>
    public TimeSpan Silence { get; init; } = LongestSilence;

    /// <summary>Makes sure that it is there, before a disc is touched.</summary>
    /// <exception cref="Media.OperationFailedException"><c>no-xorriso</c>.</exception>
    public void Require() => Run(["-version"], _ => { }, CancellationToken.None);

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">Its words.</param>
    /// <param name="said">Told of each line that it says on its standard error.</param>
    /// <param name="stop">Has it end in its own time: it writes what the drive holds, and gives the drive back.</param>
    /// <returns>Whether it ended by itself: false where it fell silent.</returns>
    /// <exception cref="Media.OperationFailedException"><c>no-xorriso</c>.</exception>
    public bool Run(IReadOnlyList<string> arguments, Action<string> said, CancellationToken stop)
    {
        using Process process = Start(arguments);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        using CancellationTokenRegistration ending = stop.Register(() => End(process));
        while (true)
        {
            Task<string?> line = process.StandardError.ReadLineAsync(CancellationToken.None).AsTask();
            if (!line.Wait(Silence, CancellationToken.None))
            {
                End(process);
                if (!line.Wait(ForEnding, CancellationToken.None))
                {
                    return false; // it hangs in the drive: to kill it would help nobody
                }
            }

            if (line.Result is null)
            {
                process.WaitForExit();
                _ = output.Wait(ForEnding, CancellationToken.None);
                return true;
            }

            said(line.Result);
        }
    }

    private Process Start(IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(Program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw Failures.NoXorriso(e.Message);
        }
    }

    /// <summary>Asks it to end, by the signal for that: this library's own way would kill it in the middle of a write.</summary>
    private static void End(Process process)
    {
        try
        {
            using Process? kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            kill?.WaitForExit();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
