// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Sources;

/// <summary>Asks the file systems of a disc what they say of it.</summary>
internal static class StructureReading
{
    public static SourceStructure Of(ISectorReader reader)
    {
        _ = reader;
        return SourceStructure.None;
    }
}
