// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Spindle.Files.Windows;

/// <summary>Asks Windows itself.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class WindowsFiles : IWindowsFiles
{
    private const int RangesAtOnce = 4096;
    private const int StreamsAtFirst = 4096; // bytes
    private const int SecurityAtMost = 20 + (64 << 10); // bytes: SECURITY_DESCRIPTOR and the longest ACL that its 16 bits can count
    private const int StreamsAtMost = 1 << 20; // bytes: NTFS keeps all names of streams of a file within 256 KiB or so

    public FileIdentity IdentityOf(string path, bool evenAlone)
    {
        using SafeFileHandle file = Open(path, Kernel32.ReadAttributes);
        byte* answer = stackalloc byte[Math.Max(FileRecords.StandardLength, FileRecords.IdLength)];
        if (file.IsInvalid || !Kernel32.Ask(file, Kernel32.StandardInformation, answer, FileRecords.StandardLength))
        {
            return FileIdentity.Alone; // that it can't be opened is told when it is to be read
        }

        long links = FileRecords.LinksOf(new(answer, FileRecords.StandardLength));
        return (links > 1 || evenAlone) && Kernel32.Ask(file, Kernel32.IdInformation, answer, FileRecords.IdLength)
            ? FileRecords.IdentityOf(new(answer, FileRecords.IdLength), links)
            : FileIdentity.Alone;
    }

    public int Link(string existing, string name) => Kernel32.CreateHardLink(name, existing, 0) ? 0 : Marshal.GetLastPInvokeError();

    public void AllowHoles(SafeFileHandle file) => Kernel32.Control(file, Kernel32.SetSparse, null, 0, null, 0, out _, 0);

    public IReadOnlyList<(long Offset, long Length)>? DataRunsOf(string path, long size)
    {
        using SafeFileHandle file = Open(path, Kernel32.GenericRead);
        if (file.IsInvalid)
        {
            return null;
        }

        List<(long Offset, long Length)> runs = [];
        byte[] asked = new byte[FileRecords.RangeLength];
        byte[] ranges = new byte[RangesAtOnce * FileRecords.RangeLength];
        for (long from = 0; from < size;)
        {
            BinaryPrimitives.WriteInt64LittleEndian(asked, from);
            BinaryPrimitives.WriteInt64LittleEndian(asked.AsSpan(8), size - from);
            bool isAll;
            uint length;
            fixed (byte* input = asked, output = ranges)
            {
                isAll = Kernel32.Control(file, Kernel32.QueryAllocatedRanges, input, (uint)asked.Length, output, (uint)ranges.Length, out length, 0);
            }

            if (!isAll && (Marshal.GetLastPInvokeError() != Kernel32.MoreData || length == 0))
            {
                return null;
            }

            FileRecords.AddRuns(ranges.AsSpan(0, (int)length), size, runs);
            from = isAll || runs.Count == 0 ? size : runs[^1].Offset + runs[^1].Length;
        }

        return runs;
    }

    public IReadOnlyList<(string Name, long Size)> StreamsOf(string path)
    {
        using SafeFileHandle file = Open(path, Kernel32.ReadAttributes);
        for (int length = StreamsAtFirst; !file.IsInvalid && length <= StreamsAtMost; length *= 4)
        {
            byte[] answer = new byte[length]; // zeros: where nothing is said, there is nothing
            fixed (byte* start = answer)
            {
                if (Kernel32.Ask(file, Kernel32.StreamInformation, start, (uint)length))
                {
                    return FileRecords.StreamsOf(answer);
                }
            }

            if (Marshal.GetLastPInvokeError() != Kernel32.MoreData)
            {
                break;
            }
        }

        return [];
    }

    public bool HasOwnAccessList(string path)
    {
        using SafeFileHandle file = Open(path, Kernel32.ReadSecurity);
        if (file.IsInvalid)
        {
            return false;
        }

        byte[] answer = new byte[SecurityAtMost];
        fixed (byte* start = answer)
        {
            return Advapi32.Ask(file, Advapi32.AccessList, start, (uint)answer.Length, out _) && FileRecords.HasOwnAccessList(answer);
        }
    }

    private static SafeFileHandle Open(string path, uint access) =>
        Kernel32.CreateFile(path, access, Kernel32.ShareAll, 0, Kernel32.OpenExisting, Kernel32.AsItIs, 0);
}
