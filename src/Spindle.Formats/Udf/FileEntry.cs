// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Formats.Udf;

/// <summary>What describes a file: a file entry (ECMA-167, 3rd edition, 4/14.9) or an extended one (4/14.17).</summary>
/// <remarks>Read in place from its block; always well formed. Positions are the standard's "RBP", from 0.</remarks>
public readonly ref struct FileEntry
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _isExtended;

    private FileEntry(ReadOnlySpan<byte> bytes, bool isExtended)
    {
        _bytes = bytes;
        _isExtended = isExtended;
    }

    /// <summary>How the ICBs of the file hang together: 4, or 4096 (4/14.6.2).</summary>
    public int Strategy => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.At(rbp: 20));

    /// <summary>What the file is: 4 a directory, 5 bytes, 12 a symbolic link, 248 a VAT, 250 a metadata file… (4/14.6.6).</summary>
    public int FileType => _bytes.At(rbp: 27)[0];

    /// <summary>How the content is allocated: 0 short, 1 long, 2 extended descriptors, 3 the content itself (4/14.6.8).</summary>
    public int AllocationKind => IcbFlags & 7;

    /// <summary>Flags of the ICB tag (4/14.6.8).</summary>
    public int IcbFlags => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.At(rbp: 34));

    /// <summary>Owner; null where it is not specified (UDF 2.60 §2.3.6.1).</summary>
    public uint? Uid => Specified(rbp: 36);

    /// <summary>Group; null where it is not specified.</summary>
    public uint? Gid => Specified(rbp: 40);

    /// <summary>Permissions, five bits each for other, group and owner (4/14.9.5).</summary>
    public uint Permissions => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.At(rbp: 44));

    /// <summary>How many names the file has (4/14.9.6).</summary>
    public int LinkCount => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.At(rbp: 48));

    /// <summary>Bytes of the content (4/14.9.10); more than a <see cref="long"/> holds counts as its largest value.</summary>
    public long InformationLength => (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(_bytes.At(rbp: 56)), long.MaxValue);

    /// <summary>When the content was last read (4/14.9.12).</summary>
    public DateTimeOffset? Accessed => UdfText.Time(_bytes.At(rbp: _isExtended ? 80 : 72));

    /// <summary>When the content was last changed (4/14.9.13).</summary>
    public DateTimeOffset? Modified => UdfText.Time(_bytes.At(rbp: _isExtended ? 92 : 84));

    /// <summary>When it came into being (4/14.17.14, or an attribute: 4/14.10.5), where that is said.</summary>
    public DateTimeOffset? Created => _isExtended ? UdfText.Time(_bytes.At(rbp: 104)) : ExtendedAttributes.Created(Attributes);

    /// <summary>When the attributes were last changed (4/14.9.14).</summary>
    public DateTimeOffset? Changed => UdfText.Time(_bytes.At(rbp: _isExtended ? 116 : 96));

    /// <summary>Where the directory of named streams is described (4/14.17.18); of no length where there is none.</summary>
    public AllocationDescriptor StreamDirectory => _isExtended ? AllocationDescriptor.FromLong(_bytes.At(rbp: 152)) : default;

    /// <summary>Where the file is described that holds more extended attributes (4/14.9.18); of no length where there is none.</summary>
    public AllocationDescriptor AttributeFile => AllocationDescriptor.FromLong(_bytes.At(rbp: _isExtended ? 136 : 112));

    /// <summary>Where, in the entry, <see cref="Attributes"/> begin, in bytes.</summary>
    public int AttributesOffset => HeaderLength;

    /// <summary>The extended attributes that lie in the entry itself (4/14.9.22).</summary>
    public ReadOnlySpan<byte> Attributes => _bytes.At(rbp: HeaderLength, length: AttributesLength);

    /// <summary>Where, in the entry, <see cref="Allocation"/> begins, in bytes.</summary>
    public int AllocationOffset => HeaderLength + AttributesLength;

    /// <summary>The allocation descriptors, or the content itself (4/14.9.23).</summary>
    public ReadOnlySpan<byte> Allocation =>
        _bytes.At(rbp: AllocationOffset, length: (int)BinaryPrimitives.ReadUInt32LittleEndian(_bytes.At(rbp: HeaderLength - 4)));

    private int HeaderLength => _isExtended ? 216 : 176;

    private int AttributesLength => (int)BinaryPrimitives.ReadUInt32LittleEndian(_bytes.At(rbp: HeaderLength - 8));

    /// <summary>Reads the entry in a block.</summary>
    /// <param name="block">The whole block.</param>
    /// <param name="position">Address of the block on the disc, in bytes.</param>
    /// <param name="findings">Takes what is wrong with it.</param>
    /// <param name="entry">The entry.</param>
    /// <returns>False where there is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> block, long position, Findings findings, out FileEntry entry)
    {
        entry = default;
        if (!DescriptorTag.TryRead(block, position, findings, out DescriptorTag tag))
        {
            return false;
        }

        if (tag.Identifier is not (TagId.FileEntry or TagId.ExtendedFileEntry))
        {
            findings.Add(UdfRules.FileEntryReadable, position, $"descriptor {tag.Identifier} where a file entry belongs");
            return false;
        }

        FileEntry candidate = new(block, tag.Identifier == TagId.ExtendedFileEntry);
        int header = candidate.HeaderLength;
        long attributes = BinaryPrimitives.ReadUInt32LittleEndian(block.At(rbp: header - 8));
        long allocation = BinaryPrimitives.ReadUInt32LittleEndian(block.At(rbp: header - 4));
        if (header + attributes + allocation > block.Length)
        {
            findings.Add(UdfRules.FileEntryReadable, position, $"{attributes} bytes of attributes and {allocation} of allocation in a block of {block.Length}");
            return false;
        }

        entry = candidate;
        return true;
    }

    /// <summary>File type and permissions as in POSIX <c>st_mode</c>.</summary>
    public int PosixMode(int typeBits)
    {
        uint bits = Permissions;
        int mode = typeBits;
        for (int who = 0; who < 3; who++, bits >>= 5)
        {
            int place = who * 3;
            mode |= (int)(bits & 1) << place; // execute
            mode |= (int)((bits >> 1) & 1) << (place + 1); // write
            mode |= (int)((bits >> 2) & 1) << (place + 2); // read
        }

        return mode | ((IcbFlags & 0x40) << 5) | ((IcbFlags & 0x80) << 3) | ((IcbFlags & 0x100) << 1);
    }

    private uint? Specified(int rbp)
    {
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.At(rbp: rbp));
        return value == uint.MaxValue ? null : value;
    }
}
