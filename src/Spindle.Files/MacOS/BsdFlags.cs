// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Files.MacOS;

/// <summary>Flags of files that BSD systems have beside permissions (st_flags, sys/stat.h), as an extended attribute keeps them. Pure.</summary>
/// <remarks>Those that users set, with the names of chflags(1); what the file system notes for itself (compressed, tracked) is none of them.</remarks>
internal static class BsdFlags
{
    /// <summary>Those with which nothing of a file can be changed: UF_IMMUTABLE, UF_APPEND, SF_IMMUTABLE, SF_APPEND.</summary>
    public const uint Sealing = 0x0006_0006;

    private static readonly (uint Flag, string Name)[] Known =
    [
        (0x0000_0001, "nodump"), // UF_NODUMP
        (0x0000_0002, "uchg"), // UF_IMMUTABLE
        (0x0000_0004, "uappnd"), // UF_APPEND
        (0x0000_0008, "opaque"), // UF_OPAQUE
        (0x0000_8000, "hidden"), // UF_HIDDEN
        (0x0001_0000, "arch"), // SF_ARCHIVED
        (0x0002_0000, "schg"), // SF_IMMUTABLE
        (0x0004_0000, "sappnd"), // SF_APPEND
    ];

    /// <summary>Name of the attribute. No file system has one of that name: it is read from the status of a file, and set as its flags.</summary>
    public static ReadOnlySpan<byte> Name => "bsd.flags"u8;

    /// <summary>The attribute's value, such as <c>uchg,hidden</c>; null where a file has no such flag.</summary>
    public static byte[]? ToValue(uint flags)
    {
        string[] names = [.. Known.Where(known => (flags & known.Flag) != 0).Select(known => known.Name)];
        return names.Length == 0 ? null : Encoding.ASCII.GetBytes(string.Join(',', names));
    }

    /// <summary>The flags of a value.</summary>
    /// <returns>Null where it names one that is not known.</returns>
    public static uint? Parse(ReadOnlySpan<byte> value)
    {
        uint flags = 0;
        foreach (string name in Encoding.ASCII.GetString(value).Split(','))
        {
            if (Known.FirstOrDefault(known => known.Name == name) is not { Flag: > 0 and uint flag })
            {
                return null;
            }

            flags |= flag;
        }

        return flags;
    }
}
