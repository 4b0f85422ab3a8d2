// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.Names;

namespace Spindle.Formats.Joliet;

/// <summary>Text of the Joliet tree: pairs of bytes, big-endian (Joliet Specification, 1995).</summary>
/// <remarks>The specification says UCS-2; writers put UTF-16 there, and a pair of surrogates is read as one character.</remarks>
internal static class JolietText
{
    /// <summary>Reads a name.</summary>
    public static string Name(ReadOnlySpan<byte> bytes, long position, Findings findings)
    {
        if (bytes.Length % 2 != 0)
        {
            findings.Add(Iso9660Rules.JolietNamesEven, position, $"a name of {bytes.Length} bytes");
            bytes = bytes[..^1];
        }

        return Encoding.BigEndianUnicode.GetString(bytes);
    }

    /// <summary>The name that people know: without the version <c>;1</c>, and without the dot of an empty extension before it.</summary>
    /// <remarks>Joliet needs no extension and no version: where there is none, a dot at the end is a part of the name.</remarks>
    public static string WithoutVersion(string name) => name.EndsWith(";1", StringComparison.Ordinal) ? IsoText.WithoutVersion(name) : name;

    /// <summary>Reads a field of fixed length, without what fills it up at its end.</summary>
    public static string Field(ReadOnlySpan<byte> bytes) =>
        Encoding.BigEndianUnicode.GetString(bytes[..(bytes.Length & ~1)]).TrimEnd(' ', '\0');
}
