// SPDX-License-Identifier: MIT
namespace Spindle.Fuzz;

/// <summary>One thing to be fuzzed.</summary>
/// <param name="Name">Its name, and that of its corpus.</param>
/// <param name="Look">Uses an input.</param>
/// <param name="HasTags">Whether the inputs have descriptors of ECMA-167, which count for nothing where their checksums are wrong.</param>
/// <param name="Tokens">What the format is recognised by: mutations put these where they have no business to be.</param>
public sealed record Target(string Name, Action<ReadOnlyMemory<byte>> Look, bool HasTags, IReadOnlyList<byte[]> Tokens)
{
    private static readonly byte[][] Susp =
    [
        [.. "SP\x07\x01"u8, 0xBE, 0xEF, 0], [.. "CE\x1C\x01"u8], [.. "NM\x09\x01\x00"u8], [.. "PX\x24\x01"u8], [.. "TF\x1A\x01\x0E"u8], [.. "SL\x0A\x01\x00"u8],
        [.. "CL\x0C\x01"u8], [.. "PL\x0C\x01"u8], [.. "RE\x04\x01"u8], [.. "ZF\x10\x01"u8, .. "pz\x04\x0F"u8], [.. "ST\x04\x01"u8], [.. "RR\x05\x01"u8],
    ];

    /// <summary>All of them. Each has a corpus in the folder of this project.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        new("iso9660", DiscLook.At, HasTags: false, [.. Susp, [.. "CD001"u8], [.. "%/E"u8]]),
        new("zisofs", DiscLook.At, HasTags: false, [[.. "ZF\x10\x01"u8, .. "pz\x04\x0F"u8], [0x37, 0xE4, 0x53, 0x96, 0xC9, 0xDB, 0xD6, 7], [0x78, 0xDA]]),
        new("el-torito", DiscLook.At, HasTags: false, [[.. "EL TORITO SPECIFICATION"u8], [0x55, 0xAA, 0x88], [0x91, 0xEF], [0x90, 0], [0x44, 0x20]]),
        new("high-sierra", DiscLook.At, HasTags: false, [[.. "CDROM"u8]]),
        new("udf", DiscLook.At, HasTags: true, [[.. "BEA01"u8], [.. "NSR03"u8]]),
        new("udf-partitions", DiscLook.At, HasTags: true, [[.. "*UDF Virtual Partition"u8], [.. "*UDF Sparable Partition"u8], [.. "*UDF Metadata Partition"u8]]),
        new("hfs", DiscLook.At, HasTags: false, [[.. "BD"u8], [0xD2, 0xD7], [.. "H+"u8]]),
        new("hfsplus", DiscLook.At, HasTags: false, [[.. "H+"u8], [.. "HX"u8], [.. "hlnkhfs+"u8], [.. "ER"u8], [.. "PM"u8]]),
        new("apple-partitions", DiscLook.At, HasTags: false, [[.. "ER\x02\0"u8], [.. "ER\x08\0"u8], [.. "PM\0\0"u8], [.. "Apple_HFS"u8], [.. "BD"u8], [.. "H+"u8]]),
        new("hybrid", DiscLook.At, HasTags: true, [[.. "ER"u8], [.. "PM"u8], [.. "Apple_HFS"u8], .. Susp]),
        new("par-volume", SetLook.AtVolume, HasTags: false, [[.. "PAR\0\0\0\0\0"u8], [.. "SPINSET\0"u8], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0x60, 0, 0, 0, 0, 0, 0, 0]]),
        new("set-table", SetLook.AtTable, HasTags: false, [[.. "set\t1\t"u8], [.. "disc\t"u8], [.. "parity\t"u8], [.. "inner\t"u8], [.. "cauchy"u8], [.. "../"u8], [.. "9223372036854775807"u8]]),
        new("map", DiscLook.AtMap, HasTags: false, [[.. "0x"u8], [.. "  "u8], [.. "\n"u8], [.. "?*/-+FG"u8], [.. "-1"u8], [.. "0x7FFFFFFFFFFFFFFF"u8]]),
    ];

    /// <summary>The one of a name; null where there is none.</summary>
    public static Target? Find(string name) => All.FirstOrDefault(target => target.Name == name);
}
