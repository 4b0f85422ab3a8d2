// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Spindle.Files.Windows;

/// <summary>What Windows answers about files, by the positions of winbase.h, minwinbase.h and winioctl.h. All numbers are little-endian.</summary>
internal static class FileRecords
{
    public const int StandardLength = 24; // FILE_STANDARD_INFO
    public const int IdLength = 24; // FILE_ID_INFO
    public const int RangeLength = 16; // FILE_ALLOCATED_RANGE_BUFFER

    private const int SecurityLength = 20, AccessListLength = 8, AccessEntryLength = 4; // SECURITY_DESCRIPTOR_RELATIVE, ACL, ACE_HEADER
    private const int StreamNameOffset = 24; // FILE_STREAM_INFO

    /// <summary>How many names a file has, of a FILE_STANDARD_INFO.</summary>
    public static long LinksOf(ReadOnlySpan<byte> standard) => BinaryPrimitives.ReadUInt32LittleEndian(standard[16..]);

    /// <summary>Which file it is, of a FILE_ID_INFO.</summary>
    /// <remarks>A number of NTFS has 64 bits of the 128; one of ReFS has more, and is brought down to 64 by its hash.</remarks>
    public static FileIdentity IdentityOf(ReadOnlySpan<byte> id, long links)
    {
        ReadOnlySpan<byte> number = id[8..IdLength];
        long inode = BinaryPrimitives.ReadInt64LittleEndian(number[8..] is var high && high.ContainsAnyExcept((byte)0) ? SHA256.HashData(number) : number);
        return inode == 0 ? FileIdentity.Alone : new(BinaryPrimitives.ReadInt64LittleEndian(id), inode, links);
    }

    /// <summary>The streams of a chain of FILE_STREAM_INFO but for the content, which is the one without a name.</summary>
    public static IReadOnlyList<(string Name, long Size)> StreamsOf(ReadOnlySpan<byte> chain)
    {
        List<(string, long)> streams = [];
        while (chain.Length >= StreamNameOffset)
        {
            int next = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(chain), int.MaxValue);
            int length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(chain[4..]), chain.Length - StreamNameOffset);
            string name = Encoding.Unicode.GetString(chain.Slice(StreamNameOffset, length));
            if (name.Length > 0 && name != "::$DATA")
            {
                streams.Add((name, BinaryPrimitives.ReadInt64LittleEndian(chain[8..])));
            }

            if (next < StreamNameOffset || next >= chain.Length)
            {
                break;
            }

            chain = chain[next..];
        }

        return streams;
    }

    /// <summary>Whether a self-relative SECURITY_DESCRIPTOR (winnt.h) has an access list with an entry of its own, or one that keeps out what its folder would give.</summary>
    public static bool HasOwnAccessList(ReadOnlySpan<byte> descriptor)
    {
        const int Present = 4, Protected = 0x1000; // SE_DACL_PRESENT, SE_DACL_PROTECTED
        const int Inherited = 0x10; // INHERITED_ACE
        int control = descriptor.Length < SecurityLength ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(descriptor[2..]);
        uint at = (control & Present) == 0 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(descriptor[16..]);
        if (at == 0 || at > descriptor.Length - AccessListLength)
        {
            return false;
        }

        ReadOnlySpan<byte> list = descriptor[(int)at..];
        int entries = BinaryPrimitives.ReadUInt16LittleEndian(list[4..]);
        bool isOwn = (control & Protected) != 0;
        list = list[AccessListLength..];
        while (!isOwn && entries-- > 0 && list.Length >= AccessEntryLength)
        {
            isOwn = (list[1] & Inherited) == 0;
            list = list[Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(list[2..]), AccessEntryLength, list.Length)..];
        }

        return isOwn;
    }

    /// <summary>Adds the runs of FILE_ALLOCATED_RANGE_BUFFERs that lie within a size; what is next to each other is one.</summary>
    public static void AddRuns(ReadOnlySpan<byte> ranges, long size, List<(long Offset, long Length)> runs)
    {
        for (; ranges.Length >= RangeLength; ranges = ranges[RangeLength..])
        {
            long offset = BinaryPrimitives.ReadInt64LittleEndian(ranges);
            long length = Math.Min(BinaryPrimitives.ReadInt64LittleEndian(ranges[8..]), size - offset); // ranges end with a cluster
            if (length <= 0)
            {
                continue;
            }

            if (runs.Count > 0 && runs[^1].Offset + runs[^1].Length == offset)
            {
                runs[^1] = (runs[^1].Offset, runs[^1].Length + length);
            }
            else
            {
                runs.Add((offset, length));
            }
        }
    }
}
