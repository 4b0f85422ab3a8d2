// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Listing;
using Spindle.Files.Mounting.Trees;

namespace Spindle.Files.Tests.Mounting.Trees;

/// <summary>A tree of one directory in memory: files <c>file0</c>…, a link, and what is not to be had.</summary>
internal sealed class SmallTree(int files) : IMountedTree
{
    public const ulong Link = 1_000_000;

    public static byte[] Content { get; } = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31 / 7 % 251))];

    /// <summary>What becomes of who opens a file.</summary>
    public MountedState State { get; set; }

    /// <summary>What becomes of who reads one.</summary>
    public MountedState ReadState { get; set; }

    public Exception? Failure { get; set; }

    public IReadOnlyList<(long, long)>? Runs { get; init; }

    public bool IsFixed { get; init; } = true;

    public (long Bytes, long Names) Totals => (1000, files);

    public static ulong Inode(int file) => (ulong)file + 2;

    public MountedNode Find(ulong directory, ReadOnlySpan<byte> name)
    {
        if (Failure is { } failure)
        {
            throw failure;
        }

        string text = Encoding.UTF8.GetString(name);
        return text == "link" ? Get(Link) : text.StartsWith("file", StringComparison.Ordinal) && int.TryParse(text[4..], out int number) && number < files ? Get(Inode(number)) : default;
    }

    public MountedNode Get(ulong inode) => inode == 1 ? new(1, EntryKind.Directory) { Mode = 0x1ED, Links = 1 }
        : inode == Link ? new(Link, EntryKind.Symlink) { Size = 5, Links = 1, Mode = 0x1FF }
        : inode >= 2 && inode - 2 < (ulong)files ? new(inode, EntryKind.File) { Size = Content.Length, Stored = Content.Length, Mode = 0x1A4, Links = 1 }
        : default;

    public void List(ulong directory, ulong after, IMountedListing listing)
    {
        if (after > (ulong)files)
        {
            return;
        }

        for (int file = (int)after; file < files; file++)
        {
            if (!listing.Add(Encoding.UTF8.GetBytes($"file{file}"), Get(Inode(file)), (ulong)file + 1))
            {
                return;
            }
        }

        listing.Add("link"u8, Get(Link), (ulong)files + 1);
    }

    public byte[]? Target(ulong inode) => inode == Link ? [.. "file0"u8] : null;

    public IReadOnlyList<ExtendedAttribute> Attributes(ulong inode) => [new([.. "user.one"u8], [1, 2, 3]), new([.. "user.two"u8], [])];

    public MountedState Open(ulong inode, out MountedFile? file)
    {
        file = State == MountedState.Here ? new Opened(this) : null;
        return State;
    }

    private sealed class Opened(SmallTree tree) : MountedFile
    {
        public override long Length => Content.Length;

        public override IReadOnlyList<(long Offset, long Length)>? DataRuns => tree.Runs;

        public override MountedState Read(long offset, Span<byte> buffer)
        {
            Content.AsSpan((int)offset, buffer.Length).CopyTo(buffer);
            return tree.ReadState;
        }
    }
}
