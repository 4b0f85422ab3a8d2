// SPDX-License-Identifier: MIT
using Spindle.Files.Mounting.Fuse;
using Spindle.Files.Mounting.Trees;

namespace Spindle.Files.Mounting;

/// <summary>The names of an answer that is being made.</summary>
internal sealed class NameList(Memory<byte> room, TimeSpan? valid, bool areWanted) : IMountedListing
{
    public int Used { get; private set; }

    public int Count { get; private set; }

    /// <summary>Directories are told with their attributes in any case: who lists goes into them.</summary>
    public bool Add(ReadOnlySpan<byte> name, in MountedNode node, ulong place) => Add(name, node, place + 2, isCounted: areWanted || node.Kind == EntryKind.Directory);

    /// <summary>One of the two names that every directory has: where they lead, the kernel knows itself.</summary>
    public bool AddOwn(ReadOnlySpan<byte> name, ulong directory, ulong place) => Add(name, new(directory, EntryKind.Directory), place, isCounted: false);

    private bool Add(ReadOnlySpan<byte> name, in MountedNode node, ulong place, bool isCounted)
    {
        Span<byte> left = room.Span[Used..];
        bool fits = FuseReply.TryAddName(ref left, name, node, place, valid, isCounted);
        Used = room.Length - left.Length;
        Count += fits ? 1 : 0;
        return fits;
    }
}
