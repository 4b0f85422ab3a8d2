// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Fuzz;

/// <summary>Makes the checksums of changed descriptors right again (ECMA-167 3/7.2): else nothing behind a tag would ever be reached.</summary>
internal sealed class DescriptorTags
{
    /// <summary>Bytes of a tag.</summary>
    public const int TagLength = 16;

    private const int BlockLength = 512;

    private readonly List<int> _places = [];

    /// <summary>Finds the descriptors of an image.</summary>
    public void Find(ReadOnlySpan<byte> image)
    {
        _places.Clear();
        for (int at = 0; at + TagLength <= image.Length; at += 4)
        {
            ReadOnlySpan<byte> tag = image[at..];
            if (IsKnown(tag) && ChecksumOf(tag) == tag[4])
            {
                _places.Add(at);
            }
        }
    }

    /// <summary>Where descriptors begin that a change may have touched: in front of it, and at the start of the blocks that it is in.</summary>
    public IEnumerable<int> Near(int from, int length)
    {
        const int neighbours = 4; // of descriptors that lie side by side, and may be longer than they should
        int index = _places.BinarySearch(from + length);
        index = index < 0 ? ~index : index;
        IEnumerable<int> blocks = Enumerable.Range(from / BlockLength, ((from + length - 1) / BlockLength) - (from / BlockLength) + 1)
            .Select(block => block * BlockLength);
        return _places.Skip(Math.Max(0, index - neighbours)).Take(Math.Min(index, neighbours)).Concat(blocks);
    }

    /// <summary>Makes CRC and checksum right, where something that looks like a descriptor begins.</summary>
    /// <returns>False where nothing does.</returns>
    public static bool TryMend(Span<byte> image, int at)
    {
        if (at + TagLength > image.Length || !IsKnown(image[at..]))
        {
            return false;
        }

        Span<byte> tag = image[at..];
        int length = BinaryPrimitives.ReadUInt16LittleEndian(tag[10..]);
        if (TagLength + length <= tag.Length)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(tag[8..], CrcOf(tag.Slice(TagLength, length)));
        }

        tag[4] = ChecksumOf(tag);
        return true;
    }

    private static bool IsKnown(ReadOnlySpan<byte> tag) => BinaryPrimitives.ReadUInt16LittleEndian(tag) is (>= 1 and <= 9) or (>= 256 and <= 266);

    private static byte ChecksumOf(ReadOnlySpan<byte> tag)
    {
        int sum = -tag[4];
        foreach (byte value in tag[..TagLength])
        {
            sum += value;
        }

        return (byte)(sum & 0xFF);
    }

    private static ushort CrcOf(ReadOnlySpan<byte> bytes)
    {
        int crc = 0;
        foreach (byte value in bytes)
        {
            crc ^= value << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? ((crc << 1) ^ 0x1021) & 0xFFFF : (crc << 1) & 0xFFFF;
            }
        }

        return (ushort)crc;
    }
}
