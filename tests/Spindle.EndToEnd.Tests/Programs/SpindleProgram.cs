// SPDX-License-Identifier: MIT
namespace Spindle.EndToEnd.Tests.Programs;

/// <summary>The built program. SPINDLE_PROGRAM names another one than the launcher's: a released one, say.</summary>
internal static class SpindleProgram
{
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("SPINDLE_PROGRAM") ?? Repository.File("artifacts/launcher/spindle");

    public static RunningProgram Start(IEnumerable<string> arguments, string workingDirectory)
    {
        Assert.True(File.Exists(Path), $"{Path} is missing: './spindle --version' builds it");
        return new(Path, arguments, workingDirectory);
    }

    public static async Task<ProgramResult> RunAsync(IEnumerable<string> arguments, string workingDirectory)
    {
        using RunningProgram program = Start(arguments, workingDirectory);
        return await program.EndAsync();
    }
}
