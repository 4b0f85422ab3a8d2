// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Iso9660.Fields;

namespace Spindle.Formats.Iso9660;

/// <summary>One entry of a directory, read in place from its sector (ECMA-119, 4th edition, §9.1).</summary>
/// <remarks>
/// Positions are the standard's own "BP", 1-based, so that the numbers below can be held against its tables. A value of this
/// type is always well formed: see <see cref="TryRead"/>.
/// </remarks>
public readonly ref struct DirectoryRecord
{
    /// <summary>Bytes before the identifier (BP 1 to 33).</summary>
    public const int FixedLength = 33;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly RecordForm _form;

    private DirectoryRecord(ReadOnlySpan<byte> bytes, RecordForm form)
    {
        _bytes = bytes;
        _form = form;
    }

    /// <summary>Bytes of the record (§9.1.1).</summary>
    public int Length => _bytes.Length;

    /// <summary>Blocks of the extended attribute record before the content (§9.1.2).</summary>
    public int ExtendedAttributeBlocks => _bytes.At(bp: 2)[0];

    /// <summary>First logical block of the extent, from the start of the disc (§9.1.3).</summary>
    public uint FirstBlock => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.At(bp: 3));

    /// <summary>File content in the extent, in bytes, not rounded up to a block (§9.1.4).</summary>
    public uint DataLength => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.At(bp: 11));

    /// <summary>When the extent was recorded (§9.1.5); null where the bytes are no date.</summary>
    public DateTimeOffset? Recorded => IsoDate.Numbers(_bytes.At(bp: 19, length: _form == RecordForm.Iso9660 ? 7 : 6));

    /// <summary>Directory, hidden, continued in the next record… (§9.1.6).</summary>
    public FileFlags Flags => (FileFlags)_bytes.At(bp: _form == RecordForm.Iso9660 ? 26 : 25)[0];

    /// <summary>Blocks of each part of an interleaved file, 0 for a file in one piece (§9.1.7).</summary>
    public int FileUnitBlocks => _bytes.At(bp: 27)[0];

    /// <summary>Blocks between the parts of an interleaved file (§9.1.8).</summary>
    public int GapBlocks => _bytes.At(bp: 28)[0];

    /// <summary>Raw name (§9.1.11): one <c>00</c> is the directory itself, one <c>01</c> its parent.</summary>
    public ReadOnlySpan<byte> Identifier => _bytes.At(bp: 34, length: _bytes.At(bp: 33)[0]);

    /// <summary>Whether this is the directory's own record.</summary>
    public bool IsSelf => Identifier is [0];

    /// <summary>Whether this is the record of the directory's parent.</summary>
    public bool IsParent => Identifier is [1];

    /// <summary>Where, in the record, <see cref="SystemUse"/> begins, in bytes.</summary>
    public int SystemUseOffset => Math.Min(Length, FixedLength + Identifier.Length + (Identifier.Length % 2 == 0 ? 1 : 0));

    /// <summary>What the system that wrote it put behind the name (§9.1.13).</summary>
    public ReadOnlySpan<byte> SystemUse => _bytes[SystemUseOffset..];

    /// <summary>Reads the record that starts a span, the span being the rest of its sector.</summary>
    /// <param name="restOfSector">From the first byte of the record to the end of the sector.</param>
    /// <param name="form">Which standard laid it out.</param>
    /// <param name="position">Address of the record on the disc, in bytes.</param>
    /// <param name="findings">Takes what is wrong with it.</param>
    /// <param name="record">The record.</param>
    /// <returns>False where no record can start; <paramref name="findings"/> says why.</returns>
    public static bool TryRead(ReadOnlySpan<byte> restOfSector, RecordForm form, long position, Findings findings, out DirectoryRecord record)
    {
        record = default;
        int length = restOfSector.IsEmpty ? 0 : restOfSector[0];
        if (length <= FixedLength || length > restOfSector.Length)
        {
            findings.Add(Iso9660Rules.RecordWithinSector, position, $"a record of {length} bytes where {restOfSector.Length} are left");
            return false;
        }

        DirectoryRecord candidate = new(restOfSector[..length], form);
        int identifierLength = candidate._bytes.At(bp: 33)[0];
        if (identifierLength == 0 || identifierLength > length - FixedLength)
        {
            findings.Add(Iso9660Rules.IdentifierWithinRecord, position + 32, $"an identifier of {identifierLength} bytes in a record of {length}");
            return false;
        }

        BothOrders.Check32(candidate._bytes.At(bp: 3), position + 2, findings);
        BothOrders.Check32(candidate._bytes.At(bp: 11), position + 10, findings);
        record = candidate;
        return true;
    }
}
