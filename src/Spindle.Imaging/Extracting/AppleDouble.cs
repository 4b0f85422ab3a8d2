// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Volumes;

namespace Spindle.Imaging.Extracting;

/// <summary>
/// The file <c>._NAME</c> in which systems without forks keep what a Macintosh file has beside its content: what the Finder knows of
/// it, and its resource fork (AppleSingle/AppleDouble Formats, Apple, version 2; RFC 1740 appendix A).
/// </summary>
internal static class AppleDouble
{
    /// <summary>Stands before the name of the file that it belongs to.</summary>
    public const string Prefix = "._";

    private const uint Magic = 0x0005_1607;
    private const uint Version = 0x0002_0000;
    private const int HeaderLength = 26; // magic, version, 16 bytes of filler, number of entries
    private const int EntryLength = 12;
    private const uint FinderInfoEntry = 9;
    private const uint ResourceForkEntry = 2;
    private const int FinderInfoLength = 32;

    /// <summary>Whether a file has anything that belongs there.</summary>
    /// <remarks>A type and creator of question marks is what programs write who know of none.</remarks>
    public static bool Has(VolumeEntry file) => file.ResourceForkSize > 0
        || (file.FinderInfo.Length == FinderInfoLength && file.FinderInfo.Span[..8] is var kind && kind.ContainsAnyExcept((byte)0, (byte)'?') && !kind.SequenceEqual("????unix"u8))
        || (file.FinderInfo.Length == FinderInfoLength && file.FinderInfo.Span[8..].ContainsAnyExcept((byte)0));

    /// <summary>What comes before the resource fork, which lies last.</summary>
    public static byte[] Header(VolumeEntry file, long forkLength)
    {
        const int entries = 2;
        byte[] header = new byte[HeaderLength + (entries * EntryLength) + FinderInfoLength];
        BinaryPrimitives.WriteUInt32BigEndian(header, Magic);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), Version);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(24), entries);
        Entry(header.AsSpan(HeaderLength), FinderInfoEntry, header.Length - FinderInfoLength, FinderInfoLength);
        Entry(header.AsSpan(HeaderLength + EntryLength), ResourceForkEntry, header.Length, forkLength);
        file.FinderInfo.Span.CopyTo(header.AsSpan(header.Length - FinderInfoLength));
        return header;
    }

    private static void Entry(Span<byte> entry, uint id, int offset, long length)
    {
        BinaryPrimitives.WriteUInt32BigEndian(entry, id);
        BinaryPrimitives.WriteUInt32BigEndian(entry[4..], (uint)offset);
        BinaryPrimitives.WriteUInt32BigEndian(entry[8..], checked((uint)length)); // no fork has more than 2^32 - 1 bytes
    }
}
