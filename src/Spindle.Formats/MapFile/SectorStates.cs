// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Formats.MapFile;

/// <summary>The characters of map files, and the order of what they stand for.</summary>
internal static class SectorStates
{
    private const string FromLessToMoreProcessed = "?*/-+";

    public static bool IsState(char character) => FromLessToMoreProcessed.Contains(character, StringComparison.Ordinal);

    public static bool IsMoreProcessedThan(this SectorState state, SectorState other) =>
        FromLessToMoreProcessed.IndexOf((char)state, StringComparison.Ordinal)
        > FromLessToMoreProcessed.IndexOf((char)other, StringComparison.Ordinal);
}
