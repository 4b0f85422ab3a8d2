// SPDX-License-Identifier: MIT
namespace Spindle.Mastering;

/// <summary>What of a layout follows from the tree alone: all places but those of tail contents.</summary>
internal sealed class LayoutTables
{
    /// <summary>Says that a content belongs to no file.</summary>
    public const uint Unused = uint.MaxValue;

    private readonly DiscTree _tree;
    private readonly LayoutOptions _options;
    private readonly int[] _firstChild;
    private readonly int[] _children;
    private readonly int[] _placeOf;
    private readonly List<int> _order = [];
    private readonly Dictionary<int, int> _furtherNames = [];
    private DirectoryPlace[] _places = new DirectoryPlace[16];

    private LayoutTables(DiscTree tree, LayoutOptions options)
    {
        _tree = tree;
        _options = options;
        _firstChild = new int[tree.Count + 1];
        _children = new int[tree.Count - 1];
        _placeOf = new int[tree.Count];
        EntryBlocks = new uint[tree.Count];
        ContentSectors = new uint[tree.ContentCount];
    }

    /// <summary>How many directories there are.</summary>
    public int DirectoryCount { get; private set; }

    /// <summary>Names of anything but directories that UDF shows.</summary>
    public long FileNames { get; private set; }

    /// <summary>Numbers of places in the order of the tree: each directory before those in it, which are in the order of their names.</summary>
    public IReadOnlyList<int> Order => _order;

    /// <summary>
    /// The same in the order in which ISO 9660 has them: behind the root what was moved, and then the others. libarchive, which reads
    /// directories as they lie, finds its way only where all moved ones come before the links to them.
    /// </summary>
    public IEnumerable<int> IsoOrder => _order.Take(1)
        .Concat(Metadata.MovedDirectories == 0 ? [] : _order.Where(place => Relocation.IsAtMoved(_places[place].Depth)))
        .Concat(_order.Skip(1).Where(place => !Relocation.IsAtMoved(_places[place].Depth)));

    /// <summary>Identifiers of directories in ISO 9660, by place.</summary>
    public NameList IsoNames { get; } = new();

    /// <summary>Identifiers of directories in Joliet, by place.</summary>
    public NameList JolietNames { get; } = new();

    private uint[] EntryBlocks { get; }

    /// <summary>Sectors of contents from the first one on; <see cref="Unused"/> for those of the tail and of no file.</summary>
    public uint[] ContentSectors { get; }

    /// <summary>Contents in the order in which they lie; without those of the tail and of no file.</summary>
    public List<int> ContentOrder { get; } = [];

    /// <summary>Sectors of those contents.</summary>
    public long SectorsOfContents { get; private set; }

    /// <summary>What all directories cost.</summary>
    public MetadataCost Metadata { get; private set; }

    /// <summary>Lays a tree out.</summary>
    /// <exception cref="ArgumentException">A directory has a name twice, or there is more than 32 bits of sectors can name.</exception>
    public static LayoutTables Create(DiscTree tree, LayoutOptions options)
    {
        LayoutTables tables = new(tree, options);
        tables.SortChildren();
        tables.PlaceDirectories();
        tables.PlaceContents();
        return tables;
    }

    /// <summary>Where a directory lies.</summary>
    public ref readonly DirectoryPlace PlaceAt(int place) => ref _places[place];

    /// <summary>Which place a directory of the tree has.</summary>
    public int PlaceOf(int entry) => _placeOf[entry];

    /// <summary>Block of the file entry of a directory, file or link, in the partition that file entries are in.</summary>
    public uint BlockOf(int entry) => EntryBlocks[entry];

    /// <summary>The entries of a directory in the order of the bytes of their names.</summary>
    public ReadOnlySpan<int> ChildrenOf(int entry) => _children.AsSpan(_firstChild[entry], _firstChild[entry + 1] - _firstChild[entry]);

    /// <summary>How many names a file has.</summary>
    public int LinksOf(int entry) => 1 + (_furtherNames.Count == 0 ? 0 : _furtherNames.GetValueOrDefault(_tree.NodeOf(entry)));

    /// <summary>Loads a directory into a composer.</summary>
    public void Load(DirectoryComposer composer, int place, Trees trees)
    {
        composer.Clear();
        foreach (int child in ChildrenOf(_places[place].Entry))
        {
            NodeKind kind = _tree.KindOf(child);
            if (kind == NodeKind.Symlink)
            {
                composer.AddLink(_tree.NameOf(child), _tree.TargetOf(child));
            }
            else
            {
                int content = _tree.ContentOf(child);
                composer.Add(_tree.NameOf(child), kind, content < 0 ? 0 : _tree.SizeOfContent(content));
            }
        }

        composer.Prepare(_places[place].Depth, trees);
    }

    // Entries by parent: counted, then put in their places, then sorted.
    private void SortChildren()
    {
        for (int entry = 1; entry < _tree.Count; entry++)
        {
            _firstChild[_tree.ParentOf(entry) + 1]++;
            if (_tree.KindOf(entry) == NodeKind.HardLink)
            {
                int file = _tree.NodeOf(entry);
                _furtherNames[file] = _furtherNames.GetValueOrDefault(file) + 1;
            }
        }

        for (int entry = 0; entry < _tree.Count; entry++)
        {
            _firstChild[entry + 1] += _firstChild[entry];
        }

        int[] next = _placeOf; // not in use yet
        _firstChild.AsSpan(0, _tree.Count).CopyTo(next);
        for (int entry = 1; entry < _tree.Count; entry++)
        {
            _children[next[_tree.ParentOf(entry)]++] = entry;
        }

        Comparison<int> byName = (left, right) => _tree.NameOf(left).SequenceCompareTo(_tree.NameOf(right));
        for (int entry = 0; entry < _tree.Count; entry++)
        {
            Span<int> children = _children.AsSpan(_firstChild[entry], _firstChild[entry + 1] - _firstChild[entry]);
            if (children.Length < 2)
            {
                continue;
            }

            children.Sort(byName);
            for (int index = 1; index < children.Length; index++)
            {
                if (_tree.NameOf(children[index]).SequenceEqual(_tree.NameOf(children[index - 1])))
                {
                    throw new ArgumentException($"entries {children[index - 1]} and {children[index]} have the same name in the same directory");
                }
            }
        }
    }

    private void PlaceDirectories()
    {
        DirectoryComposer composer = new(_options.UdfSymlinks);
        Stack<int> due = new();
        IsoNames.Add([0]);
        JolietNames.Add([0]);
        due.Push(AddPlace(DiscTree.Root, 0, 0));
        Region region = new() { UdfBlock = VolumeGeometry.FileSetSectors };
        while (due.TryPop(out int place))
        {
            _order.Add(place);
            Load(composer, place, Trees.All);
            Measure(composer, place, ref region);
            PlaceEntries(composer, place, ref region);
            ReadOnlySpan<int> children = ChildrenOf(_places[place].Entry);
            for (int index = 0; index < children.Length; index++)
            {
                if (composer.KindOf(index) == NodeKind.Directory)
                {
                    IsoNames.Add(composer.IsoNameOf(index));
                    JolietNames.Add(composer.JolietNameOf(index));
                    _ = AddPlace(children[index], place, _places[place].Depth + 1);
                    _places[place].Subdirectories++;
                }
            }

            // The first of them is due next.
            for (int child = DirectoryCount - 1; child >= DirectoryCount - _places[place].Subdirectories; child--)
            {
                due.Push(child);
            }
        }

        uint sector = 0;
        foreach (int place in IsoOrder)
        {
            _places[place].IsoSector = sector;
            sector += _places[place].IsoSectors + _places[place].IsoContinued;
        }
    }

    private void Measure(DirectoryComposer composer, int place, ref Region region)
    {
        MetadataCost cost = composer.Measure(out long records);
        ref DirectoryPlace at = ref _places[place];
        long continued = cost.IsoSectors - records;
        at.IsoSectors = at.IsoUsed = (uint)records;
        at.IsoContinued = (uint)continued;
        at.JolietSector = (uint)region.JolietSector;
        at.JolietSectors = (uint)cost.JolietSectors;
        at.UdfLength = composer.UdfDirectoryLength();
        at.MovedNumber = composer.IsMoved ? ++region.Moved : 0;
        region.JolietSector += cost.JolietSectors;
        Metadata += cost;
        if (Math.Max(Metadata.UdfSectors, Metadata.IsoSectors + Metadata.JolietSectors) > uint.MaxValue / 2)
        {
            throw new ArgumentException($"{Metadata} sectors of metadata are more than a disc has");
        }
    }

    // The file entry and the names of the directory, then the entries of what it names first: a listing reads them in one go.
    private void PlaceEntries(DirectoryComposer composer, int place, ref Region region)
    {
        ref DirectoryPlace at = ref _places[place];
        at.UdfBlock = EntryBlocks[at.Entry] = (uint)region.UdfBlock;
        region.UdfBlock += 1 + VolumeGeometry.SectorsOf(at.UdfLength);
        ReadOnlySpan<int> children = ChildrenOf(at.Entry);
        for (int index = 0; index < children.Length; index++)
        {
            NodeKind kind = composer.KindOf(index);
            bool isShown = composer.UdfIdentifierLength(index) > 0;
            FileNames += isShown && kind != NodeKind.Directory ? 1 : 0;
            if (isShown && (kind is NodeKind.File or NodeKind.Symlink))
            {
                EntryBlocks[children[index]] = (uint)region.UdfBlock;
                region.UdfBlock += 1 + (kind == NodeKind.Symlink ? VolumeGeometry.SectorsOf(composer.LinkOf(index).Length) : 0);
            }
        }
    }

    private int AddPlace(int entry, int parent, int depth)
    {
        if (DirectoryCount == _places.Length)
        {
            Array.Resize(ref _places, _places.Length + (_places.Length / 2));
        }

        _places[DirectoryCount] = new() { Entry = entry, Parent = parent, Depth = depth };
        _placeOf[entry] = DirectoryCount;
        return DirectoryCount++;
    }

    private void PlaceContents()
    {
        ContentSectors.AsSpan().Fill(Unused);
        HashSet<int> tail = [.. _tree.TailContents];
        foreach (int place in _order)
        {
            foreach (int child in ChildrenOf(_places[place].Entry))
            {
                int content = _tree.ContentOf(child);
                if (content < 0 || ContentSectors[content] != Unused || tail.Contains(content))
                {
                    continue;
                }

                ContentSectors[content] = checked((uint)SectorsOfContents);
                ContentOrder.Add(content);
                SectorsOfContents += VolumeGeometry.SectorsOf(_tree.SizeOfContent(content));
            }
        }

        // Only the root can have kept room for a directory of moved ones that there is no need of.
        if (Metadata.MovedDirectories == 0)
        {
            DirectoryComposer composer = new(_options.UdfSymlinks);
            Load(composer, 0, Trees.Iso);
            _places[0].IsoUsed = (uint)composer.IsoSectors(withMoved: false).Records;
        }
    }

    private struct Region
    {
        public long UdfBlock;
        public long JolietSector;
        public int Moved;
    }
}
