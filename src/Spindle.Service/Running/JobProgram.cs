// SPDX-License-Identifier: MIT
namespace Spindle.Service.Running;

/// <summary>The program that does jobs.</summary>
/// <param name="Path">What is started.</param>
/// <param name="Words">What it is given before all else: nothing, or the program proper where what is started is its runtime.</param>
public sealed record JobProgram(string Path, IReadOnlyList<string> Words)
{
    /// <summary>This very program: a native one by itself, one of .NET's by its runtime.</summary>
    public static JobProgram OfThisProcess()
    {
        string path = Environment.ProcessPath ?? throw new InvalidOperationException("the system does not say which program this is");
        bool isRuntime = System.IO.Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new(path, isRuntime ? [System.IO.Path.GetFullPath(Environment.GetCommandLineArgs()[0])] : []);
    }
}
