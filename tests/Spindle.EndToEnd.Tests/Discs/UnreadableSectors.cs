// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests.Discs;

/// <summary>Makes sectors of a file unreadable for a program, by a library that is loaded into it.</summary>
internal static class UnreadableSectors
{
    /// <param name="workspace">Where the library is built.</param>
    /// <param name="file">The file.</param>
    /// <param name="sectors">first:count,first:count… in sectors of 2048 bytes.</param>
    /// <returns>Variables for the program's environment; tests/fixtures/unreadable_sectors.c knows more.</returns>
    public static async Task<Dictionary<string, string?>> OfAsync(Workspace workspace, string file, string sectors)
    {
        string library = workspace["unreadable_sectors.so"];
        if (!File.Exists(library))
        {
            await ForeignTool.AcceptsAsync(
                "gcc", workspace.Path, "-shared", "-fPIC", "-O2", "-o", library, Repository.File("tests/fixtures/unreadable_sectors.c"), "-ldl");
        }

        return new() { ["LD_PRELOAD"] = library, ["UNREADABLE_FILE"] = file, ["UNREADABLE_SECTORS"] = sectors };
    }
}
