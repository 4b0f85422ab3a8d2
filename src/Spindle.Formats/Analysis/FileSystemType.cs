// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Analysis;

/// <summary>A kind of file system.</summary>
public enum FileSystemType
{
    /// <summary>ISO 9660, with Joliet and Rock Ridge where it has them.</summary>
    Iso9660,

    /// <summary>The High Sierra draft.</summary>
    HighSierra,

    /// <summary>Macintosh File System.</summary>
    Mfs,

    /// <summary>Mac OS Standard.</summary>
    Hfs,

    /// <summary>Mac OS Extended.</summary>
    HfsPlus,

    /// <summary>Universal Disk Format.</summary>
    Udf,
}
