// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Xunit;

namespace Spindle.Testing;

/// <summary>Texts that were read and found good once, and are kept in the repository: a change of one is seen, and decided on.</summary>
public static class Approved
{
    /// <summary>Holds a text against a file of the repository. With <c>SPINDLE_APPROVE=1</c> the file becomes the text, to be read before it is committed.</summary>
    /// <param name="text">What there is.</param>
    /// <param name="path">The file, from the repository's root.</param>
    public static void Is(string text, string path)
    {
        string file = Path.Combine(Root(), path);
        if (Environment.GetEnvironmentVariable("SPINDLE_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "", text);
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
