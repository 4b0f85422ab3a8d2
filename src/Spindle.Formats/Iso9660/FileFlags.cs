// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Iso9660;

/// <summary>Bits of a directory record (ECMA-119 §9.1.6).</summary>
[Flags]
public enum FileFlags : byte
{
    /// <summary>A plain file.</summary>
    None = 0,

    /// <summary>Its existence need not be made known to the user.</summary>
    Hidden = 1,

    /// <summary>It is a directory.</summary>
    Directory = 2,

    /// <summary>It is an associated file, such as a resource fork.</summary>
    Associated = 4,

    /// <summary>Its extended attribute record tells the record format.</summary>
    Record = 8,

    /// <summary>Its extended attribute record tells owner and permissions.</summary>
    Protection = 16,

    /// <summary>This is not the last record of the file: the next one goes on.</summary>
    MultiExtent = 128,
}
