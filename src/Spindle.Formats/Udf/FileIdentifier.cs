// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Formats.Udf;

/// <summary>One name in a directory (ECMA-167, 3rd edition, 4/14.4). Read in place; always well formed.</summary>
public readonly ref struct FileIdentifier
{
    /// <summary>Bytes before implementation use and name.</summary>
    public const int FixedLength = 38;

    private readonly ReadOnlySpan<byte> _bytes;

    private FileIdentifier(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Bytes of the descriptor, those included that fill it up to a multiple of four (14.4.9).</summary>
    public int Length => _bytes.Length;

    /// <summary>Whether the name should not be shown (14.4.3, bit 0).</summary>
    public bool IsHidden => (_bytes.At(rbp: 18)[0] & 1) != 0;

    /// <summary>Whether the name was deleted (bit 2).</summary>
    public bool IsDeleted => (_bytes.At(rbp: 18)[0] & 4) != 0;

    /// <summary>Whether this leads to the directory above (bit 3).</summary>
    public bool IsParent => (_bytes.At(rbp: 18)[0] & 8) != 0;

    /// <summary>Where the file entry is (14.4.5).</summary>
    public AllocationDescriptor Icb => AllocationDescriptor.FromLong(_bytes.At(rbp: 20));

    /// <summary>The name as recorded (14.4.8).</summary>
    public ReadOnlySpan<byte> Name => _bytes.At(rbp: FixedLength + ImplementationUseLength, length: _bytes.At(rbp: 19)[0]);

    private int ImplementationUseLength => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.At(rbp: 36));

    /// <summary>Bytes of the descriptor that begins a span, which must have at least <see cref="FixedLength"/>.</summary>
    public static int LengthOf(ReadOnlySpan<byte> bytes) =>
        (FixedLength + BinaryPrimitives.ReadUInt16LittleEndian(bytes.At(rbp: 36)) + bytes.At(rbp: 19)[0] + 3) & ~3;

    /// <summary>The descriptor that fills a span, and of which all is known to be right.</summary>
    internal static FileIdentifier OfIntact(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <summary>Reads the descriptor that begins a span.</summary>
    /// <returns>False where there is none, or not all of it.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, long position, Findings findings, out FileIdentifier identifier)
    {
        identifier = default;
        if (bytes.Length < FixedLength || LengthOf(bytes) > bytes.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> whole = bytes[..LengthOf(bytes)];
        if (!DescriptorTag.TryRead(whole, position, findings, out DescriptorTag tag) || tag.Identifier != TagId.FileIdentifier)
        {
            return false;
        }

        identifier = new(whole);
        return true;
    }
}
