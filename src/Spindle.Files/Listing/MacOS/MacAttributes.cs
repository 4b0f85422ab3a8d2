// SPDX-License-Identifier: MIT
using Spindle.Files.MacOS;
using Spindle.Files.Unix;

namespace Spindle.Files.Listing.MacOS;

/// <summary>Extended attributes of macOS, which are also how it shows resource forks (com.apple.ResourceFork) and what the Finder keeps (com.apple.FinderInfo); docs/decisions/0014.</summary>
internal static class MacAttributes
{
    /// <summary>Bytes of the longest attribute that is kept: resource forks of fonts and programs have a few million.</summary>
    public const int LongestValue = 16 << 20;

    /// <summary>Attributes that the system sets by itself, and lets nobody set (of programs, who made a file).</summary>
    private static readonly byte[][] OfTheSystem = ["com.apple.provenance\0"u8.ToArray()];

    /// <summary>Whether a name means something to Linux alone: macOS would keep it, and do nothing by it, as if an ACL were in force.</summary>
    public static bool IsOfLinux(ReadOnlySpan<byte> name) => name.StartsWith("system."u8) || name.StartsWith("security."u8) || name.StartsWith("trusted."u8);

    /// <summary>Reads all.</summary>
    /// <param name="flags">st_flags of the file, which become an attribute.</param>
    /// <param name="calls">The file.</param>
    /// <returns>In the order of their names.</returns>
    public static IReadOnlyList<ExtendedAttribute> Of(uint flags, IMacAttributeCalls calls)
    {
        List<ExtendedAttribute> attributes = BsdFlags.ToValue(flags) is { } value ? [new(BsdFlags.Name.ToArray(), value)] : [];

        // Most files have none: asked for the length only.
        if (calls.List([]) is > 0 and nint length)
        {
            byte[] list = new byte[length];
            length = calls.List(list);
            foreach (byte[] name in AttributeNames.Split(list.AsSpan(0, (int)Math.Max(length, 0))).Where(name => !OfTheSystem.Any(known => known.AsSpan().SequenceEqual(name))))
            {
                if (Read(name, calls) is { } attribute)
                {
                    attributes.Add(attribute);
                }
            }
        }

        if (calls.HasAccessList())
        {
            attributes.Add(ExtendedAttribute.AccessList);
        }

        attributes.Sort((one, other) => one.Name.AsSpan().SequenceCompareTo(other.Name));
        return attributes;
    }

    /// <returns>Null where it is gone.</returns>
    private static ExtendedAttribute? Read(byte[] name, IMacAttributeCalls calls)
    {
        nint length = calls.Get(name, []);
        if (length is < 0 or > LongestValue)
        {
            return length < 0 ? null : new(name[..^1], []) { LeftOut = length };
        }

        byte[] value = new byte[length];
        length = length == 0 ? 0 : calls.Get(name, value);
        return length < 0 ? null : new(name[..^1], value[..(int)length]);
    }
}

/// <summary>The calls for extended attributes of one file.</summary>
internal interface IMacAttributeCalls
{
    /// <summary>Names, each with a zero behind it.</summary>
    /// <returns>Bytes of all; below 0 where they can't be had.</returns>
    nint List(Span<byte> list);

    /// <summary>A value.</summary>
    /// <param name="name">With a zero behind it.</param>
    /// <param name="value">Filled; with an empty one, only its length is asked for.</param>
    /// <returns>Its bytes; below 0 where it can't be had.</returns>
    nint Get(byte[] name, Span<byte> value);

    /// <summary>Whether it has an access list, which is no attribute on a Mac.</summary>
    bool HasAccessList();
}
