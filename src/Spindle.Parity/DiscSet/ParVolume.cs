// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Spindle.Parity.DiscSet;

/// <summary>A volume of PAR 1.0 (2001): the list of the set's files, and one row of parity over them.</summary>
/// <remarks>
/// Little-endian. 0: <c>PAR</c> and five zeros; 8: version; 12: program; 16: MD5 of all from 32 on; 32: MD5 of the files' MD5s; 48: number of
/// the volume; 56: files; 64, 72: the list's offset and length; 80, 88: the data's. An entry of the list: its length (8), status (8, of which bit 0
/// says that the volumes protect the file), length, MD5, MD5 of the start, name in UTF-16. The data is as long as the longest file. Rows of
/// <see cref="SetForm.Cauchy"/> from the second on have the same head with a magic of their own: no program may take them for PAR 1.0.
/// </remarks>
public sealed record ParVolume
{
    /// <summary>Bytes of the head, before the list.</summary>
    public const int HeadLength = 0x60;

    /// <summary>Where ours have their data: on a sector of a disc, behind the longest list.</summary>
    public const int UsualDataOffset = 65536;

    /// <summary>Bytes that the list has in ours at most (<see cref="ListLength"/>): it lies before the data.</summary>
    public const int LongestListOfOurs = UsualDataOffset - HeadLength;

    private const uint FileVersion = 0x0001_0000;
    private const int ControlFrom = 0x20;
    private const int EntryLength = 56;
    private const int HashLength = 16;
    private const int LongestList = 200_000; // of par2cmdline
    private const int MostFiles = 256;
    private const int LongestName = 1024;
    private const ulong IsProtected = 1;

    /// <summary>Whether it is one of PAR 1.0, or a further row of our own.</summary>
    public SetForm Form { get; init; } = SetForm.Par1;

    /// <summary>Which volume, from 1; 0 is a list without data.</summary>
    public required int Number { get; init; }

    /// <summary>The files, in the order of their coefficients.</summary>
    public required IReadOnlyList<ParFile> Files { get; init; }

    /// <summary>Where the data begins in the file.</summary>
    public long DataOffset { get; init; } = UsualDataOffset;

    /// <summary>Bytes of the data: the longest file has as many; 0 in volume 0.</summary>
    public required long DataLength { get; init; }

    /// <summary>The program that made it, as the format numbers them.</summary>
    public uint Program { get; init; } = 0x5370_0000;

    /// <summary>What a reader found as MD5 of all from byte 32 on; not checked. Empty in a volume that is being made.</summary>
    public byte[] ControlHash { get; init; } = [];

    /// <summary>MD5 of the files' MD5s: the same in all volumes of a set.</summary>
    public byte[] SetHash
    {
        [SuppressMessage("Security", "CA5351", Justification = "The format says MD5; proof is SHA-256's.")]
        get => MD5.HashData([.. Files.SelectMany(file => file.Md5)]);
    }

    private static ReadOnlySpan<byte> Magic => "PAR\0\0\0\0\0"u8;

    private static ReadOnlySpan<byte> OwnMagic => "SPINSET\0"u8;

    /// <summary>The head, the list, and zeros up to the data.</summary>
    /// <param name="controlHash">MD5 of these from byte 32 on and of the data; null while that is not known.</param>
    public byte[] HeadBytes(byte[]? controlHash = null)
    {
        byte[] list = [.. Files.SelectMany(EntryBytes)];
        byte[] bytes = new byte[checked((int)DataOffset)];
        (Form == SetForm.Par1 ? Magic : OwnMagic).CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), FileVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), Program);
        controlHash?.CopyTo(bytes, 16);
        SetHash.CopyTo(bytes, ControlFrom);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(48), Number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(56), Files.Count);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(64), HeadLength);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(72), list.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(80), DataOffset);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(88), DataLength);
        list.CopyTo(bytes, HeadLength);
        return bytes;
    }

    /// <summary>Starts the hash that <see cref="ControlHash"/> is: the data is to be appended.</summary>
    public IncrementalHash StartControlHash()
    {
        IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(HeadBytes().AsSpan(ControlFrom));
        return hash;
    }

    /// <summary>Bytes that so many files with such names take in the list; the longest one that programs read is 200,000.</summary>
    public static long ListLength(IEnumerable<string> names) => names.Sum(name => EntryLength + (2L * name.Length));

    /// <summary>Reads the head and the list. Nothing in them is trusted.</summary>
    /// <param name="file">The volume.</param>
    /// <returns>Null where it is no volume, or one that contradicts itself.</returns>
    public static ParVolume? TryRead(IImageStorage file)
    {
        byte[] head = new byte[HeadLength];
        if (file.Read(0, head) < HeadLength || FormOf(head) is not { } form || BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(8)) != FileVersion)
        {
            return null;
        }

        long number = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(48));
        long count = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(56));
        (long listOffset, long listLength) = ExtentAt(head, 64);
        (long dataOffset, long dataLength) = ExtentAt(head, 80);
        if (number is < 0 or > byte.MaxValue || count is < 0 or > MostFiles
            || !Lies(listOffset, listLength, file.Length) || listLength > LongestList || !(number == 0 || Lies(dataOffset, dataLength, file.Length)))
        {
            return null;
        }

        byte[] list = new byte[listLength];
        if (file.Read(listOffset, list) < list.Length || ReadList(list, (int)count) is not { } files)
        {
            return null;
        }

        ParVolume volume = new()
        {
            Form = form,
            Number = (int)number,
            Files = files,
            DataOffset = dataOffset,
            DataLength = number == 0 ? 0 : dataLength,
            Program = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(12)),
            ControlHash = head[16..32],
        };
        return volume.SetHash.AsSpan().SequenceEqual(head.AsSpan(ControlFrom, HashLength)) && (number == 0 || files.Max(entry => entry.Length) == dataLength) ? volume : null;
    }

    private static SetForm? FormOf(ReadOnlySpan<byte> head) => head.StartsWith(Magic) ? SetForm.Par1 : head.StartsWith(OwnMagic) ? SetForm.Cauchy : null;

    private static (long Offset, long Length) ExtentAt(ReadOnlySpan<byte> head, int at) =>
        (BinaryPrimitives.ReadInt64LittleEndian(head[at..]), BinaryPrimitives.ReadInt64LittleEndian(head[(at + 8)..]));

    private static bool Lies(long offset, long length, long within) => offset >= HeadLength && length >= 0 && offset <= within && length <= within - offset;

    private static byte[] EntryBytes(ParFile file)
    {
        byte[] name = Encoding.Unicode.GetBytes(file.Name);
        byte[] entry = new byte[EntryLength + name.Length];
        BinaryPrimitives.WriteInt64LittleEndian(entry, entry.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(8), IsProtected);
        BinaryPrimitives.WriteInt64LittleEndian(entry.AsSpan(16), file.Length);
        file.Md5.CopyTo(entry, 24);
        file.Md5OfStart.CopyTo(entry, 40);
        name.CopyTo(entry, EntryLength);
        return entry;
    }

    // Files that the volumes do not protect have no coefficient, and are left out.
    private static List<ParFile>? ReadList(ReadOnlySpan<byte> list, int count)
    {
        List<ParFile> files = [];
        for (int index = 0; index < count; index++)
        {
            long length = list.Length < EntryLength ? 0 : BinaryPrimitives.ReadInt64LittleEndian(list);
            if (length <= EntryLength || length > list.Length || length % 2 != 0 || length > EntryLength + (2 * LongestName))
            {
                return null;
            }

            long fileLength = BinaryPrimitives.ReadInt64LittleEndian(list[16..]);
            if (fileLength < 0)
            {
                return null;
            }

            if ((BinaryPrimitives.ReadUInt64LittleEndian(list[8..]) & IsProtected) != 0)
            {
                files.Add(new(Encoding.Unicode.GetString(list[EntryLength..(int)length]), fileLength, list.Slice(24, HashLength).ToArray(), list.Slice(40, HashLength).ToArray()));
            }

            list = list[(int)length..];
        }

        return files.Count == 0 ? null : files;
    }
}
