// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Files.Mounting.Fuse;

/// <summary>One request of the kernel, as it was read from <c>/dev/fuse</c> (linux/fuse.h, protocol 7.31; numbers are the machine's own, little-endian on all that we run on).</summary>
/// <remarks>Nothing of it is believed: a value is well formed as far as its header goes, and each body is asked for with a length that is looked at.</remarks>
public readonly ref struct FuseRequest
{
    /// <summary>Bytes of <c>struct fuse_in_header</c>.</summary>
    public const int HeaderLength = 40;

    private readonly ReadOnlySpan<byte> _bytes;

    private FuseRequest(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>What is asked.</summary>
    public FuseOperation Operation => (FuseOperation)BinaryPrimitives.ReadUInt32LittleEndian(_bytes[4..]);

    /// <summary>Number of the request, which its answer repeats.</summary>
    public ulong Unique => BinaryPrimitives.ReadUInt64LittleEndian(_bytes[8..]);

    /// <summary>The node that is asked about; 1 is the root.</summary>
    public ulong Node => BinaryPrimitives.ReadUInt64LittleEndian(_bytes[16..]);

    /// <summary>The process that asks; 0 where it is the kernel itself, as for what is read ahead.</summary>
    public int Process => BinaryPrimitives.ReadInt32LittleEndian(_bytes[32..]);

    /// <summary>What follows the header, without extensions of later protocols.</summary>
    public ReadOnlySpan<byte> Body => _bytes[HeaderLength..];

    /// <summary>Reads a request.</summary>
    /// <param name="bytes">All that one read gave.</param>
    /// <param name="request">The request.</param>
    /// <returns>False where it is none.</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out FuseRequest request)
    {
        request = default;
        if (bytes.Length < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != bytes.Length)
        {
            return false;
        }

        int extensions = BinaryPrimitives.ReadUInt16LittleEndian(bytes[36..]) * 8; // total_extlen counts units of 8 bytes, since 7.38
        if (extensions > bytes.Length - HeaderLength)
        {
            return false;
        }

        request = new(bytes[..^extensions]);
        return true;
    }

    /// <summary>A name that ends the body with its zero (Lookup).</summary>
    public bool TryName(out ReadOnlySpan<byte> name) => TryName(Body, out name);

    /// <summary>What the kernel can do (Initialize, <c>struct fuse_init_in</c>).</summary>
    public bool TryInitialize(out FuseAbilities abilities)
    {
        abilities = default;
        if (Body.Length < 16)
        {
            return false;
        }

        abilities = new(U32(0), U32(4), U32(8), U32(12));
        return true;
    }

    /// <summary>An open file, and what is to be read of it (Read, ReadDirectory and ReadDirectoryPlus, <c>struct fuse_read_in</c>).</summary>
    public bool TryRead(out ulong handle, out ulong offset, out int length)
    {
        (handle, offset, length) = (0, 0, 0);
        if (Body.Length < 40 || U32(16) > int.MaxValue)
        {
            return false;
        }

        (handle, offset, length) = (U64(0), U64(8), (int)U32(16));
        return true;
    }

    /// <summary>A number that the body begins with: the handle (Release, ReleaseDirectory) or the request (Interrupt).</summary>
    public bool TryNumber(out ulong number)
    {
        bool isThere = Body.Length >= 8;
        number = isThere ? U64(0) : 0;
        return isThere;
    }

    /// <summary>How large the answer may be, 0 where only its size is asked for, and the name (GetExtendedAttribute, <c>struct fuse_getxattr_in</c>).</summary>
    public bool TryAttribute(out int limit, out ReadOnlySpan<byte> name)
    {
        name = default;
        return TryLimit(out limit) && TryName(Body[8..], out name);
    }

    /// <summary>How large the answer may be, 0 where only its size is asked for (ListExtendedAttributes).</summary>
    public bool TryLimit(out int limit)
    {
        limit = 0;
        if (Body.Length < 8 || U32(0) > int.MaxValue)
        {
            return false;
        }

        limit = (int)U32(0);
        return true;
    }

    /// <summary>An open file, where to begin, and whether data or a hole is sought (Seek, <c>struct fuse_lseek_in</c>).</summary>
    public bool TrySeek(out ulong handle, out long offset, out int whence)
    {
        (handle, offset, whence) = (0, 0, 0);
        if (Body.Length < 24)
        {
            return false;
        }

        (handle, offset, whence) = (U64(0), (long)Math.Min(U64(8), long.MaxValue), (int)Math.Min(U32(16), int.MaxValue));
        return true;
    }

    private static bool TryName(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> name)
    {
        int end = bytes.IndexOf((byte)0);
        name = end > 0 ? bytes[..end] : default;
        return end > 0 && end == bytes.Length - 1 && !name.Contains((byte)'/');
    }

    private uint U32(int position) => BinaryPrimitives.ReadUInt32LittleEndian(Body[position..]);

    private ulong U64(int position) => BinaryPrimitives.ReadUInt64LittleEndian(Body[position..]);
}

/// <summary>What one side of the protocol can do.</summary>
/// <param name="Major">Of the protocol; 7 since 2005.</param>
/// <param name="Minor">Of the protocol.</param>
/// <param name="ReadAhead">Bytes that the kernel would read ahead.</param>
/// <param name="Flags">See <see cref="FuseFlags"/>.</param>
public readonly record struct FuseAbilities(uint Major, uint Minor, uint ReadAhead, uint Flags);

/// <summary>Abilities that are used (linux/fuse.h, <c>FUSE_INIT</c> flags).</summary>
internal static class FuseFlags
{
    public const uint AsyncRead = 1 << 0;
    public const uint DirectoriesWithAttributes = 1 << 13; // FUSE_DO_READDIRPLUS
    public const uint ParallelDirectories = 1 << 18; // FUSE_PARALLEL_DIROPS
    public const uint ManyPages = 1 << 22; // FUSE_MAX_PAGES
    public const uint KeepLinks = 1 << 23; // FUSE_CACHE_SYMLINKS
}
