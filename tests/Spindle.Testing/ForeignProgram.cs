// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Xunit;

namespace Spindle.Testing;

/// <summary>A program of somebody else, as a maker of what tests need or as a judge of what Spindle made.</summary>
/// <remarks>Where it is missing, the test is skipped and says so. It gets a limit of time, and all that it says is kept.</remarks>
/// <param name="name">Its name, or its path.</param>
/// <param name="arguments">Its words.</param>
public sealed class ForeignProgram(string name, params string[] arguments)
{
    private static readonly string[] Folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin", "/sbin"];

    /// <summary>Where it works.</summary>
    public string Directory { get; init; } = Environment.CurrentDirectory;

    /// <summary>What it is given to read.</summary>
    public byte[] Input { get; init; } = [];

    /// <summary>What of its surroundings is other than ours.</summary>
    public IReadOnlyDictionary<string, string?> Environs { get; init; } = new Dictionary<string, string?>();

    /// <summary>How long it may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Runs a program that must succeed.</summary>
    /// <returns>What it printed.</returns>
    public static string Run(string program, params string[] arguments) => new ForeignProgram(program, arguments).Succeed();

    /// <summary>Runs a program that must succeed in a directory.</summary>
    /// <returns>What it printed.</returns>
    public static string RunIn(string directory, string program, params string[] arguments) => new ForeignProgram(program, arguments) { Directory = directory }.Succeed();

    /// <summary>Runs a script of bash in a directory, which must end well.</summary>
    /// <returns>What it printed.</returns>
    public static string Shell(string directory, string script) => RunIn(directory, "bash", "-ec", script);

    /// <summary>Where a program is; the test is skipped where it is nowhere.</summary>
    public static string PathOf(string name)
    {
        string? path = Find(name);
        Assert.SkipWhen(path is null, $"{name} is not installed");
        return path!;
    }

    /// <summary>Where a program is; null where it is nowhere.</summary>
    public static string? Find(string name) => Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Runs it, and fails with all that it said where it does not end well.</summary>
    /// <returns>What it printed.</returns>
    public string Succeed()
    {
        Said said = Run();
        Assert.True(said.Code == 0, $"{this} ended with {said.Code}:\n{said.Error}\n{said.Text}");
        return said.Text;
    }

    /// <summary>Runs it, however it ends.</summary>
    public Said Run()
    {
        ProcessStartInfo start = new(PathOf(name), arguments)
        {
            WorkingDirectory = Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["LC_ALL"], start.Environment["TZ"]) = ("C.UTF-8", "UTC");
        foreach ((string key, string? value) in Environs)
        {
            start.Environment[key] = value;
        }

        using Process process = Start(start);
        using MemoryStream output = new();
        Task read = process.StandardOutput.BaseStream.CopyToAsync(output);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Feed(process);
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{this} did not end within {Limit}");
        }

        read.Wait(Limit);
        return new(process.ExitCode, output.ToArray(), errors.Result);
    }

    public override string ToString() => string.Join(' ', [name, .. arguments]);

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!; // never null without a shell
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{this} cannot be started: {e.Message}", e);
        }
    }

    private void Feed(Process process)
    {
        try
        {
            process.StandardInput.BaseStream.Write(Input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has seen enough: how it ended tells whether that was right.
        }
    }

    /// <summary>How a program ended, and all that it said.</summary>
    /// <param name="Code">Its exit code.</param>
    /// <param name="Output">The bytes that it printed.</param>
    /// <param name="Error">What it said beside.</param>
    public sealed record Said(int Code, byte[] Output, string Error)
    {
        /// <summary>What it printed, as text.</summary>
        public string Text => Encoding.UTF8.GetString(Output);
    }
}
