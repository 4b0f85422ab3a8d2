// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;

namespace Spindle.Drives.MacOS;

/// <summary>Runs programs of the system, each for a limited time. The only way in which that is done here.</summary>
/// <param name="folders">Where they lie: not what PATH says, which under sudo may be the user's.</param>
internal sealed class SystemPrograms(params string[] folders)
{
    private const int MostOutput = 16 << 20;

    private static readonly TimeSpan PatienceWithPipes = TimeSpan.FromSeconds(5);

    /// <summary>Runs a program to its end. It is asked nothing: its input is empty.</summary>
    /// <param name="name">The program.</param>
    /// <param name="limit">After this it is ended.</param>
    /// <param name="arguments">As it takes them, each a word.</param>
    public ProgramOutcome Run(string name, TimeSpan limit, params string[] arguments)
    {
        if (folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is not { } path)
        {
            return ProgramOutcome.Failed($"{name} is not there");
        }

        ProcessStartInfo start = new(path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<byte[]> output = Task.Run(() => ReadSome(process.StandardOutput.BaseStream));
            Task<byte[]> errors = Task.Run(() => ReadSome(process.StandardError.BaseStream));
            if (!process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                return ProgramOutcome.Failed($"{name} did not end within {limit.TotalSeconds:0} s");
            }

            // What it started may hold its pipes open for ever.
            return Task.WaitAll([output, errors], PatienceWithPipes)
                ? new(process.ExitCode, output.Result, WordsOf(errors.Result, output.Result))
                : ProgramOutcome.Failed($"{name} left something behind that goes on");
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or AggregateException)
        {
            return ProgramOutcome.Failed($"{name} cannot be run: {e.Message}");
        }
    }

    /// <summary>All that comes, of which more than the most is thrown away: a program that is not read from would wait.</summary>
    private static byte[] ReadSome(Stream stream)
    {
        using MemoryStream kept = new();
        byte[] buffer = new byte[64 << 10];
        while (stream.Read(buffer) is > 0 and int read)
        {
            kept.Write(buffer, 0, (int)Math.Min(read, MostOutput - kept.Length));
        }

        return kept.ToArray();
    }

    /// <summary>What it said of a failure, in a line: diskutil says some of it where it should, and some with its output.</summary>
    private static string WordsOf(byte[] errors, byte[] output)
    {
        string said = Encoding.UTF8.GetString(errors);
        string words = string.IsNullOrWhiteSpace(said) ? Encoding.UTF8.GetString(output.AsSpan(0, Math.Min(output.Length, 2000))) : said;
        return string.Join("; ", words.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(3));
    }
}

/// <summary>What became of a program.</summary>
/// <param name="ExitCode">Its exit code; null where it did not run to its end.</param>
/// <param name="Output">What it printed; empty where it did not run to its end.</param>
/// <param name="Said">What it, or the system, said of its failure, in a line; of a success, whatever it said.</param>
internal sealed record ProgramOutcome(int? ExitCode, byte[] Output, string Said)
{
    /// <summary>Whether it did what it was told.</summary>
    public bool IsDone => ExitCode == 0;

    /// <summary>A program that did not run to its end.</summary>
    public static ProgramOutcome Failed(string said) => new(null, [], said);
}
