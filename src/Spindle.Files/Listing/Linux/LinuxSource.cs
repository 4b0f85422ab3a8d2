// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

using Spindle.Files.Linux;

namespace Spindle.Files.Listing.Linux;

/// <summary>Files as Linux shows them: names are bytes, and all else that its file systems keep.</summary>
internal sealed unsafe class LinuxSource : ISourceSystem
{
    private const int StatusLength = 256; // struct statx
    private const int NameServiceBuffer = 64 * 1024;
    private const int NameServiceRecord = 128; // longer than struct passwd and struct group

    public ISourceDirectory OpenRoot(string path)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(path + '\0');
        fixed (byte* name = bytes)
        {
            int descriptor = LibC.OpenAt(LibC.CurrentDirectory, name, LibC.ReadOnly | LibC.Directory | LibC.CloseOnExec);
            return descriptor >= 0 ? new LinuxDirectory(descriptor) : throw Error();
        }
    }

    public byte[]? UserName(long uid) => NameOf(uid, LibC.GetUser);

    public byte[]? GroupName(long gid) => NameOf(gid, LibC.GetGroup);

    public bool IsRotational(long device)
    {
        // The queue is the whole disk's: a partition's is one directory further up (sysfs-block).
        string block = string.Create(CultureInfo.InvariantCulture, $"/sys/dev/block/{device >> 32}:{device & 0xFFFF_FFFF}");
        string[] places = [$"{block}/queue/rotational", $"{block}/../queue/rotational"];
        try
        {
            return places.FirstOrDefault(File.Exists) is { } place && File.ReadAllText(place).StartsWith('1');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>What the system said last.</summary>
    internal static SourceException Error()
    {
        int code = Marshal.GetLastPInvokeError();
        return new(
            Marshal.GetPInvokeErrorMessage(code),
            isGone: code is LibC.ErrorNoEntry or LibC.ErrorNotADirectory or LibC.ErrorTooManyLinks or LibC.ErrorNoSuchDeviceOrAddress);
    }

    /// <summary>Looks at a name, or with an empty one at what is open.</summary>
    /// <returns>False where the system says no.</returns>
    internal static bool TryStatus(int directory, byte* name, out NodeStatus status)
    {
        byte* record = stackalloc byte[StatusLength];
        int flags = LibC.NoFollow | LibC.NoAutomount | (*name == 0 ? LibC.EmptyPath : 0);
        if (LibC.StatX(directory, name, flags, LibC.BasicStatus, record) != 0)
        {
            status = default;
            return false;
        }

        status = Parse(new(record, StatusLength));
        return true;
    }

    /// <summary>struct statx of linux/stat.h, which is the same on every machine, in that machine's byte order.</summary>
    private static NodeStatus Parse(ReadOnlySpan<byte> record)
    {
        int mode = Number(record, 0x1C, 2);
        EntryKind kind = (mode & 0xF000) switch
        {
            0x4000 => EntryKind.Directory,
            0xA000 => EntryKind.Symlink,
            0x1000 => EntryKind.Fifo,
            0x2000 => EntryKind.CharacterDevice,
            0x6000 => EntryKind.BlockDevice,
            0xC000 => EntryKind.Socket,
            _ => EntryKind.File,
        };
        return new(
            kind,
            Size: kind == EntryKind.File ? Long(record, 0x28) : 0,
            Modified: Time(record, 0x70),
            Changed: Time(record, 0x60),
            Device: Pair(record, 0x88),
            Inode: Long(record, 0x20),
            Mode: mode & 0xFFF,
            Uid: Word(record, 0x14),
            Gid: Word(record, 0x18),
            Links: Word(record, 0x10),
            Allocated: Long(record, 0x30) * 512,
            SpecialDevice: kind is EntryKind.CharacterDevice or EntryKind.BlockDevice ? Pair(record, 0x80) : 0)
        {
            FarModified = Time(record, 0x70) is long.MinValue or long.MaxValue ? (Long(record, 0x70), Word(record, 0x78)) : null,
        };
    }

    private static int Number(ReadOnlySpan<byte> record, int offset, int length) => length == 2
        ? (IsLittle ? BinaryPrimitives.ReadUInt16LittleEndian(record[offset..]) : BinaryPrimitives.ReadUInt16BigEndian(record[offset..]))
        : throw new ArgumentOutOfRangeException(nameof(length));

    private static uint Word(ReadOnlySpan<byte> record, int offset) =>
        IsLittle ? BinaryPrimitives.ReadUInt32LittleEndian(record[offset..]) : BinaryPrimitives.ReadUInt32BigEndian(record[offset..]);

    private static long Long(ReadOnlySpan<byte> record, int offset) =>
        IsLittle ? BinaryPrimitives.ReadInt64LittleEndian(record[offset..]) : BinaryPrimitives.ReadInt64BigEndian(record[offset..]);

    private static bool IsLittle => !IsBig;

    private static bool IsBig => RuntimeInformation.ProcessArchitecture == Architecture.S390x;

    private static long Pair(ReadOnlySpan<byte> record, int offset) => ((long)Word(record, offset) << 32) | Word(record, offset + 4);

    /// <summary>A time outside the years 1678 to 2261 does not fit into 64 bits of ns; it becomes the nearest that does.</summary>
    private static long Time(ReadOnlySpan<byte> record, int offset)
    {
        Int128 time = ((Int128)Long(record, offset) * 1_000_000_000) + Word(record, offset + 8);
        return (long)Int128.Clamp(time, long.MinValue, long.MaxValue);
    }

    private static byte[]? NameOf(long number, NameService service)
    {
        byte[] buffer = new byte[NameServiceBuffer];
        byte* record = stackalloc byte[NameServiceRecord];
        byte* result = null;
        fixed (byte* text = buffer)
        {
            // The name is the first member of struct passwd and of struct group (pwd.h, grp.h).
            int error = service((uint)number, record, text, buffer.Length, &result);
            return error == 0 && result != null ? MemoryFrom(*(byte**)result) : null;
        }
    }

    private static byte[] MemoryFrom(byte* text)
    {
        int length = 0;
        while (text[length] != 0)
        {
            length++;
        }

        return new ReadOnlySpan<byte>(text, length).ToArray();
    }

    private delegate int NameService(uint number, byte* record, byte* buffer, nint length, byte** result);
}
