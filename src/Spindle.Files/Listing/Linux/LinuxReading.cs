// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Spindle.Files.Linux;
using Spindle.Files.Listing.Unix;
using Spindle.Files.Unix;

namespace Spindle.Files.Listing.Linux;

/// <summary>How Linux is looked at.</summary>
internal sealed unsafe class LinuxReading : IUnixReading
{
    private const int StatusLength = 256; // struct statx
    private const int EntriesLength = 64 * 1024;

    [ThreadStatic]
    private static byte[]? _entries;

    /// <summary>The one: it has no state.</summary>
    public static LinuxReading Instance { get; } = new();

    public int CurrentDirectory => LibC.CurrentDirectory;

    public int SeekData => LibC.SeekData;

    public int SeekHole => LibC.SeekHole;

    public int OpenDirectory(int above, byte* name, bool followsLink) =>
        LibC.OpenAt(above, name, LibC.ReadOnly | LibC.Directory | LibC.CloseOnExec | (followsLink ? 0 : LibC.NoFollowLinks));

    public int OpenFile(int directory, byte* name)
    {
        // Not blocking: what was a file a moment ago may be a pipe by now.
        int flags = LibC.ReadOnly | LibC.NoFollowLinks | LibC.CloseOnExec | LibC.NonBlocking;
        int descriptor = LibC.OpenAt(directory, name, flags | LibC.NoAccessTime);
        return descriptor >= 0 ? descriptor : LibC.OpenAt(directory, name, flags); // not the owner: O_NOATIME is refused
    }

    public bool TryStatus(int directory, byte* name, out NodeStatus status)
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

    /// <remarks>struct linux_dirent64: inode 8, offset 8, length of the record 2, type 1, name (getdents64(2)).</remarks>
    public bool TryList(int directory, DirectoryListing listing)
    {
        byte[] buffer = _entries ??= new byte[EntriesLength];
        fixed (byte* entries = buffer)
        {
            nint length;
            while ((length = LibC.GetDirectoryEntries(directory, entries, buffer.Length)) > 0)
            {
                for (int position = 0; position < length;)
                {
                    int recordLength = BinaryPrimitives.ReadUInt16LittleEndian(new(entries + position + 16, 2));
                    byte* name = entries + position + 19;
                    ReadOnlySpan<byte> bytes = new(name, recordLength - 19);
                    bytes = bytes[..bytes.IndexOf((byte)0)];
                    position += recordLength;
                    bool isItselfOrAbove = bytes[0] == '.' && (bytes.Length == 1 || (bytes.Length == 2 && bytes[1] == '.'));
                    if (!isItselfOrAbove && TryStatus(directory, name, out NodeStatus status))
                    {
                        listing.Add(bytes, status);
                    }
                }
            }

            return length == 0;
        }
    }

    public IReadOnlyList<ExtendedAttribute> Attributes(int descriptor) => LinuxAttributes.Of(descriptor, null);

    public IReadOnlyList<ExtendedAttribute> Attributes(int directory, ReadOnlySpan<byte> name)
    {
        byte[] path = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{directory}/")), .. name, 0];
        fixed (byte* pointer = path)
        {
            return LinuxAttributes.Of(-1, pointer);
        }
    }

    public UnixFault FaultOf(int error) => error switch
    {
        LibC.ErrorNoEntry => UnixFault.NoEntry,
        LibC.ErrorNotADirectory => UnixFault.NotADirectory,
        LibC.ErrorIsADirectory => UnixFault.IsADirectory,
        LibC.ErrorTooManyLinks => UnixFault.IsALink,
        LibC.ErrorNoSuchDeviceOrAddress => UnixFault.NothingThere,
        LibC.ErrorAccess => UnixFault.Denied,
        LibC.ErrorExists => UnixFault.Exists,
        LibC.ErrorNoSpace or LibC.ErrorQuota => UnixFault.NoRoom,
        LibC.ErrorInvalid or LibC.ErrorNoSuchCall => UnixFault.NotSupported,
        _ => UnixFault.Other,
    };

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

    /// <summary>struct statx of linux/stat.h, which is the same on every machine, in that machine's byte order.</summary>
    private static NodeStatus Parse(ReadOnlySpan<byte> record)
    {
        int mode = Number(record, 0x1C, 2);
        EntryKind kind = UnixStatus.KindOf(mode);
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
            FarModified = UnixStatus.FarTimeOf(Long(record, 0x70), Word(record, 0x78)),
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

    private static long Time(ReadOnlySpan<byte> record, int offset) => UnixStatus.TimeOf(Long(record, offset), Word(record, offset + 8));
}
