// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Formats.Trees;

namespace Spindle.Imaging.Extracting;

/// <summary>
/// The file <c>._NAME</c> in which systems without forks keep what a Macintosh file has beside its content: what the Finder knows of
/// it, its extended attributes, and its resource fork (AppleSingle/AppleDouble Formats, Apple, version 2; RFC 1740 appendix A).
/// </summary>
/// <remarks>
/// The extended attributes lie in the Finder's entry, behind its 32 bytes, as macOS puts them there: a header 'ATTR', a table of names
/// and places, and the data (the layout is described in the comments of XNU's vfs_xattr.c). Named streams of UDF become such attributes.
/// </remarks>
internal sealed class AppleDouble
{
    /// <summary>Stands before the name of the file that it belongs to.</summary>
    public const string Prefix = "._";

    private const uint Magic = 0x0005_1607;
    private const uint Version = 0x0002_0000;
    private const int EntriesOffset = 26; // behind magic, version, 16 bytes of filler, number of entries
    private const int EntryLength = 12;
    private const uint FinderInfoEntry = 9;
    private const uint ResourceForkEntry = 2;
    private const int FinderInfoLength = 32;
    private const int FinderInfoOffset = EntriesOffset + (2 * EntryLength);
    private const uint AttributeMagic = 0x4154_5452; // 'ATTR'
    private const int AttributeHeaderOffset = FinderInfoOffset + FinderInfoLength + 2; // two bytes of padding
    private const int AttributeHeaderLength = 36; // magic, tag, total size, data start, data length, 12 reserved bytes, flags, count
    private const int AttributeFixedLength = 11; // offset, length, flags, length of the name
    private const int LongestAttributeName = 127; // bytes of UTF-8; a NUL comes behind
    private const int LargestAttributeTable = 65_536; // bytes from the beginning of the file
    private const int MostAttributes = 256;

    private readonly VolumeEntry _file;
    private readonly int _tableEnd = AttributeHeaderOffset + AttributeHeaderLength;
    private readonly List<NamedStream> _streams = [];

    /// <summary>Looks at what belongs there.</summary>
    public AppleDouble(VolumeEntry file)
    {
        _file = file;
        long end = FinderInfoOffset + file.ResourceForkSize;
        HashSet<string> names = [];
        foreach (NamedStream stream in file.Streams)
        {
            int name = Encoding.UTF8.GetByteCount(stream.Name);
            int entry = Align(AttributeFixedLength + name + 1);
            if (name <= LongestAttributeName && _tableEnd + entry <= LargestAttributeTable && _streams.Count < MostAttributes
                && end + entry + stream.Size <= uint.MaxValue - LargestAttributeTable && names.Add(stream.Name))
            {
                _streams.Add(stream);
                _tableEnd += entry;
                end += entry + stream.Size;
            }
        }
    }

    /// <summary>Which of the named streams it can hold, in their order.</summary>
    public IReadOnlyList<NamedStream> Streams => _streams;

    /// <summary>Whether it can hold the resource fork.</summary>
    public bool Fits => _file.ResourceForkSize <= uint.MaxValue - LargestAttributeTable;

    private long StreamBytes => _streams.Sum(stream => stream.Size);

    /// <summary>Whether a file has anything that belongs there.</summary>
    /// <remarks>A type and creator of question marks is what programs write who know of none.</remarks>
    public static bool Has(VolumeEntry file) => file.ResourceForkSize > 0 || file.Streams.Count > 0
        || (file.FinderInfo.Length == FinderInfoLength && file.FinderInfo.Span[..8] is var kind && kind.ContainsAnyExcept((byte)0, (byte)'?') && !kind.SequenceEqual("????unix"u8))
        || (file.FinderInfo.Length == FinderInfoLength && file.FinderInfo.Span[8..].ContainsAnyExcept((byte)0));

    /// <summary>What comes before the <see cref="Streams"/>, which lie one behind the other, and the resource fork, which lies last.</summary>
    public byte[] Header()
    {
        int length = _streams.Count == 0 ? FinderInfoOffset + FinderInfoLength : _tableEnd;
        byte[] header = new byte[length];
        BinaryPrimitives.WriteUInt32BigEndian(header, Magic);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), Version);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(EntriesOffset - 2), 2);
        long fork = length + StreamBytes;
        Entry(header.AsSpan(EntriesOffset), FinderInfoEntry, FinderInfoOffset, fork - FinderInfoOffset);
        Entry(header.AsSpan(EntriesOffset + EntryLength), ResourceForkEntry, fork, _file.ResourceForkSize);
        _file.FinderInfo.Span.CopyTo(header.AsSpan(FinderInfoOffset));
        if (_streams.Count > 0)
        {
            "Mac OS X        "u8.CopyTo(header.AsSpan(8)); // the filler, by which macOS knows its own layout
            WriteAttributes(header);
        }

        return header;
    }

    private void WriteAttributes(byte[] header)
    {
        Span<byte> attributes = header.AsSpan(AttributeHeaderOffset);
        BinaryPrimitives.WriteUInt32BigEndian(attributes, AttributeMagic);
        BinaryPrimitives.WriteUInt32BigEndian(attributes[8..], (uint)(_tableEnd + StreamBytes));
        BinaryPrimitives.WriteUInt32BigEndian(attributes[12..], (uint)_tableEnd);
        BinaryPrimitives.WriteUInt32BigEndian(attributes[16..], (uint)StreamBytes);
        BinaryPrimitives.WriteUInt16BigEndian(attributes[34..], (ushort)_streams.Count);
        Span<byte> entry = attributes[AttributeHeaderLength..];
        long data = _tableEnd;
        foreach (NamedStream stream in _streams)
        {
            BinaryPrimitives.WriteUInt32BigEndian(entry, (uint)data);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], (uint)stream.Size);
            int name = Encoding.UTF8.GetBytes(stream.Name, entry[AttributeFixedLength..]);
            entry[AttributeFixedLength - 1] = (byte)(name + 1);
            entry = entry[Align(AttributeFixedLength + name + 1)..];
            data += stream.Size;
        }
    }

    private static int Align(int length) => (length + 3) & ~3;

    private static void Entry(Span<byte> entry, uint id, long offset, long length)
    {
        BinaryPrimitives.WriteUInt32BigEndian(entry, id);
        BinaryPrimitives.WriteUInt32BigEndian(entry[4..], (uint)offset);
        BinaryPrimitives.WriteUInt32BigEndian(entry[8..], (uint)length);
    }
}
