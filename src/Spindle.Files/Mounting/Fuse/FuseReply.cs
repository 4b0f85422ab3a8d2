// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Files.Mounting.Trees;

namespace Spindle.Files.Mounting.Fuse;

/// <summary>Answers to the kernel, as they are written to <c>/dev/fuse</c> (linux/fuse.h, protocol 7.31). Pure.</summary>
internal static class FuseReply
{
    /// <summary>Bytes of <c>struct fuse_out_header</c>.</summary>
    public const int HeaderLength = 16;

    /// <summary>Bytes of <c>struct fuse_entry_out</c>.</summary>
    public const int EntryLength = 40 + AttributesLength;

    /// <summary>The protocol that is spoken: 7.31, of Linux 5.4 (2019). Later kernels speak it, too.</summary>
    public const uint Major = 7, Minor = 31;

    /// <summary>Bytes that a read asks for at most, and what is read ahead.</summary>
    public const int LargestRead = 1 << 20;

    private const int AttributesLength = 88; // struct fuse_attr
    private const int DirentLength = 24; // struct fuse_dirent, without the name
    private const int PageLength = 4096;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private const uint Format = 0xF000; // S_IFMT

    /// <summary>Puts the header before an answer.</summary>
    /// <param name="reply">Begins with room for the header.</param>
    /// <param name="unique">Number of the request.</param>
    /// <param name="error">An error number (errno.h), positive; 0 for none.</param>
    /// <param name="bodyLength">Bytes behind the header.</param>
    /// <returns>Bytes of the whole.</returns>
    public static int Finish(Span<byte> reply, ulong unique, int error, int bodyLength)
    {
        int length = HeaderLength + (error == 0 ? bodyLength : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(reply, (uint)length);
        BinaryPrimitives.WriteInt32LittleEndian(reply[4..], -error);
        BinaryPrimitives.WriteUInt64LittleEndian(reply[8..], unique);
        return length;
    }

    /// <summary><c>struct fuse_init_out</c>: of what the kernel can do, what is wanted.</summary>
    /// <param name="body">Behind the header.</param>
    /// <param name="kernel">What the kernel can do.</param>
    /// <returns>Bytes.</returns>
    public static int Initialize(Span<byte> body, in FuseAbilities kernel)
    {
        const uint Wanted = FuseFlags.AsyncRead | FuseFlags.DirectoriesWithAttributes | FuseFlags.ParallelDirectories
            | FuseFlags.ManyPages | FuseFlags.KeepLinks;
        body = body[..64];
        body.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(body, Major);
        BinaryPrimitives.WriteUInt32LittleEndian(body[4..], Minor);
        BinaryPrimitives.WriteUInt32LittleEndian(body[8..], Math.Min(kernel.ReadAhead, LargestRead));
        BinaryPrimitives.WriteUInt32LittleEndian(body[12..], kernel.Flags & Wanted);
        BinaryPrimitives.WriteUInt16LittleEndian(body[16..], 16); // requests that nobody waits for, at a time
        BinaryPrimitives.WriteUInt16LittleEndian(body[18..], 12);
        BinaryPrimitives.WriteUInt32LittleEndian(body[20..], PageLength); // nobody writes
        BinaryPrimitives.WriteUInt32LittleEndian(body[24..], 1); // times are told to the nanosecond
        BinaryPrimitives.WriteUInt16LittleEndian(body[28..], LargestRead / PageLength);
        return 64;
    }

    /// <summary><c>struct fuse_entry_out</c>: a node, or, with node 0, that there is none and will be none.</summary>
    /// <returns>Bytes.</returns>
    public static int Entry(Span<byte> body, in MountedNode node, TimeSpan valid)
    {
        body = body[..EntryLength];
        BinaryPrimitives.WriteUInt64LittleEndian(body, node.Inode);
        BinaryPrimitives.WriteUInt64LittleEndian(body[8..], 0); // generation: no number is given twice
        BinaryPrimitives.WriteInt64LittleEndian(body[16..], (long)valid.TotalSeconds);
        BinaryPrimitives.WriteInt64LittleEndian(body[24..], (long)valid.TotalSeconds);
        BinaryPrimitives.WriteInt64LittleEndian(body[32..], 0); // nanoseconds of both
        Attributes(body[40..], node);
        return EntryLength;
    }

    /// <summary><c>struct fuse_attr_out</c>.</summary>
    /// <returns>Bytes.</returns>
    public static int AttributesOf(Span<byte> body, in MountedNode node, TimeSpan valid)
    {
        BinaryPrimitives.WriteInt64LittleEndian(body, (long)valid.TotalSeconds);
        BinaryPrimitives.WriteInt64LittleEndian(body[8..], 0);
        Attributes(body[16..], node);
        return 16 + AttributesLength;
    }

    /// <summary><c>struct fuse_open_out</c>.</summary>
    /// <param name="body">Behind the header.</param>
    /// <param name="handle">What the file is called from now on.</param>
    /// <param name="keepsCached">Whether what the kernel has read of it is still right (FOPEN_KEEP_CACHE).</param>
    /// <param name="keepsNames">Whether, of a directory, the kernel may keep the names (FOPEN_CACHE_DIR).</param>
    /// <returns>Bytes.</returns>
    public static int Opened(Span<byte> body, ulong handle, bool keepsCached, bool keepsNames = false)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(body, handle);
        BinaryPrimitives.WriteUInt32LittleEndian(body[8..], (keepsCached ? 2u : 0) | (keepsNames ? 8u : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(body[12..], 0);
        return 16;
    }

    /// <summary><c>struct fuse_kstatfs</c>: a drive that is full, as one is that nobody can write to.</summary>
    /// <returns>Bytes.</returns>
    public static int FileSystemStatus(Span<byte> body, long bytes, long names)
    {
        body = body[..80];
        body.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(body, (bytes + PageLength - 1) / PageLength);
        BinaryPrimitives.WriteInt64LittleEndian(body[24..], names);
        BinaryPrimitives.WriteUInt32LittleEndian(body[40..], PageLength);
        BinaryPrimitives.WriteUInt32LittleEndian(body[44..], 255); // of names
        BinaryPrimitives.WriteUInt32LittleEndian(body[48..], PageLength);
        return 80;
    }

    /// <summary>A number alone: the size of an attribute (<c>struct fuse_getxattr_out</c>), or where something begins (<c>struct fuse_lseek_out</c>).</summary>
    /// <returns>Bytes.</returns>
    public static int Number(Span<byte> body, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(body, number);
        return 8;
    }

    /// <summary>Adds a name to what is told of a directory (<c>struct fuse_dirent</c>, <c>struct fuse_direntplus</c>).</summary>
    /// <param name="body">What is left of the answer; taken from its front.</param>
    /// <param name="name">The name.</param>
    /// <param name="node">What it is.</param>
    /// <param name="next">Where to go on behind it.</param>
    /// <param name="attributesValid">How long its attributes hold; null where they are not told.</param>
    /// <param name="isCounted">Whether the kernel is to take it for a node that it looked up.</param>
    /// <returns>False where there is no room.</returns>
    public static bool TryAddName(ref Span<byte> body, ReadOnlySpan<byte> name, in MountedNode node, ulong next, TimeSpan? attributesValid, bool isCounted = true)
    {
        int before = attributesValid is null ? 0 : EntryLength;
        int length = (before + DirentLength + name.Length + 7) & ~7;
        if (length > body.Length)
        {
            return false;
        }

        Span<byte> entry = body[..length];
        entry.Clear();
        if (attributesValid is { } valid && isCounted)
        {
            Entry(entry, node, valid);
        }

        entry = entry[before..];
        BinaryPrimitives.WriteUInt64LittleEndian(entry, node.Inode);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[8..], next);
        BinaryPrimitives.WriteInt32LittleEndian(entry[16..], name.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[20..], TypeOf(node.Kind) >> 12); // DT_…: the format of the mode, shifted
        name.CopyTo(entry[DirentLength..]);
        body = body[length..];
        return true;
    }

    private static void Attributes(Span<byte> bytes, in MountedNode node)
    {
        bytes = bytes[..AttributesLength];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, node.Inode);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], node.Size);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], (node.Stored + 511) / 512);
        Time(bytes, 24, 48, node.Modified); // when it was read last is not known
        Time(bytes, 32, 52, node.Modified);
        Time(bytes, 40, 56, node.Changed);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[60..], TypeOf(node.Kind) | ((uint)node.Mode & ~Format));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[64..], (uint)Math.Clamp(node.Links, 1, int.MaxValue));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[68..], node.UserId);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[72..], node.GroupId);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[76..], (node.Device.Minor & 0xFF) | (node.Device.Major << 8) | ((node.Device.Minor & ~0xFFu) << 12)); // new_encode_dev, linux/kdev_t.h
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[80..], PageLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[84..], 0);
    }

    private static void Time(Span<byte> bytes, int seconds, int nanoseconds, long time)
    {
        (long whole, long rest) = Math.DivRem(time, NanosecondsPerSecond);
        if (rest < 0)
        {
            (whole, rest) = (whole - 1, rest + NanosecondsPerSecond);
        }

        BinaryPrimitives.WriteInt64LittleEndian(bytes[seconds..], whole);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[nanoseconds..], (uint)rest);
    }

    /// <summary>S_IF… (sys/stat.h).</summary>
    private static uint TypeOf(EntryKind kind) => kind switch
    {
        EntryKind.Directory => 0x4000,
        EntryKind.Symlink => 0xA000,
        EntryKind.Fifo => 0x1000,
        EntryKind.CharacterDevice => 0x2000,
        EntryKind.BlockDevice => 0x6000,
        EntryKind.Socket => 0xC000,
        _ => 0x8000,
    };
}
