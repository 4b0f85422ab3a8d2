// SPDX-License-Identifier: MIT
using Spindle.Formats.Iso9660;
using Spindle.Formats.Joliet;
using Spindle.Formats.RockRidge;
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;

namespace Spindle.Mastering;

/// <summary>One directory: what it is called in every tree, in which order, and what it costs.</summary>
/// <remarks>The planner's measure and the image that is written come from here both, so they can't disagree. It holds the names
/// of one directory at a time, and keeps its room for the next. Not thread-safe.</remarks>
internal sealed class DirectoryComposer
{
    /// <summary>Bytes of the identifiers of moved directories: D and seven digits.</summary>
    public const int MovedIdentifierLength = 8;

    /// <summary>Bytes of a section of a file at most: as many sectors as a 32-bit length holds (ECMA-119 §6.5.1, §9.1.4).</summary>
    public const long MaximumSection = 0xFFFF_F800;

    private const int SectorLength = RecordPacker.SectorLength;
    private const int RecordHeader = 33;
    private const int MaximumRecord = 254;
    private const int SelfRecord = RecordHeader + 1;
    private const int PathRecordHeader = 8;
    private const int IdentifierHeader = 38;
    private const int ParentIdentifier = 40;

    private static readonly IsoNameForm Form = new();

    private readonly UniqueNames _iso = new(Form);
    private readonly UniqueNames _joliet = new(new JolietNameForm());
    private readonly UniqueNames _udf = new(new UdfNameForm());
    private readonly byte[] _variable = new byte[RockRidgeEntries.MaximumVariable];
    private readonly byte[] _link = new byte[UdfLink.MaximumLength];
    private NameList _names = new();
    private NameList _sorted = new();
    private NodeKind[] _kinds = new NodeKind[64];
    private long[] _sizes = new long[64];
    private int[] _isoOrder = [];
    private int[] _jolietOrder = [];
    private readonly List<byte[]> _targets = [];
    private readonly bool _udfSymlinks;
    private readonly IComparer<int> _byIsoName;
    private readonly IComparer<int> _byJolietName;
    private bool _isSorted = true;

    /// <param name="udfSymlinks">Whether UDF has symbolic links.</param>
    public DirectoryComposer(bool udfSymlinks)
    {
        _udfSymlinks = udfSymlinks;
        _byIsoName = Comparer<int>.Create((left, right) => Form.KeyOf(_iso[left]).SequenceCompareTo(Form.KeyOf(_iso[right])));
        _byJolietName = Comparer<int>.Create((left, right) => _joliet[left].SequenceCompareTo(_joliet[right]));
    }

    /// <summary>How many names the directory has.</summary>
    public int Count => _names.Count;

    /// <summary>Whether it is the root.</summary>
    public bool IsRoot { get; private set; }

    /// <summary>Whether it lies elsewhere in the tree of ISO 9660.</summary>
    public bool IsMoved { get; private set; }

    /// <summary>Whether the directories in it lie elsewhere in the tree of ISO 9660.</summary>
    public bool MovesChildren { get; private set; }

    /// <summary>Entries in the order of ISO 9660's names.</summary>
    public ReadOnlySpan<int> IsoOrder => _isoOrder.AsSpan(0, Count);

    /// <summary>Entries in the order of Joliet's names; links are not among them.</summary>
    public ReadOnlySpan<int> JolietOrder => _jolietOrder.AsSpan(0, JolietCount);

    private int JolietCount { get; set; }

    private ReadOnlySpan<NodeKind> Kinds => _kinds.AsSpan(0, Count);

    /// <summary>Forgets the last directory.</summary>
    public void Clear()
    {
        _names.Clear();
        _targets.Clear();
        _isSorted = true;
    }

    /// <summary>Adds an entry; in the order of the bytes of names it costs less time.</summary>
    /// <param name="name">The name, 1 to 255 bytes.</param>
    /// <param name="kind">What it stands for.</param>
    /// <param name="size">Bytes of a file; for a link, the index of its target.</param>
    public void Add(ReadOnlySpan<byte> name, NodeKind kind, long size)
    {
        if (Count == _kinds.Length)
        {
            Array.Resize(ref _kinds, Count * 2);
            Array.Resize(ref _sizes, Count * 2);
        }

        _isSorted = _isSorted && (Count == 0 || _names[Count - 1].SequenceCompareTo(name) < 0);
        _kinds[Count] = kind;
        _sizes[Count] = size;
        _names.Add(name);
    }

    /// <summary>Adds a symbolic link.</summary>
    public void AddLink(ReadOnlySpan<byte> name, ReadOnlySpan<byte> target)
    {
        _targets.Add(target.ToArray());
        Add(name, NodeKind.Symlink, _targets.Count - 1);
    }

    /// <summary>Decides names and orders, after the last entry was added.</summary>
    /// <param name="depth">How many directories lie above; 0 for the root.</param>
    /// <param name="trees">For which trees.</param>
    public void Prepare(int depth, Trees trees = Trees.All)
    {
        IsRoot = depth == 0;
        IsMoved = Relocation.IsMoved(depth);
        MovesChildren = Relocation.IsMoved(depth + 1);
        if (!_isSorted)
        {
            Sort();
        }

        if (_isoOrder.Length < Count)
        {
            _isoOrder = new int[_kinds.Length];
            _jolietOrder = new int[_kinds.Length];
        }

        if (trees.HasFlag(Trees.Iso))
        {
            PrepareIso();
        }

        if (trees.HasFlag(Trees.Joliet))
        {
            PrepareJoliet();
        }

        if (trees.HasFlag(Trees.Udf))
        {
            _udf.Encode(_names, Kinds, _udfSymlinks ? static _ => false : static kind => kind == NodeKind.Symlink, []);
        }
    }

    /// <summary>The name as given.</summary>
    public ReadOnlySpan<byte> NameOf(int index) => _names[index];

    /// <summary>What an entry stands for.</summary>
    public NodeKind KindOf(int index) => _kinds[index];

    /// <summary>Bytes of a file.</summary>
    public long SizeOf(int index) => _kinds[index] is NodeKind.File or NodeKind.HardLink ? _sizes[index] : 0;

    /// <summary>The identifier in ISO 9660.</summary>
    public ReadOnlySpan<byte> IsoNameOf(int index) => _iso[index];

    /// <summary>The identifier in Joliet; empty for a link.</summary>
    public ReadOnlySpan<byte> JolietNameOf(int index) => _joliet[index];

    /// <summary>The compressed name in UDF; empty for what UDF does not show.</summary>
    public ReadOnlySpan<byte> UdfNameOf(int index) => _udf[index];

    /// <summary>How many records a file has, one for each section.</summary>
    public int SectionsOf(int index) => (int)Math.Max(1, (SizeOf(index) + MaximumSection - 1) / MaximumSection);

    /// <summary>NM and SL of an entry. Valid until the next call.</summary>
    public ReadOnlySpan<byte> VariableOf(int index) => _variable.AsSpan(0, RockRidgeEntries.Compose(_names[index], TargetOf(index), _variable));

    /// <summary>Content of a link in UDF. Valid until the next call.</summary>
    public ReadOnlySpan<byte> LinkOf(int index) => _link.AsSpan(0, UdfLink.Compose(TargetOf(index), _link));

    /// <summary>Bytes of the entries of a record that are always the same, without a CE.</summary>
    public int FixedOf(int index) => RockRidgeEntries.AttributesLength + RockRidgeEntries.TimesLength
        + (_kinds[index] == NodeKind.Directory && MovesChildren ? RockRidgeEntries.LinkLength : 0);

    /// <summary>Whether name and target go to a continuation area.</summary>
    public bool IsContinued(int index, int variableLength) =>
        Even(RecordHeader + Odd(_iso.LengthOf(index)) + FixedOf(index) + variableLength) > MaximumRecord;

    /// <summary>Bytes of a record of ISO 9660.</summary>
    public int IsoRecordLength(int index, int variableLength) => Even(RecordHeader + Odd(_iso.LengthOf(index)) + FixedOf(index)
        + (IsContinued(index, variableLength) ? RockRidgeEntries.ContinuationLength : variableLength));

    /// <summary>Bytes of a record of Joliet.</summary>
    public int JolietRecordLength(int index) => RecordHeader + Odd(_joliet.LengthOf(index));

    /// <summary>Bytes of the record of a directory itself, in ISO 9660.</summary>
    public int IsoSelfLength =>
        Even(SelfRecord + RockRidgeEntries.AttributesLength + RockRidgeEntries.TimesLength
            + (IsRoot ? RockRidgeEntries.ProtocolLength + RockRidgeEntries.ContinuationLength : 0));

    /// <summary>Bytes of the record of the directory above, in ISO 9660.</summary>
    public int IsoParentLength =>
        Even(SelfRecord + RockRidgeEntries.AttributesLength + RockRidgeEntries.TimesLength + (IsMoved ? RockRidgeEntries.LinkLength : 0));

    /// <summary>Bytes of the record of the directory that holds the moved ones: with RE, and an NM for its own name.</summary>
    public static int MovedDirectoryRecordLength { get; } = Even(RecordHeader + Odd(Relocation.Directory.Length)
        + RockRidgeEntries.AttributesLength + RockRidgeEntries.TimesLength + RockRidgeEntries.MovedLength + 5 + Relocation.Directory.Length);

    /// <summary>Bytes of the record of a moved directory, where it was moved to: its name is in a continuation area, so that all have the same length.</summary>
    public static int MovedRecordLength { get; } = Even(RecordHeader + Odd(MovedIdentifierLength) + RockRidgeEntries.AttributesLength
        + RockRidgeEntries.TimesLength + RockRidgeEntries.MovedLength + RockRidgeEntries.ContinuationLength);

    /// <summary>Names of moved directories in a sector: each has room for the longest one.</summary>
    public const int MovedNamesInSector = 7;

    /// <summary>Bytes kept for each of them.</summary>
    public const int MovedNameLength = 272;

    /// <summary>Sectors of the directory that holds the moved ones: its records, then the continuation areas with their names.</summary>
    public static (long Records, long Names) MovedDirectorySectors(long movedDirectories)
    {
        int own = 2 * Even(SelfRecord + RockRidgeEntries.AttributesLength + RockRidgeEntries.TimesLength);
        long inFirst = (SectorLength - own) / MovedRecordLength;
        long inOther = SectorLength / MovedRecordLength;
        return movedDirectories == 0
            ? (0, 0)
            : (1 + ((Math.Max(0, movedDirectories - inFirst) + inOther - 1) / inOther), (movedDirectories + MovedNamesInSector - 1) / MovedNamesInSector);
    }

    /// <summary>Bytes of a name in a directory of UDF (ECMA-167 4/14.4); 0 for what is not shown.</summary>
    public int UdfIdentifierLength(int index) => _udf.LengthOf(index) == 0 ? 0 : (IdentifierHeader + _udf.LengthOf(index) + 3) & ~3;

    /// <summary>Bytes of the names in UDF, with that of the directory above.</summary>
    public long UdfDirectoryLength()
    {
        long length = ParentIdentifier;
        for (int index = 0; index < Count; index++)
        {
            length += UdfIdentifierLength(index);
        }

        return length;
    }

    /// <summary>Sectors of the directory in ISO 9660: its records, then the continuation areas.</summary>
    /// <param name="withMoved">Whether the root holds the directory of the moved ones.</param>
    public (long Records, long Continuations) IsoSectors(bool withMoved)
    {
        RecordPacker records = new();
        RecordPacker continuations = new();
        Span<Continuation> areas = stackalloc Continuation[RockRidgeEntries.MaximumContinuations];
        _ = records.Place(IsoSelfLength);
        _ = records.Place(IsoParentLength);
        if (IsRoot)
        {
            _ = continuations.Place(RockRidgeEntries.ExtensionLength);
        }

        bool movedIsDue = withMoved && IsRoot;
        foreach (int index in IsoOrder)
        {
            if (movedIsDue && IsBehindMoved(index))
            {
                _ = records.Place(MovedDirectoryRecordLength);
                movedIsDue = false;
            }

            ReadOnlySpan<byte> variable = VariableOf(index);
            int length = IsoRecordLength(index, variable.Length);
            bool isContinued = IsContinued(index, variable.Length);
            for (int section = SectionsOf(index); section > 0; section--)
            {
                _ = records.Place(length);
                if (isContinued)
                {
                    _ = RockRidgeEntries.Place(ref continuations, variable, areas);
                }
            }
        }

        if (movedIsDue)
        {
            _ = records.Place(MovedDirectoryRecordLength);
        }

        return (records.Sectors, continuations.Sectors);
    }

    /// <summary>Whether a name comes behind that of the directory of the moved ones.</summary>
    public bool IsBehindMoved(int index) => _iso[index].SequenceCompareTo("RR_MOVED"u8) > 0;

    /// <summary>Sectors of the directory in Joliet.</summary>
    public long JolietSectors()
    {
        RecordPacker records = new();
        _ = records.Place(SelfRecord);
        _ = records.Place(SelfRecord);
        foreach (int index in JolietOrder)
        {
            for (int section = SectionsOf(index); section > 0; section--)
            {
                _ = records.Place(JolietRecordLength(index));
            }
        }

        return records.Sectors;
    }

    /// <summary>What the directory costs, with the file entries of what it names first.</summary>
    /// <param name="records">Sectors of its records in ISO 9660; the others are for continuation areas.</param>
    public MetadataCost Measure(out long records)
    {
        long udf = 1 + VolumeGeometry.SectorsOf(UdfDirectoryLength());
        long isoTable = 0;
        long jolietTable = 0;
        long moved = 0;
        for (int index = 0; index < Count; index++)
        {
            switch (_kinds[index])
            {
                case NodeKind.Directory:
                    isoTable += PathRecordLength(MovesChildren ? MovedIdentifierLength : _iso.LengthOf(index));
                    jolietTable += PathRecordLength(_joliet.LengthOf(index));
                    moved += MovesChildren ? 1 : 0;
                    break;
                case NodeKind.File:
                    udf++;
                    break;
                case NodeKind.Symlink when _udfSymlinks:
                    udf += 1 + VolumeGeometry.SectorsOf(LinkOf(index).Length);
                    break;
                default:
                    break;
            }
        }

        // The root has room for the directory of moved ones even where there are none: a record less never takes a sector more.
        (records, long continuations) = IsoSectors(withMoved: true);
        return new(udf, records + continuations, JolietSectors(), isoTable, jolietTable, moved);
    }

    /// <summary>Bytes of a path table record (ECMA-119 §9.4).</summary>
    public static int PathRecordLength(int identifierLength) => Even(PathRecordHeader + identifierLength);

    // An identifier and what fills the record up: an odd number behind 33 bytes is an even one.
    private static int Odd(int identifierLength) => identifierLength | 1;

    private static int Even(int length) => (length + 1) & ~1;

    // §9.3: by name, then extension, filled up with spaces; a dot is less than what names have, so the bytes have that order.
    private void PrepareIso()
    {
        _iso.Encode(_names, Kinds, static _ => false, IsRoot ? "RR_MOVED"u8 : []);
        bool isSorted = true;
        for (int index = 0; index < Count; index++)
        {
            _isoOrder[index] = index;
            isSorted = isSorted && (index == 0 || Form.KeyOf(_iso[index - 1]).SequenceCompareTo(Form.KeyOf(_iso[index])) < 0);
        }

        if (!isSorted)
        {
            Array.Sort(_isoOrder, 0, Count, _byIsoName);
        }
    }

    private void PrepareJoliet()
    {
        _joliet.Encode(_names, Kinds, static kind => kind == NodeKind.Symlink, []);
        JolietCount = 0;
        bool isSorted = true;
        for (int index = 0; index < Count; index++)
        {
            if (_kinds[index] != NodeKind.Symlink)
            {
                isSorted = isSorted && (JolietCount == 0 || _joliet[_jolietOrder[JolietCount - 1]].SequenceCompareTo(_joliet[index]) < 0);
                _jolietOrder[JolietCount++] = index;
            }
        }

        if (!isSorted)
        {
            Array.Sort(_jolietOrder, 0, JolietCount, _byJolietName);
        }
    }

    private ReadOnlySpan<byte> TargetOf(int index) => _kinds[index] == NodeKind.Symlink ? _targets[(int)_sizes[index]] : [];

    private void Sort()
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        NameList names = _names;
        Array.Sort(order, Comparer<int>.Create((left, right) => names[left].SequenceCompareTo(names[right])));
        NodeKind[] kinds = new NodeKind[_kinds.Length];
        long[] sizes = new long[_sizes.Length];
        _sorted.Clear();
        for (int index = 0; index < order.Length; index++)
        {
            _sorted.Add(names[order[index]]);
            kinds[index] = _kinds[order[index]];
            sizes[index] = _sizes[order[index]];
        }

        (_names, _sorted, _kinds, _sizes, _isSorted) = (_sorted, _names, kinds, sizes, true);
    }
}
