// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests.Discs;

/// <summary>Images of ISO 9660 that nobody would make but to hurt: laid out by hand from the tables of ECMA-119 and SUSP, mostly holes.</summary>
internal static class HostileDisc
{
    private const int Sector = 2048;
    private const int RootSector = 32;
    private const byte Directory = 2;

    private static ReadOnlySpan<byte> Announced => [(byte)'S', (byte)'P', 7, 1, 0xBE, 0xEF, 0];

    /// <summary>A root with a quarter of a million directories: their number fills the table of those that were visited.</summary>
    public static void ManyDirectories(string path) =>
        Write(path, Enumerable.Range(0, 250_000).Select(number => Record($"{number:X6}", 20_000 + number, Sector, Directory)), 280_000);

    /// <summary>A root with more files than can be sorted in little memory, the last name first, overlapping each other.</summary>
    public static void ManyFiles(string path) =>
        Write(path, Enumerable.Range(0, 600_000).Select(number => Record($"{600_000 - number:X6}", 20_000 + (number % 1000 * 7), 5000)), 40_000);

    /// <summary>
    /// A thousand directories one in the other, every second one with a name that goes on for 64 KiB in areas that all share; and a
    /// directory of a hundred thousand links with targets as long.
    /// </summary>
    public static void LongNames(string path)
    {
        const int areas = 32;
        const int names = 100;
        const int targets = 200;
        const int chain = 1000;
        const int depth = 1000;
        const int links = 5000;
        using FileStream image = Open(path, 20_000);
        for (int area = 0; area < areas; area++)
        {
            Put(image, names + area, [.. Entry("NM", [1, .. Filled(240)]), .. Continuation(names + area + 1)]);
            Put(image, targets + area, [.. Entry("SL", [1, 1, 240, .. Filled(240)]), .. Continuation(targets + area + 1)]);
        }

        byte[] linkDirectory = DirectoryOf(links, Enumerable.Range(0, 100_000).Select(number => Record($"{number:X5}", 0, 0, 0, Continuation(targets))), []);
        for (int level = 0; level < depth; level++)
        {
            byte[] below = Record("D", chain + level + 1, Sector, Directory, level % 2 == 1 ? Continuation(names) : []);
            Put(image, chain + level, DirectoryOf(chain + level, [below], []));
        }

        Put(image, 16, Descriptor(20_000, RootSector, Sector));
        Put(image, 17, Terminator());
        Put(image, RootSector, DirectoryOf(
            RootSector, [Record("D", chain, Sector, Directory), Record("L", links, linkDirectory.Length, Directory)], Announced.ToArray()));
        Put(image, links, linkDirectory);
    }

    /// <summary>UDF directories in which every name leads to a hundred thousand extents, which are described by one block.</summary>
    public static void EndlessExtents(string path)
    {
        const uint partition = UdfImage.PartitionStart;
        const uint continued = 3u << 30;
        UdfImage image = new();
        image.FileSet(partition, 1);
        byte[] all = [.. Enumerable.Range(0, 30).SelectMany(number => UdfImage.Name($"{number:00}", 20 + (uint)number))];
        image.Put(partition + 10, all);
        image.File(partition + 1, 1, 4, 0, all.Length, UdfImage.ShortAd((uint)all.Length, 10));
        for (uint number = 0; number < 30; number++)
        {
            image.File(partition + 20 + number, 20 + number, 4, 0, 1L << 40, UdfImage.ShortAd(continued | Sector, 3));
        }

        byte[] descriptors = [.. Enumerable.Range(0, 126).SelectMany(_ => (byte[])[.. UdfImage.ShortAd(Sector, 10), .. UdfImage.ShortAd(Sector, 12)])];
        image.Continuation(3, [.. descriptors, .. UdfImage.ShortAd(continued | Sector, 3)]);
        File.WriteAllBytes(path, image.Bytes);
    }

    private static void Write(string path, IEnumerable<byte[]> records, long sectors)
    {
        byte[] root = DirectoryOf(RootSector, records, []);
        using FileStream image = Open(path, sectors);
        Put(image, 16, Descriptor((uint)sectors, RootSector, (uint)root.Length));
        Put(image, 17, Terminator());
        Put(image, RootSector, root);
    }

    private static FileStream Open(string path, long sectors)
    {
        FileStream image = File.Create(path);
        image.SetLength(sectors * Sector);
        return image;
    }

    private static void Put(FileStream image, long sector, ReadOnlySpan<byte> bytes)
    {
        image.Position = sector * Sector;
        image.Write(bytes);
    }

    private static byte[] Filled(int length) => [.. Enumerable.Repeat((byte)'x', length)];

    // ECMA-119 §6.8.1: a record never crosses a sector.
    private static byte[] DirectoryOf(int at, IEnumerable<byte[]> records, byte[] systemUse)
    {
        using MemoryStream directory = new();
        foreach (byte[] record in records.Prepend(Record("\x01", at, Sector, Directory)).Prepend(Record("\0", at, Sector, Directory, systemUse)))
        {
            long left = Sector - (directory.Length % Sector);
            directory.Write(new byte[record.Length > left ? left : 0]);
            directory.Write(record);
        }

        directory.SetLength((directory.Length + Sector - 1) / Sector * Sector);
        return directory.ToArray();
    }

    // §9.1.
    private static byte[] Record(string name, int block, int length, byte flags = 0, byte[]? systemUse = null)
    {
        int nameEnd = 33 + name.Length + (name.Length % 2 == 0 ? 1 : 0);
        byte[] record = new byte[nameEnd + (systemUse?.Length ?? 0) + ((systemUse?.Length ?? 0) % 2)];
        record[0] = (byte)record.Length;
        Both(record, 2, (uint)block);
        Both(record, 10, (uint)length);
        (record[18], record[19], record[20]) = (120, 1, 1);
        record[25] = flags;
        record[32] = (byte)name.Length;
        Encoding.ASCII.GetBytes(name, record.AsSpan(33));
        systemUse?.CopyTo(record, nameEnd);
        return record;
    }

    // §8.4.
    private static byte[] Descriptor(uint blocks, int root, uint rootLength)
    {
        byte[] descriptor = new byte[Sector];
        descriptor[0] = 1;
        "CD001"u8.CopyTo(descriptor.AsSpan(1));
        descriptor[6] = 1;
        Both(descriptor, 80, blocks);
        (descriptor[120], descriptor[123], descriptor[124], descriptor[127]) = (1, 1, 1, 1);
        (descriptor[129], descriptor[130]) = (8, 8);
        Record("\0", root, (int)rootLength, Directory).CopyTo(descriptor, 156);
        descriptor[881] = 1;
        return descriptor;
    }

    private static byte[] Terminator() => [255, .. "CD001"u8, 1];

    // SUSP 4.1.
    private static byte[] Entry(string signature, byte[] content) => [.. Encoding.ASCII.GetBytes(signature), (byte)(content.Length + 4), 1, .. content];

    // SUSP 5.1.
    private static byte[] Continuation(int block)
    {
        byte[] content = new byte[24];
        Both(content, 0, (uint)block);
        Both(content, 16, Sector);
        return Entry("CE", content);
    }

    private static void Both(byte[] bytes, int at, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at + 4), value);
    }
}
