// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>One of the trees that a disc may carry over the same files. The order is the order of preference.</summary>
public enum VolumeView
{
    /// <summary>Universal Disk Format: long names, times, owners, large files.</summary>
    Udf,

    /// <summary>ISO 9660 with the names and attributes of POSIX beside its own.</summary>
    RockRidge,

    /// <summary>A second ISO 9660 tree, with names in Unicode.</summary>
    Joliet,

    /// <summary>A second ISO 9660 tree, with long names (ISO 9660:1999).</summary>
    Enhanced,

    /// <summary>ISO 9660, with its own short names.</summary>
    Iso9660,

    /// <summary>The draft from which ISO 9660 came, of 1986.</summary>
    HighSierra,

    /// <summary>Mac OS Extended.</summary>
    HfsPlus,

    /// <summary>Mac OS Standard.</summary>
    Hfs,
}
