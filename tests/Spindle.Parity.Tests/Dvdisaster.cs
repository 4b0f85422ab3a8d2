// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Spindle.Testing;

namespace Spindle.Parity.Tests;

/// <summary>The reference program of the formats, as a judge. Its exit codes say little: tests compare bytes, and read what it prints.</summary>
internal static class Dvdisaster
{
    private static readonly string? Program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "dvdisaster")).FirstOrDefault(File.Exists);

    /// <summary>Skips the test, aloud, where the judge is not installed.</summary>
    public static void Require() => Assert.SkipUnless(Program is not null, "dvdisaster is not installed");

    /// <summary>Skips the test, aloud, where the judge is another version than the one whose bytes are kept.</summary>
    public static void RequireTheOneOfTheGoldenFiles()
    {
        Require();
        Assert.SkipUnless(Run("--version").Contains("dvdisaster 0.79.5", StringComparison.Ordinal), "dvdisaster is not 0.79.5, which the golden files are of");
    }

    /// <summary>A small ISO 9660 image of random content, always the same for the same numbers.</summary>
    public static byte[] RandomImage(TempDirectory directory, int sectors, int seed) => File.ReadAllBytes(MakeRandomImage(directory, sectors, seed));

    /// <summary>The same, as a file.</summary>
    public static string MakeRandomImage(TempDirectory directory, int sectors, int seed)
    {
        string path = directory[$"random-{seed}-{sectors}.iso"];
        Run("--debug", "--random-seed", $"{seed}", "--random-image", $"{sectors}", "-i", path);
        return path;
    }

    /// <summary>Runs the program with an empty home, and returns what it printed.</summary>
    public static string Run(params string[] arguments)
    {
        using TempDirectory home = new();
        ProcessStartInfo start = new(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = home.Path };
        start.Environment["HOME"] = home.Path;
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + errors.Result;
    }
}
