// SPDX-License-Identifier: MIT
namespace Spindle.Files.Unix;

/// <summary>Lists of names as the calls for extended attributes give them: each with a zero behind it. Pure.</summary>
internal static class AttributeNames
{
    /// <summary>The names of a list, each with its zero, in order.</summary>
    public static List<byte[]> Split(ReadOnlySpan<byte> list)
    {
        List<byte[]> names = [];
        while (list.IndexOf((byte)0) is >= 0 and int end)
        {
            names.Add(list[..(end + 1)].ToArray());
            list = list[(end + 1)..];
        }

        return names;
    }
}
