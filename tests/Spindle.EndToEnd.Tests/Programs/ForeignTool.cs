// SPDX-License-Identifier: MIT
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests.Programs;

/// <summary>A program of somebody else, that judges what Spindle made. Where it is missing, the test is skipped and says so.</summary>
internal static class ForeignTool
{
    public static async Task<ProgramResult> RunAsync(string name, string workingDirectory, params string[] arguments)
    {
        using RunningProgram program = new(PathOf(name), arguments, workingDirectory);
        return await program.EndAsync();
    }

    /// <summary>Runs it, and fails where it finds something wrong.</summary>
    public static async Task<ProgramResult> AcceptsAsync(string name, string workingDirectory, params string[] arguments) =>
        (await RunAsync(name, workingDirectory, arguments)).EndedWith(0);

    public static string PathOf(string name) => ForeignProgram.PathOf(name);
}
