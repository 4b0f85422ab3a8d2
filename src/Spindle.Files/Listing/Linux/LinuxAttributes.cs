// SPDX-License-Identifier: MIT
using Spindle.Files.Linux;

namespace Spindle.Files.Listing.Linux;

/// <summary>Extended attributes, which are also how Linux keeps ACLs (xattr(7), acl(5)).</summary>
internal static unsafe class LinuxAttributes
{
    private const int Longest = 64 * 1024; // XATTR_LIST_MAX and XATTR_SIZE_MAX (linux/limits.h)

    /// <param name="descriptor">An open file, or -1.</param>
    /// <param name="path">Else its path, zero-terminated; a link is not followed.</param>
    public static IReadOnlyList<ExtendedAttribute> Of(int descriptor, byte* path)
    {
        // Most files have none: ask for the length only.
        nint length = descriptor >= 0 ? LibC.ListAttributes(descriptor, null, 0) : LibC.ListAttributesOf(path, null, 0);
        if (length <= 0)
        {
            return [];
        }

        byte[] list = new byte[Longest];
        byte[] value = new byte[Longest];
        List<ExtendedAttribute> attributes = [];
        fixed (byte* names = list, bytes = value)
        {
            length = descriptor >= 0 ? LibC.ListAttributes(descriptor, names, Longest) : LibC.ListAttributesOf(path, names, Longest);
            for (int start = 0; start < length;)
            {
                int end = start + list.AsSpan(start).IndexOf((byte)0);
                nint size = descriptor >= 0
                    ? LibC.GetAttribute(descriptor, names + start, bytes, Longest)
                    : LibC.GetAttributeOf(path, names + start, bytes, Longest);
                if (size >= 0)
                {
                    attributes.Add(new(list[start..end], value[..(int)size]));
                }

                start = end + 1;
            }
        }

        attributes.Sort((one, other) => one.Name.AsSpan().SequenceCompareTo(other.Name));
        return attributes;
    }
}
