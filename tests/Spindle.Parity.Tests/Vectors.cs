// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Tests;

/// <summary>The golden files of the reference program, where somebody has them: too large to be kept here.</summary>
internal static class Vectors
{
    /// <summary>Reads one, or skips the test, aloud.</summary>
    public static byte[] Read(string name)
    {
        string? folder = Environment.GetEnvironmentVariable("SPINDLE_VECTORS");
        Assert.SkipWhen(folder is null, "SPINDLE_VECTORS names no folder with golden files");
        return File.ReadAllBytes(Path.Combine(folder, name));
    }
}
