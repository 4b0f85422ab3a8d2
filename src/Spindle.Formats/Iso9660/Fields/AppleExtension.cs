// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Formats.Iso9660.Fields;

/// <summary>
/// What the Finder knows of a file of an ISO 9660 disc, from a system use entry <c>AA</c> (Apple Technical Note FL 36, 'Apple Extensions
/// to ISO 9660'): signature, length 14, system 2, type, creator, flags of the Finder.
/// </summary>
internal static class AppleExtension
{
    private const int Length = 14;
    private const int XaLength = 14; // the record of CD-ROM XA, which comes first (System Description CD-ROM XA, II.2.7.1)
    private const int FinderInfoLength = 32;
    private const byte SystemHfs = 2;

    /// <summary>Looks for the entry in a system use area.</summary>
    /// <param name="systemUse">The area: entries of a signature, a length and data, one behind the other.</param>
    /// <returns>The 32 bytes that HFS keeps of a file, as far as they are told; empty where there is no such entry.</returns>
    public static ReadOnlyMemory<byte> Find(ReadOnlySpan<byte> systemUse)
    {
        if (systemUse.Length >= XaLength && systemUse.At(bp: 7, length: 2).SequenceEqual("XA"u8))
        {
            systemUse = systemUse[XaLength..];
        }

        while (systemUse.Length >= Length)
        {
            if (FinderInfo(systemUse) is { IsEmpty: false } found)
            {
                return found;
            }

            int length = systemUse.At(bp: 3)[0];
            if (length < 4 || length > systemUse.Length)
            {
                break;
            }

            systemUse = systemUse[length..];
        }

        return default;
    }

    /// <summary>Reads one entry.</summary>
    /// <returns>The 32 bytes that HFS keeps of a file; empty where it is another entry.</returns>
    public static ReadOnlyMemory<byte> FinderInfo(ReadOnlySpan<byte> entry)
    {
        if (entry.Length < Length || BinaryPrimitives.ReadUInt16BigEndian(entry.At(bp: 1)) != (('A' << 8) | 'A') || entry.At(bp: 3)[0] != Length || entry.At(bp: 4)[0] != SystemHfs)
        {
            return default;
        }

        byte[] info = new byte[FinderInfoLength];
        entry.At(bp: 5, length: Length - 4).CopyTo(info);
        return info;
    }
}
