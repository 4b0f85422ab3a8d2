// SPDX-License-Identifier: MIT
using Spindle.Testing;

namespace Spindle.Parity.Tests;

/// <summary>The reference program of the formats, as a judge. Its exit codes say little: tests compare bytes, and read what it prints.</summary>
internal static class Dvdisaster
{
    private const string Program = "dvdisaster";

    /// <summary>Skips the test, aloud, where the judge is not installed.</summary>
    public static void Require() => ForeignProgram.PathOf(Program);

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
        ForeignProgram program = new(Program, arguments) { Directory = home.Path, Environs = new Dictionary<string, string?> { ["HOME"] = home.Path, ["LC_ALL"] = "C" } };
        ForeignProgram.Said said = program.Run();
        return said.Text + said.Error;
    }
}
