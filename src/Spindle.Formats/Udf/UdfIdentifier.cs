// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Udf;

/// <summary>What a name in a directory of UDF says.</summary>
public readonly ref struct UdfIdentifier(byte characteristics, ReadOnlySpan<byte> name, long block, long uniqueId)
{
    /// <summary>2 for a directory, 8 for the one above (ECMA-167 4/14.4.3).</summary>
    public byte Characteristics { get; } = characteristics;

    /// <summary>The compressed name.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>Block of the file entry.</summary>
    public long Block { get; } = block;

    /// <summary>Unique number of the file entry.</summary>
    public long UniqueId { get; } = uniqueId;
}
