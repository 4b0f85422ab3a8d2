// SPDX-License-Identifier: MIT
namespace Spindle.EndToEnd.Tests.Programs;

/// <summary>A program of somebody else, that judges what Spindle made. Where it is missing, the test is skipped and says so.</summary>
internal static class ForeignTool
{
    private static readonly string[] Folders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin", "/sbin"];

    public static async Task<ProgramResult> RunAsync(string name, string workingDirectory, params string[] arguments)
    {
        using RunningProgram program = new(PathOf(name), arguments, workingDirectory);
        return await program.EndAsync();
    }

    /// <summary>Runs it, and fails where it finds something wrong.</summary>
    public static async Task<ProgramResult> AcceptsAsync(string name, string workingDirectory, params string[] arguments) =>
        (await RunAsync(name, workingDirectory, arguments)).EndedWith(0);

    public static string PathOf(string name)
    {
        string? path = Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{name} is not installed");
        return path!;
    }
}
