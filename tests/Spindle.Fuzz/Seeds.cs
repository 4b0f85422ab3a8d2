// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Parity.DiscSet;
using Spindle.Testing;

namespace Spindle.Fuzz;

/// <summary>Inputs that are laid out by hand: what no program at hand writes.</summary>
internal static class Seeds
{
    private const uint Start = UdfImage.PartitionStart;
    private const int Block = UdfImage.BlockSize;

    /// <summary>The hand-made inputs of a target; none for most.</summary>
    public static IEnumerable<byte[]> Of(string target) => target switch
    {
        "high-sierra" => [HighSierra(), Raw(HighSierra())],
        "udf" => [EveryKindOfFile()],
        "udf-partitions" => [Metadata(), Sparable(), Virtual(isOld: false), Virtual(isOld: true)],
        "map" => [.. Maps()],
        "par-volume" => [.. Volumes()],
        "set-table" => [.. Tables()],
        _ => [],
    };

    private static IEnumerable<byte[]> Volumes()
    {
        ParFile[] files = [new("Set_0000.iso", 700, new byte[16], new byte[16]), new("Set_0001.iso", 1, new byte[16], new byte[16])];
        foreach (SetForm form in Enum.GetValues<SetForm>())
        {
            yield return [.. new ParVolume() { Form = form, Number = 1, Files = files, DataLength = 700, DataOffset = 512 }.HeadBytes(), .. new byte[700]];
        }

        yield return new ParVolume() { Number = 0, Files = files, DataLength = 0, DataOffset = 512 }.HeadBytes();
    }

    private static IEnumerable<byte[]> Tables()
    {
        string sum = new('0', 64);
        foreach (int rows in (int[])[1, 4])
        {
            SetTable table = new()
            {
                Uuid = Guid.Empty.ToString(),
                Form = SetCode.FormOf(rows),
                Length = 700,
                Discs = [new("Set_0000.iso", 700, sum, SetCode.Coefficients(rows, 0)), new("Set_0001.iso", 1, sum, SetCode.Coefficients(rows, 1)) { Inner = new(42, 510, sum) }],
                Parity = [.. Enumerable.Range(1, rows).Select(row => new SetParity(row, SetNames.Volume("Set_S000", SetCode.FormOf(rows), row), 700, sum, 65536))],
            };
            yield return System.Text.Encoding.ASCII.GetBytes(table.ToString());
        }
    }

    private static IEnumerable<byte[]> Maps() =>
    [
        [.. "# Mapfile. Created by GNU ddrescue version 1.27\n# Command line: ddrescue /dev/sr0 disc.iso disc.map\n0x00120000     ?               1\n0x00000000  0x00120000  +\n0x00120000  0x00010000  ?\n"u8],
        [.. "0 + 1\n0 0xB000 +\n0xB000 0x1000 -\n0xC000 0x800 *\n0xC800 512 /\n"u8],
        [.. "0x10 F\n0x0 1 G\n"u8],
    ];

    private static byte[] EveryKindOfFile()
    {
        const uint continued = 3u << 30;
        const uint hole = 2u << 30;
        UdfImage image = new();
        image.FileSet(Start, 1);
        (string Name, uint Block)[] files = [("embedded", 3), ("short", 4), ("long", 5), ("extended", 6), ("chained", 7), ("link", 8), ("directory", 9), ("versions", 10), ("streams", 13), ("device", 14)];
        byte[] names =
        [
            .. UdfImage.Name("", 1, characteristics: 0x0A), .. UdfImage.Name("gone", 3, characteristics: 4), .. UdfImage.Name("hidden", 3, characteristics: 1),
            .. files.SelectMany(file => UdfImage.Name(file.Name, file.Block)),
        ];
        image.File(Start + 1, 1, 4, 3, names.Length, names);
        image.File(Start + 3, 3, 5, 3, 3, [.. "abc"u8]);
        image.File(Start + 4, 4, 5, 0, (3 * Block) + 5, [.. UdfImage.ShortAd(Block, 40), .. UdfImage.ShortAd(Block | hole, 0), .. UdfImage.ShortAd(Block + 5, 43)]);
        image.File(Start + 5, 5, 5, 1, Block + 9, [.. UdfImage.LongAd(Block, 45, 0), .. UdfImage.LongAd(9, 48, 0)]);
        byte[] extended = new byte[20];
        BinaryPrimitives.WriteUInt32LittleEndian(extended, 100);
        BinaryPrimitives.WriteUInt32LittleEndian(extended.AsSpan(12), 50);
        image.File(Start + 6, 6, 5, 2, 100, extended);
        image.File(Start + 7, 7, 5, 0, 3 * Block, [.. UdfImage.ShortAd(Block, 52), .. UdfImage.ShortAd(Block | continued, 30)]);
        image.Continuation(30, [.. UdfImage.ShortAd(Block, 54), .. UdfImage.ShortAd(Block | continued, 31)]);
        image.Continuation(31, UdfImage.ShortAd(Block, 56));
        byte[] path = [2, 0, 0, 0, 5, 4, 0, 0, 8, .. "etc"u8, 3, 0, 0, 0, 4, 0, 0, 0, 5, 3, 0, 0, 16, 0, (byte)'x'];
        image.File(Start + 8, 8, 12, 3, path.Length, path);
        byte[] below = [.. UdfImage.Name("", 1, characteristics: 0x0A), .. UdfImage.Name("below", 3)];
        image.File(Start + 9, 9, 4, 0, below.Length, UdfImage.ShortAd((uint)below.Length, 60), extended: true);
        image.Put(Start + 60, below);
        image.File(Start + 10, 10, 5, 3, 3, [.. "old"u8], strategy: 4096);
        image.Descriptor(Start + 11, 259, 11, 52, b => UdfImage.LongAd(Block, 12, 0).CopyTo(b, 36));
        image.File(Start + 12, 12, 5, 3, 3, [.. "new"u8], strategy: 4096);
        image.File(Start + 13, 13, 5, 3, 4, [.. "main"u8], extended: true);
        image.File(Start + 14, 14, 6, 3, 0, []);
        return image.Bytes;
    }

    private static byte[] Metadata()
    {
        byte[] map = Map("*UDF Metadata Partition");
        BinaryPrimitives.WriteUInt32LittleEndian(map.AsSpan(44), 50);
        UdfImage image = new([1, 6, 1, 0, 0, 0, .. map], mapCount: 2, fileSetPartition: 1);
        image.File(Start, 0, 250, 0, 4 * Block, [.. UdfImage.ShortAd(2 * Block, 10), .. UdfImage.ShortAd(2 * Block, 14)], extended: true);
        image.File(Start + 50, 50, 251, 0, 4 * Block, UdfImage.ShortAd(4 * Block, 60), extended: true);
        foreach (uint[] places in (uint[][])[[10, 11, 14], [60, 61, 62]])
        {
            byte[] names = UdfImage.Name("file", 2, partition: 1);
            image.FileSet(Start + places[0], 1, partition: 1);
            image.File(Start + places[1], 1, 4, 3, names.Length, names);
            image.File(Start + places[2], 2, 5, 1, 4, UdfImage.LongAd(4, 100, 0));
        }

        image.Put(Start + 100, "data"u8);
        return image.Bytes;
    }

    private static byte[] Sparable()
    {
        byte[] map = Map("*UDF Sparable Partition");
        (map[40], map[42]) = (32, 2);
        BinaryPrimitives.WriteUInt32LittleEndian(map.AsSpan(48), 480);
        BinaryPrimitives.WriteUInt32LittleEndian(map.AsSpan(52), 482);
        UdfImage image = new(map);
        foreach (uint table in (uint[])[480, 482])
        {
            image.Descriptor(table, 0, table, 72, b =>
            {
                "*UDF Sparing Table"u8.CopyTo(b.AsSpan(17));
                b[48] = 2;
                BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(56), 32);
                BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(60), 448);
                BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(64), 0xFFFF_FFFF);
            });
        }

        Tree(image);
        image.File(Start + 3, 3, 5, 0, 2 * Block, UdfImage.ShortAd(2 * Block, 31));
        return image.Bytes;
    }

    // The table is the last block that is recorded: its old form has its identifier at the end, the new one a header.
    private static byte[] Virtual(bool isOld)
    {
        UdfImage image = new([.. Map("*UDF Virtual Partition"), 1, 6, 1, 0, 0, 0], mapCount: 2);
        byte[] table = new byte[isOld ? (5 * 4) + 36 : 152 + (5 * 4)];
        int first = isOld ? 0 : 152;
        BinaryPrimitives.WriteUInt16LittleEndian(table, (ushort)first);
        for (int entry = 0; entry < 5; entry++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(first + (entry * 4)), (uint)entry + 20);
        }

        if (isOld)
        {
            "*UDF Virtual Alloc Tbl"u8.CopyTo(table.AsSpan((5 * 4) + 1));
        }

        image.FileSet(Start + 20, 1);
        byte[] names = UdfImage.Name("file", 3);
        image.File(Start + 21, 1, 4, 3, names.Length, names);
        image.File(Start + 23, 3, 5, 1, 4, UdfImage.LongAd(4, 100, 1));
        image.File(Start + 110, 110, isOld ? (byte)0 : (byte)248, 3, table.Length, table);
        return image.Bytes[..(int)((Start + 111) * Block)];
    }

    private static void Tree(UdfImage image)
    {
        byte[] names = UdfImage.Name("file", 3);
        image.FileSet(Start, 1);
        image.File(Start + 1, 1, 4, 3, names.Length, names);
    }

    private static byte[] Map(string identifier)
    {
        byte[] map = new byte[64];
        (map[0], map[1]) = (2, 64);
        System.Text.Encoding.ASCII.GetBytes(identifier, map.AsSpan(5));
        return map;
    }

    // Sector 16 the descriptor, 17 the terminator, 19 the root directory, 20 the file.
    private static byte[] HighSierra()
    {
        const int sector = 2048;
        byte[] disc = new byte[22 * sector];
        Span<byte> descriptor = disc.AsSpan(16 * sector);
        Both(descriptor, 16);
        descriptor[8] = 1;
        "CDROM\u0001"u8.CopyTo(descriptor[9..]);
        descriptor[48..80].Fill((byte)' ');
        "BOOKSHELF"u8.CopyTo(descriptor[48..]);
        Both(descriptor[88..], 22);
        BinaryPrimitives.WriteUInt16LittleEndian(descriptor[136..], sector);
        BinaryPrimitives.WriteUInt16BigEndian(descriptor[138..], sector);
        Record("\0", 19, sector, flags: 2).CopyTo(descriptor[180..]);
        disc[(17 * sector) + 8] = 255;
        "CDROM\u0001"u8.CopyTo(disc.AsSpan((17 * sector) + 9));
        Lay(disc, 19, [Record("\0", 19, sector, 2), Record("\x01", 19, sector, 2), Record("DIR", 21, sector, 2), Record("READ.ME;1", 20, 11, 0)]);
        Lay(disc, 21, [Record("\0", 21, sector, 2), Record("\x01", 19, sector, 2), Record("PART;1", 20, 5, 0x80), Record("PART;1", 20, 6, 0)]);
        "high sierra"u8.CopyTo(disc.AsSpan(20 * sector));
        return disc;
    }

    private static void Lay(byte[] disc, int sector, byte[][] records)
    {
        int at = sector * 2048;
        foreach (byte[] record in records)
        {
            record.CopyTo(disc, at);
            at += record.Length;
        }
    }

    // As in ISO 9660 (ECMA-119 §9.1), but the date has six bytes, and the flags follow at once.
    private static byte[] Record(string name, uint block, uint length, byte flags)
    {
        byte[] record = new byte[(33 + name.Length + 1) & ~1];
        record[0] = (byte)record.Length;
        Both(record.AsSpan(2), block);
        Both(record.AsSpan(10), length);
        ((byte[])[87, 6, 5, 4, 3, 2, flags]).CopyTo(record, 18);
        record[32] = (byte)name.Length;
        System.Text.Encoding.ASCII.GetBytes(name, record.AsSpan(33));
        return record;
    }

    // ECMA-130 §14: synchronisation, address, mode 1, 2048 bytes, and what corrects them.
    private static byte[] Raw(byte[] cooked)
    {
        byte[] raw = new byte[cooked.Length / 2048 * 2352];
        for (int sector = 0; sector < cooked.Length / 2048; sector++)
        {
            Span<byte> bytes = raw.AsSpan(sector * 2352, 2352);
            bytes[1..11].Fill(0xFF);
            (bytes[13], bytes[14], bytes[15]) = (2, (byte)sector, 1);
            cooked.AsSpan(sector * 2048, 2048).CopyTo(bytes[16..]);
        }

        return raw;
    }

    private static void Both(Span<byte> field, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(field, value);
        BinaryPrimitives.WriteUInt32BigEndian(field[4..], value);
    }
}
