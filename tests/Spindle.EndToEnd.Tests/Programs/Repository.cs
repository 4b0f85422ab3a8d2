// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Spindle.EndToEnd.Tests.Programs;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string File(string path) => Path.Combine(Root, path);

    private static string FindRoot([CallerFilePath] string here = "")
    {
        DirectoryInfo? directory = new FileInfo(here).Directory;
        while (directory is not null && !System.IO.File.Exists(Path.Combine(directory.FullName, "Spindle.slnx")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException($"no Spindle.slnx above {here}");
    }
}
