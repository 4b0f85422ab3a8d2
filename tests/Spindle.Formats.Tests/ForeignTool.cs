// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;

namespace Spindle.Formats.Tests;

/// <summary>Runs another program, as a maker of images or as a judge of ours; the test skips where it is not installed.</summary>
internal static class ForeignTool
{
    /// <summary>Runs a program that must succeed, and returns what it printed.</summary>
    public static string Run(string program, params string[] arguments) => RunIn(Environment.CurrentDirectory, program, arguments);

    /// <summary>Runs a program in a directory.</summary>
    public static string RunIn(string directory, string program, params string[] arguments)
    {
        (int code, string output, string error) = Start(directory, program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}:\n{error}\n{output}");
        return output;
    }

    /// <summary>Skips the test, aloud, unless a program is installed.</summary>
    public static void Require(string program)
    {
        string[] places = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/sbin"];
        Assert.SkipUnless(places.Any(place => File.Exists(Path.Combine(place, program))), $"{program} is not installed");
    }

    private static (int Code, string Output, string Error) Start(string directory, string program, string[] arguments)
    {
        Require(program);
        ProcessStartInfo start = new(File.Exists($"/usr/sbin/{program}") ? $"/usr/sbin/{program}" : program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TZ"] = "UTC";
        using Process process = Process.Start(start)!; // never null without a shell
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(1)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within a minute");
        }

        return (process.ExitCode, output.Result, error.Result);
    }
}
