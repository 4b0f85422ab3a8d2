// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;

namespace Spindle.Drives.Tests.Linux;

/// <summary>A read-only loop device over a file, where this user may make one.</summary>
internal sealed class LoopDevice : IDisposable
{
    private LoopDevice(string path) => Path = path;

    public string Path { get; }

    public static LoopDevice Attach(string file, int sectorSize = 512)
    {
        (int code, string output) = Run("losetup", "-r", "-f", "--show", "-b", sectorSize.ToString(CultureInfo.InvariantCulture), file);
        Assert.SkipUnless(code == 0, "no loop device could be made here");
        return new(output.Trim());
    }

    public void Dispose() => Run("losetup", "-d", Path);

    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "");
        }
    }
}
