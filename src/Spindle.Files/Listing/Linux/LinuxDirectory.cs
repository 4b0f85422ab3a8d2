// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

using Spindle.Files.Linux;

namespace Spindle.Files.Listing.Linux;

/// <summary>A directory by its descriptor: whatever happens to the names above it, it stays the same one.</summary>
internal sealed unsafe class LinuxDirectory : ISourceDirectory
{
    private const int EntriesLength = 64 * 1024;
    private const int LongestPath = 4000; // below PATH_MAX, 4096 with the zero
    private const int LongestLink = 64 * 1024;

    [ThreadStatic]
    private static byte[]? _entries;

    private readonly int _descriptor;

    public LinuxDirectory(int descriptor)
    {
        _descriptor = descriptor;
        byte nothing = 0;
        if (!LinuxSource.TryStatus(descriptor, &nothing, out NodeStatus status))
        {
            throw LinuxSource.Error();
        }

        Status = status;
    }

    public NodeStatus Status { get; }

    /// <remarks>struct linux_dirent64: inode 8, offset 8, length of the record 2, type 1, name (getdents64(2)).</remarks>
    public void List(DirectoryListing listing)
    {
        byte[] buffer = _entries ??= new byte[EntriesLength];
        fixed (byte* entries = buffer)
        {
            while (true)
            {
                nint length = LibC.GetDirectoryEntries(_descriptor, entries, buffer.Length);
                if (length < 0)
                {
                    throw LinuxSource.Error();
                }

                if (length == 0)
                {
                    return;
                }

                for (int position = 0; position < length;)
                {
                    int recordLength = BinaryPrimitives.ReadUInt16LittleEndian(new(entries + position + 16, 2));
                    byte* name = entries + position + 19;
                    ReadOnlySpan<byte> bytes = new(name, recordLength - 19);
                    bytes = bytes[..bytes.IndexOf((byte)0)];
                    position += recordLength;
                    bool isItselfOrAbove = bytes[0] == '.' && (bytes.Length == 1 || (bytes.Length == 2 && bytes[1] == '.'));
                    if (!isItselfOrAbove && LinuxSource.TryStatus(_descriptor, name, out NodeStatus status))
                    {
                        listing.Add(bytes, status);
                    }
                }
            }
        }
    }

    public ISourceDirectory OpenDirectory(ReadOnlySpan<byte> path)
    {
        int flags = LibC.ReadOnly | LibC.Directory | LibC.NoFollowLinks | LibC.CloseOnExec;
        int at = _descriptor;
        try
        {
            // A path may be longer than the system takes at once.
            while (path.Length > LongestPath)
            {
                int cut = path[..LongestPath].LastIndexOf((byte)'/');
                int next = Open(at, path[..cut], flags);
                Leave(at);
                at = next;
                path = path[(cut + 1)..];
            }

            return new LinuxDirectory(path.IsEmpty ? Open(at, "."u8, flags) : Open(at, path, flags));
        }
        finally
        {
            Leave(at);
        }
    }

    public ISourceFile OpenFile(ReadOnlySpan<byte> name)
    {
        // Not blocking: what was a file a moment ago may be a pipe by now.
        int flags = LibC.ReadOnly | LibC.NoFollowLinks | LibC.CloseOnExec | LibC.NonBlocking;
        int descriptor = TryOpen(_descriptor, name, flags | LibC.NoAccessTime);
        return new LinuxFile(descriptor >= 0 ? descriptor : Open(_descriptor, name, flags)); // not the owner: O_NOATIME is refused
    }

    public byte[] ReadLink(ReadOnlySpan<byte> name)
    {
        byte[] target = new byte[LongestLink];
        byte* zeroTerminated = stackalloc byte[name.Length + 1];
        name.CopyTo(new(zeroTerminated, name.Length));
        zeroTerminated[name.Length] = 0;
        fixed (byte* buffer = target)
        {
            nint length = LibC.ReadLinkAt(_descriptor, zeroTerminated, buffer, target.Length);
            return length >= 0 ? target[..(int)length] : throw LinuxSource.Error();
        }
    }

    public IReadOnlyList<ExtendedAttribute> Attributes(ReadOnlySpan<byte> name)
    {
        byte[] path = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{_descriptor}/")), .. name, 0];
        fixed (byte* pointer = path)
        {
            return LinuxAttributes.Of(-1, pointer);
        }
    }

    public void Dispose() => _ = LibC.Close(_descriptor);

    private static int TryOpen(int directory, ReadOnlySpan<byte> name, int flags)
    {
        byte* zeroTerminated = stackalloc byte[name.Length + 1];
        name.CopyTo(new(zeroTerminated, name.Length));
        zeroTerminated[name.Length] = 0;
        return LibC.OpenAt(directory, zeroTerminated, flags);
    }

    private static int Open(int directory, ReadOnlySpan<byte> name, int flags)
    {
        int descriptor = TryOpen(directory, name, flags);
        return descriptor >= 0 ? descriptor : throw LinuxSource.Error();
    }

    private void Leave(int descriptor)
    {
        if (descriptor != _descriptor)
        {
            _ = LibC.Close(descriptor);
        }
    }
}
