// SPDX-License-Identifier: MIT
namespace Spindle.EndToEnd.Tests.Programs;

/// <summary>Runs Spindle as a user who may not do everything: for root, as nobody.</summary>
internal static class UnprivilegedUser
{
    private static readonly Lazy<Task<string>> Program = new(FindAsync);

    /// <summary>A program that runs Spindle so; the test is skipped where there is no way.</summary>
    public static Task<string> ProgramAsync() => Program.Value;

    private static async Task<string> FindAsync()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return SpindleProgram.Path;
        }

        string script = Path.Combine(Directory.CreateTempSubdirectory("spindle-nobody-").FullName, "spindle");
        await File.WriteAllTextAsync(
            script, $"#!/bin/sh\nexec {ForeignTool.PathOf("setpriv")} --reuid=65534 --regid=65534 --clear-groups '{SpindleProgram.Path}' \"$@\"\n");
        const UnixFileMode forAll = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(script, forAll);
        ProgramResult version = await ForeignTool.RunAsync(script, "/", "--version");
        Assert.SkipUnless(version.ExitCode == 0, $"the user nobody cannot run {SpindleProgram.Path}");
        return script;
    }
}
