// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Xunit;

namespace Spindle.Testing;

/// <summary>Images that other programs make: what reads them was not tested with its own mistakes.</summary>
public static class DiscImages
{
    /// <summary>Makes an image of a directory with xorriso: ISO 9660 with Rock Ridge and Joliet. Skips the test where it is missing.</summary>
    /// <returns>The image's path, beside the directory.</returns>
    public static string OfDirectory(string directory, params string[] options)
    {
        string image = directory.TrimEnd('/') + ".iso";
        Run("xorriso", ["-as", "mkisofs", "-quiet", "-R", "-J", .. options, "-o", image, directory]);
        return image;
    }

    /// <summary>Runs a program that must succeed. Skips the test where it is missing.</summary>
    /// <returns>What it printed.</returns>
    public static string Run(string program, params string[] arguments)
    {
        Process? process = null;
        try
        {
            process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["LC_ALL"] = "C.UTF-8" },
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not installed");
        }

        using (process)
        {
            Task<string> errors = process!.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {errors.Result}");
            return output;
        }
    }
}
