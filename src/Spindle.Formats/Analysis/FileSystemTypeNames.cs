// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Analysis;

/// <summary>How file systems are called in reports; isolyzer's names where it has one.</summary>
public static class FileSystemTypeNames
{
    /// <summary>The name for people and programs: <c>ISO 9660</c>.</summary>
    public static string Title(this FileSystemType type) => type switch
    {
        FileSystemType.Iso9660 => "ISO 9660",
        FileSystemType.HighSierra => "High Sierra",
        FileSystemType.Mfs => "MFS",
        FileSystemType.Hfs => "HFS",
        FileSystemType.HfsPlus => "HFS+",
        FileSystemType.Udf => "UDF",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
