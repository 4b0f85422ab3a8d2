// SPDX-License-Identifier: MIT
using Spindle.Formats.Names;
using Spindle.Formats.RockRidge;
using Spindle.Formats.Trees;
using Spindle.Media;

namespace Spindle.Mastering;

/// <summary>What is to be on a disc: names, attributes, and which content each file has.</summary>
/// <remarks>
/// Takes some 30 bytes for each entry, its name, and 8 bytes for each content. Entries and contents are known by the numbers that the
/// methods return, from 0 on; the root directory is entry 0. Not thread-safe while entries are added.
/// </remarks>
public sealed class DiscTree
{
    /// <summary>Number of the root directory.</summary>
    public const int Root = 0;

    private readonly NameList _names = new();
    private readonly NameList _targets = new();
    private readonly Dictionary<(uint Uid, uint Gid), int> _ownerNumbers = [];
    private readonly List<(uint Uid, uint Gid)> _owners = [];
    private readonly List<int> _tail = [];
    private readonly LargeList<Entry> _entries = new();
    private readonly LargeList<long> _sizes = new();

    /// <summary>Begins a tree with a root.</summary>
    /// <param name="root">What the root is said to be.</param>
    public DiscTree(NodeAttributes root) => Add(Root, [], NodeKind.Directory, root, -1);

    /// <summary>How many entries there are, the root and further names of files included.</summary>
    public int Count => _entries.Count;

    /// <summary>How many contents there are, those of the tail included.</summary>
    public int ContentCount => _sizes.Count;

    /// <summary>Contents of the tail, in the order in which they will lie on the disc.</summary>
    public IReadOnlyList<int> TailContents => _tail;

    /// <summary>Adds a directory.</summary>
    /// <param name="parent">The directory that it is in.</param>
    /// <param name="name">Bytes of the name: 1 to 255, no slash, no zero, each once in a directory. Usually UTF-8; it need not be.</param>
    /// <param name="attributes">What it is said to be.</param>
    public int AddDirectory(int parent, ReadOnlySpan<byte> name, NodeAttributes attributes) => AddNamed(parent, name, NodeKind.Directory, attributes, -1);

    /// <summary>Adds a content, which files may share. It lies where the first of its files comes in the order of the tree.</summary>
    /// <param name="size">Bytes, 0 to <see cref="VolumeGeometry.MaximumContent"/>.</param>
    public int AddContent(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, VolumeGeometry.MaximumContent);
        _sizes.Add(size);
        return ContentCount - 1;
    }

    /// <summary>Adds a content that lies behind all others, and whose size is told later: <see cref="DiscLayout.WithTailSizes"/>.</summary>
    public int AddTailContent()
    {
        int content = AddContent(0);
        _tail.Add(content);
        return content;
    }

    /// <summary>Adds a file.</summary>
    /// <param name="parent">The directory that it is in.</param>
    /// <param name="name">Bytes of the name, as for a directory.</param>
    /// <param name="attributes">What it is said to be.</param>
    /// <param name="content">Its content; other files may have the same.</param>
    public int AddFile(int parent, ReadOnlySpan<byte> name, NodeAttributes attributes, int content)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(content);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(content, ContentCount);
        return AddNamed(parent, name, NodeKind.File, attributes, content);
    }

    /// <summary>Adds a further name of a file: one file entry, several names.</summary>
    /// <param name="parent">The directory that the name is in.</param>
    /// <param name="name">Bytes of the name, as for a directory.</param>
    /// <param name="file">The file, as <see cref="AddFile"/> returned it.</param>
    public int AddHardLink(int parent, ReadOnlySpan<byte> name, int file)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(file);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(file, Count);
        if (KindOf(file) != NodeKind.File)
        {
            throw new ArgumentException("only a file has several names", nameof(file));
        }

        return AddNamed(parent, name, NodeKind.HardLink, default, file);
    }

    /// <summary>Adds a symbolic link.</summary>
    /// <param name="parent">The directory that it is in.</param>
    /// <param name="name">Bytes of the name, as for a directory.</param>
    /// <param name="attributes">What it is said to be.</param>
    /// <param name="target">Where it leads: 1 to 4,095 bytes without a zero.</param>
    public int AddSymlink(int parent, ReadOnlySpan<byte> name, NodeAttributes attributes, ReadOnlySpan<byte> target)
    {
        ThrowIfNoTarget(target);
        int entry = AddNamed(parent, name, NodeKind.Symlink, attributes, _targets.Count);
        _targets.Add(target);
        return entry;
    }

    /// <summary>What an entry stands for.</summary>
    public NodeKind KindOf(int entry) => _entries[entry].Kind;

    /// <summary>The name of an entry; empty for the root.</summary>
    public ReadOnlySpan<byte> NameOf(int entry) => _names[entry];

    /// <summary>The directory that an entry is in; the root is in itself.</summary>
    public int ParentOf(int entry) => _entries[entry].Parent;

    /// <summary>The content of a file, under whichever of its names; -1 for what is none.</summary>
    public int ContentOf(int entry) => KindOf(entry) switch
    {
        NodeKind.File => _entries[entry].Reference,
        NodeKind.HardLink => _entries[_entries[entry].Reference].Reference,
        _ => -1,
    };

    /// <summary>Bytes of a content; 0 for one of the tail.</summary>
    public long SizeOfContent(int content)
    {
        return _sizes[content];
    }

    /// <summary>The entry that a further name of a file stands for; of all others, the entry itself.</summary>
    internal int NodeOf(int entry) => _entries[entry].Kind == NodeKind.HardLink ? _entries[entry].Reference : entry;

    /// <summary>Where a link leads.</summary>
    internal ReadOnlySpan<byte> TargetOf(int entry) => _targets[_entries[entry].Reference];

    /// <summary>What an entry is said to be.</summary>
    internal NodeAttributes AttributesOf(int entry)
    {
        ref readonly Entry node = ref _entries[NodeOf(entry)];
        (uint uid, uint gid) = _owners[node.Owner];
        return new(node.Mode, uid, gid, node.Modified);
    }

    /// <summary>Refuses what can't be a name.</summary>
    internal static void ThrowIfNoName(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > NameForm.MaximumLength || name.ContainsAny((byte)'/', (byte)0) || name.SequenceEqual("."u8) || name.SequenceEqual(".."u8))
        {
            throw new ArgumentException($"a name has 1 to {NameForm.MaximumLength} bytes, is not . or .., and has no slash and no zero byte; this one has {name.Length}", nameof(name));
        }
    }

    /// <summary>Refuses what can't be the target of a link.</summary>
    internal static void ThrowIfNoTarget(ReadOnlySpan<byte> target)
    {
        if (target.Length is 0 or > RockRidgeEntries.MaximumTarget || target.Contains((byte)0))
        {
            throw new ArgumentException($"a target has 1 to {RockRidgeEntries.MaximumTarget} bytes and no zero byte; this one has {target.Length}", nameof(target));
        }
    }

    private int AddNamed(int parent, ReadOnlySpan<byte> name, NodeKind kind, NodeAttributes attributes, int reference)
    {
        ThrowIfNoName(name);
        if (KindOf(parent) != NodeKind.Directory)
        {
            throw new ArgumentException($"entry {parent} is no directory", nameof(parent));
        }

        return Add(parent, name, kind, attributes, reference);
    }

    private int Add(int parent, ReadOnlySpan<byte> name, NodeKind kind, NodeAttributes attributes, int reference)
    {
        _names.Add(name);
        _entries.Add(new()
        {
            Parent = parent,
            Reference = reference,
            Owner = OwnerNumber(attributes.Uid, attributes.Gid),
            Modified = attributes.ModifiedNanoseconds,
            Mode = (ushort)(attributes.Mode & 0xFFF),
            Kind = kind,
        });
        return Count - 1;
    }

    // Few owners have many files.
    private int OwnerNumber(uint uid, uint gid)
    {
        if (!_ownerNumbers.TryGetValue((uid, gid), out int number))
        {
            number = _owners.Count;
            _owners.Add((uid, gid));
            _ownerNumbers.Add((uid, gid), number);
        }

        return number;
    }

    private struct Entry
    {
        public int Parent;
        public int Reference;
        public int Owner;
        public ushort Mode;
        public NodeKind Kind;
        public long Modified;
    }
}
