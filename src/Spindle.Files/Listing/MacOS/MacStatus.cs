// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Files.Listing.Unix;

namespace Spindle.Files.Listing.MacOS;

/// <summary>struct stat and struct dirent of macOS (sys/stat.h, sys/dirent.h), with inodes of 64 bits. Pure.</summary>
/// <remarks>
/// struct stat: st_dev@0 (4), st_mode@4 (2), st_nlink@6 (2), st_ino@8 (8), st_uid@16 (4), st_gid@20 (4), st_rdev@24 (4), st_atimespec@32,
/// st_mtimespec@48, st_ctimespec@64, st_birthtimespec@80 (16 each), st_size@96 (8), st_blocks@104 (8), st_blksize@112 (4), st_flags@116 (4).
/// struct dirent: d_ino@0 (8), d_seekoff@8 (8), d_reclen@16 (2), d_namlen@18 (2), d_type@20 (1), d_name@21. Little-endian, as all Macs are.
/// </remarks>
internal static class MacStatus
{
    /// <summary>Bytes of a struct stat.</summary>
    public const int Length = 144;

    /// <summary>Bytes of a struct dirent in front of the name.</summary>
    public const int NameAt = 21;

    /// <summary>Reads a struct stat.</summary>
    public static NodeStatus Parse(ReadOnlySpan<byte> record)
    {
        int mode = BinaryPrimitives.ReadUInt16LittleEndian(record[4..]);
        EntryKind kind = UnixStatus.KindOf(mode);
        (long seconds, long nanoseconds) = (Long(record, 48), Long(record, 56));
        return new(
            kind,
            Size: kind == EntryKind.File ? Long(record, 96) : 0,
            Modified: UnixStatus.TimeOf(seconds, nanoseconds),
            Changed: UnixStatus.TimeOf(Long(record, 64), Long(record, 72)),
            Device: PairOf(Word(record, 0)),
            Inode: Long(record, 8),
            Mode: mode & 0xFFF,
            Uid: Word(record, 16),
            Gid: Word(record, 20),
            Links: BinaryPrimitives.ReadUInt16LittleEndian(record[6..]),
            Allocated: Long(record, 104) * 512,
            SpecialDevice: kind is EntryKind.CharacterDevice or EntryKind.BlockDevice ? PairOf(Word(record, 24)) : 0)
        {
            FarModified = UnixStatus.FarTimeOf(seconds, nanoseconds),
        };
    }

    /// <summary>st_flags of a struct stat.</summary>
    public static uint FlagsOf(ReadOnlySpan<byte> record) => Word(record, 116);

    /// <summary>d_namlen of a struct dirent.</summary>
    public static int NameLengthOf(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadUInt16LittleEndian(entry[18..]);

    /// <summary>Major number × 2^32 + minor number, which has the lower 24 bits (sys/types.h).</summary>
    private static long PairOf(uint device) => ((long)(device >> 24) << 32) | (device & 0xFF_FFFF);

    private static uint Word(ReadOnlySpan<byte> record, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(record[offset..]);

    private static long Long(ReadOnlySpan<byte> record, int offset) => BinaryPrimitives.ReadInt64LittleEndian(record[offset..]);
}
