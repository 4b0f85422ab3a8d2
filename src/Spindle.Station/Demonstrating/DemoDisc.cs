// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace Spindle.Station.Demonstrating;

/// <summary>Makes the image of a small disc with two files: plain ISO 9660, interchange level 1 (ECMA-119, 4th edition).</summary>
/// <remarks>Always the same bytes. It is here so that Spindle can be tried with nothing but itself.</remarks>
public static class DemoDisc
{
    /// <summary>What its volume is called.</summary>
    public const string VolumeName = "SPINDLE_DEMO";

    private const int Sector = 2048;
    private const int DescriptorSector = 16;
    private const int TerminatorSector = 17;
    private const int LittlePathTableSector = 18;
    private const int BigPathTableSector = 19;
    private const int RootSector = 20;
    private const int FirstFileSector = 21;
    private const int PathTableLength = 10;
    private const int PictureLength = 8_000_000;
    private const int PictureSeed = 1982;

    /// <summary>Writes it to a file, in folders that are made where there are none.</summary>
    /// <returns>How many bytes it has.</returns>
    public static int Write(string path)
    {
        byte[] disc = Build();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllBytes(path, disc);
        return disc.Length;
    }

    /// <summary>All of its bytes.</summary>
    public static byte[] Build() => Build(VolumeName, PictureLength, PictureSeed);

    /// <summary>All bytes of another one.</summary>
    /// <param name="volume">What its volume is called: capitals, digits and underlines, 32 at most.</param>
    /// <param name="length">Bytes of the large file on it.</param>
    /// <param name="seed">Discs of another seed have other contents.</param>
    public static byte[] Build(string volume, int length, int seed)
    {
        (string Name, byte[] Content)[] files =
        [
            ("PICTURE.DAT;1", Picture(length, seed)),
            ("README.TXT;1", Encoding.ASCII.GetBytes("This is a disc that Spindle made to show what it does.\r\n")),
        ];
        int sectors = FirstFileSector + files.Sum(file => SectorsOf(file.Content.Length));
        byte[] image = new byte[sectors * Sector];
        WriteDescriptor(image.AsSpan(DescriptorSector * Sector, Sector), sectors, volume);
        WriteTerminator(image.AsSpan(TerminatorSector * Sector, Sector));
        WritePathTables(image);

        Span<byte> root = image.AsSpan(RootSector * Sector, Sector);
        int position = WriteRecord(root, [0], RootSector, Sector, isDirectory: true);
        position += WriteRecord(root[position..], [1], RootSector, Sector, isDirectory: true);
        int sector = FirstFileSector;
        foreach ((string name, byte[] content) in files)
        {
            position += WriteRecord(root[position..], Encoding.ASCII.GetBytes(name), sector, content.Length, isDirectory: false);
            content.CopyTo(image.AsSpan(sector * Sector));
            sector += SectorsOf(content.Length);
        }

        return image;
    }

    private static int SectorsOf(int bytes) => (bytes + Sector - 1) / Sector;

    /// <summary>Bytes that compress and repeat as little as those of a picture do, and are the same each time.</summary>
    private static byte[] Picture(int length, int seed)
    {
        byte[] content = new byte[length];
        new Random(seed).NextBytes(content);
        return content;
    }

    /// <summary>Primary volume descriptor (§8.4). Positions are the standard's own, 1-based.</summary>
    private static void WriteDescriptor(Span<byte> descriptor, int sectors, string volume)
    {
        descriptor[0] = 1;
        Text(descriptor[1..6], "CD001");
        descriptor[6] = 1;
        Text(descriptor[8..40], ""); // system identifier, BP 9
        Text(descriptor[40..72], volume); // BP 41
        Both32(descriptor[80..], sectors); // volume space size, BP 81
        Both16(descriptor[120..], 1); // volume set size, BP 121
        Both16(descriptor[124..], 1); // volume sequence number, BP 125
        Both16(descriptor[128..], Sector); // logical block size, BP 129
        Both32(descriptor[132..], PathTableLength); // BP 133
        BinaryPrimitives.WriteInt32LittleEndian(descriptor[140..], LittlePathTableSector); // BP 141
        BinaryPrimitives.WriteInt32BigEndian(descriptor[148..], BigPathTableSector); // BP 149
        WriteRecord(descriptor[156..190], [0], RootSector, Sector, isDirectory: true); // BP 157
        Text(descriptor[190..813], ""); // set, publisher, preparer, application and file identifiers, BP 191 to 813
        Text(descriptor[574..702], "SPINDLE"); // application identifier, BP 575
        for (int date = 813; date < 881; date += 17)
        {
            Text(descriptor[date..(date + 16)], date is 813 or 830 ? "2026010100000000" : "0000000000000000"); // §8.4.26.1
        }

        descriptor[881] = 1; // file structure version, BP 882
    }

    /// <summary>Volume descriptor set terminator (§8.3).</summary>
    private static void WriteTerminator(Span<byte> descriptor)
    {
        descriptor[0] = 255;
        Text(descriptor[1..6], "CD001");
        descriptor[6] = 1;
    }

    /// <summary>Path tables (§9.4) with the root alone.</summary>
    private static void WritePathTables(byte[] image)
    {
        Span<byte> little = image.AsSpan(LittlePathTableSector * Sector);
        little[0] = 1; // length of the identifier
        BinaryPrimitives.WriteInt32LittleEndian(little[2..], RootSector);
        BinaryPrimitives.WriteInt16LittleEndian(little[6..], 1);
        Span<byte> big = image.AsSpan(BigPathTableSector * Sector);
        big[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(big[2..], RootSector);
        BinaryPrimitives.WriteInt16BigEndian(big[6..], 1);
    }

    /// <summary>Directory record (§9.1).</summary>
    /// <returns>Its length in bytes, which is even.</returns>
    private static int WriteRecord(Span<byte> record, ReadOnlySpan<byte> identifier, int sector, int length, bool isDirectory)
    {
        int recordLength = (33 + identifier.Length + 1) / 2 * 2;
        record[0] = (byte)recordLength;
        Both32(record[2..], sector); // BP 3
        Both32(record[10..], length); // BP 11
        ReadOnlySpan<byte> date = [126, 1, 1, 0, 0, 0, 0]; // 2026-01-01, BP 19
        date.CopyTo(record[18..]);
        record[25] = isDirectory ? (byte)2 : (byte)0; // file flags, BP 26
        Both16(record[28..], 1); // volume sequence number, BP 29
        record[32] = (byte)identifier.Length; // BP 33
        identifier.CopyTo(record[33..]);
        return recordLength;
    }

    private static void Text(Span<byte> field, string text)
    {
        field.Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, field);
    }

    private static void Both32(Span<byte> field, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(field, value);
        BinaryPrimitives.WriteInt32BigEndian(field[4..], value);
    }

    private static void Both16(Span<byte> field, int value)
    {
        BinaryPrimitives.WriteInt16LittleEndian(field, (short)value);
        BinaryPrimitives.WriteInt16BigEndian(field[2..], (short)value);
    }
}
