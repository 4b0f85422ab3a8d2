// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace Spindle.Changers.Smc;

/// <summary>What a changer says of one element (SMC-3, element descriptors).</summary>
/// <param name="Address">Which element.</param>
/// <param name="Type">What kind of element.</param>
/// <param name="IsFull">Whether there is a disc, as it says.</param>
internal sealed record ElementStatus(int Address, ElementType Type, bool IsFull)
{
    private const int HeaderLength = 8, PageHeaderLength = 8;
    private const int DescriptorLength = 12; // up to the source's address
    private const int TagLength = 36, TextOfTag = 32;

    /// <summary>Whether the element is in a state that it should not be in, such as a disc whose label can't be read.</summary>
    public bool IsAbnormal { get; init; }

    /// <summary>Additional sense code and qualifier of that; 0 for none.</summary>
    public (byte Code, byte Qualifier) Why { get; init; }

    /// <summary>Whether the arm can reach it now.</summary>
    public bool CanBeReached { get; init; }

    /// <summary>The element that the disc came from; null where that is not said.</summary>
    public int? Source { get; init; }

    /// <summary>The primary volume tag: what a reader of barcodes saw; null where it is blank.</summary>
    public string? Tag { get; init; }

    /// <summary>The device identifier of a drive, its words put together by one blank; null where it is none of text.</summary>
    public string? Device { get; init; }

    /// <summary>Reads a reply to READ ELEMENT STATUS.</summary>
    /// <param name="reply">May be anything.</param>
    /// <returns>All that is whole, up to the first that is not; null where it is no such reply.</returns>
    public static IReadOnlyList<ElementStatus>? Parse(ReadOnlySpan<byte> reply)
    {
        if (reply.Length < HeaderLength)
        {
            return null;
        }

        int told = BinaryPrimitives.ReadUInt16BigEndian(reply[2..]);
        List<ElementStatus> elements = [];
        ReadOnlySpan<byte> rest = reply[HeaderLength..];
        while (elements.Count < told && rest.Length >= PageHeaderLength)
        {
            int type = rest[0] & 0x0F, flags = rest[1], each = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            int bytes = (rest[5] << 16) | (rest[6] << 8) | rest[7];
            if (type is < (int)ElementType.Transport or > (int)ElementType.DataTransfer || each < DescriptorLength)
            {
                break;
            }

            ReadOnlySpan<byte> page = rest.Slice(PageHeaderLength, Math.Min(bytes, rest.Length - PageHeaderLength));
            for (; page.Length >= each && elements.Count < told; page = page[each..])
            {
                elements.Add(ParseOne(page[..each], (ElementType)type, flags));
            }

            rest = rest[Math.Min(rest.Length, PageHeaderLength + bytes)..];
        }

        return elements;
    }

    private static ElementStatus ParseOne(ReadOnlySpan<byte> descriptor, ElementType type, int flags)
    {
        int at = DescriptorLength;
        ReadOnlySpan<byte> tag = (flags & 0x80) != 0 ? Part(descriptor, at, TextOfTag) : []; // PVolTag
        at += ((flags & 0x80) != 0 ? TagLength : 0) + ((flags & 0x40) != 0 ? TagLength : 0); // AVolTag
        return new(BinaryPrimitives.ReadUInt16BigEndian(descriptor), type, (descriptor[2] & 0x01) != 0)
        {
            IsAbnormal = (descriptor[2] & 0x04) != 0,
            CanBeReached = type == ElementType.Transport || (descriptor[2] & 0x08) != 0,
            Why = (descriptor[4], descriptor[5]),
            Source = (descriptor[9] & 0x80) != 0 ? BinaryPrimitives.ReadUInt16BigEndian(descriptor[10..]) : null,
            Tag = TextOf(tag),
            Device = DeviceOf(descriptor[Math.Min(at, descriptor.Length)..]),
        };
    }

    /// <summary>Code set, type, a reserved byte, length, and the identifier itself.</summary>
    private static string? DeviceOf(ReadOnlySpan<byte> bytes) => bytes.Length < 4 || (bytes[0] & 0x0F) is not (2 or 3) ? null // ASCII, UTF-8
        : TextOf(Part(bytes, 4, bytes[3]));

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, int at, int length) => bytes.Length <= at ? [] : bytes.Slice(at, Math.Min(length, bytes.Length - at));

    /// <summary>Printable ASCII, its words put together by one blank; a byte that is none may be anything, and is no part of a name.</summary>
    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(bytes.Length);
        foreach (byte value in bytes)
        {
            text.Append(value is > 0x20 and < 0x7F ? (char)value : ' ');
        }

        string words = string.Join(' ', text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return words.Length > 0 ? words : null;
    }
}
