// SPDX-License-Identifier: MIT
namespace Spindle.EndToEnd.Tests.Programs;

/// <summary>Python with its jsonschema package: the system's own, for that is where the package is installed to.</summary>
internal static class Python
{
    private const string System = "/usr/bin/python3";

    private static string Interpreter => File.Exists(System) ? System : ForeignTool.PathOf("python3");

    public static Task<ProgramResult> RunAsync(string script, string workingDirectory, params string[] arguments) =>
        ForeignTool.RunAsync(Interpreter, workingDirectory, ["-c", script, .. arguments]);
}
