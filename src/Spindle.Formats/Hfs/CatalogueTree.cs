// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Formats.Hfs;

/// <summary>What the catalogues of HFS and HFS+ have in common: entries sorted by the number of their directory.</summary>
internal abstract class CatalogueTree : FileTree
{
    protected const uint RootId = 2;

    private readonly List<DiscStructure> _structures = [];
    private VolumeEntry? _root;
    private string _volumeIdentifier = "";

    protected CatalogueTree(Medium medium, HfsHeader header, Findings findings)
    {
        Medium = medium;
        Header = header;
        Findings = findings;
    }

    /// <inheritdoc/>
    public override string VolumeIdentifier => _volumeIdentifier;

    /// <inheritdoc/>
    public override VolumeEntry Root => _root!; // Open gives no tree without one

    /// <inheritdoc/>
    public override IEnumerable<DiscStructure> Structures => _structures;

    protected Medium Medium { get; }

    protected HfsHeader Header { get; }

    protected Findings Findings { get; }

    /// <summary>The catalogue file.</summary>
    protected abstract BTreeFile Catalogue { get; }

    /// <inheritdoc/>
    public override IEnumerable<VolumeEntry> List(VolumeEntry directory)
    {
        uint id = (uint)directory.Handle;
        if (Catalogue.NodeSize == 0)
        {
            yield break;
        }

        // Where the way down from the root is lost, the leaves are still a row.
        uint leaf = Catalogue.FindLeaf(record => CompareParent(record, id));
        leaf = leaf == 0 ? Catalogue.FirstLeaf : leaf;
        List<VolumeEntry> found = [];
        long count = 0;
        foreach (byte[] node in Catalogue.Leaves(leaf))
        {
            found.Clear();
            bool isLast = ReadNode(node, id, directory, found);
            count += found.Count;
            foreach (VolumeEntry entry in found)
            {
                if (!IsPrivate(entry))
                {
                    yield return entry;
                }
            }

            if (isLast)
            {
                break;
            }
        }

        if (directory.Valence is { } valence && count < valence)
        {
            Findings.Add(HfsRules.EntriesCounted, Header.Position, $"{count} of the {valence} entries of {directory.Path} are there");
        }
    }

    /// <summary>Whether an entry is the file system's own, which systems don't show.</summary>
    protected virtual bool IsPrivate(VolumeEntry entry) => false;

    /// <summary>Checks what only all of the catalogue can show.</summary>
    public void Verify() => Catalogue.VerifyLeaves();

    /// <summary>Finds an entry whose name is of plain ASCII letters, without reading the others of its directory.</summary>
    protected VolumeEntry? Find(VolumeEntry directory, string name)
    {
        const int leavesWithOneKey = 2; // the way down may end one leaf too early
        uint id = (uint)directory.Handle;
        List<VolumeEntry> found = [];
        foreach (byte[] node in Catalogue.Leaves(Catalogue.FindLeaf(record => CompareKey(record, id, name))).Take(leavesWithOneKey))
        {
            ReadNode(node, id, directory, found);
        }

        return found.Find(entry => entry.Name == name);
    }

    /// <summary>Number of the directory in the key of a catalogue record, which has room for it.</summary>
    protected abstract uint ParentOf(ReadOnlySpan<byte> record);

    /// <summary>Name in the key of a catalogue record.</summary>
    protected abstract string NameOf(ReadOnlySpan<byte> key);

    /// <summary>Makes an entry of a record's content; null for what is no file or directory.</summary>
    protected abstract VolumeEntry? Entry(VolumeEntry named, ReadOnlySpan<byte> content);

    /// <summary>Reads the root directory; false where it can't be read.</summary>
    protected bool TryOpen()
    {
        if (Catalogue.NodeSize == 0)
        {
            Findings.Add(HfsRules.NodeReadable, Header.Position, "the header of the catalogue can't be read");
            return false;
        }

        // The root is the one entry of directory 1, and its name is that of the volume.
        VolumeEntry above = new() { Name = "", Type = EntryType.Directory, Handle = 1 };
        VolumeEntry? root = List(above).FirstOrDefault(entry => entry.Handle == RootId && entry.Type == EntryType.Directory);
        _volumeIdentifier = root?.Name ?? Header.VolumeName;
        if (root is null)
        {
            Findings.Add(HfsRules.NodeReadable, Header.Position, "what describes the root directory is not in the catalogue");
        }

        _root = (root ?? above) with { Name = "", Parent = null, Depth = 0, Handle = RootId };
        return true;
    }

    protected void AddStructure(string name, IEnumerable<Extent> extents) =>
        _structures.AddRange(extents.Select(extent => new DiscStructure(name, extent)));

    private int CompareParent(ReadOnlySpan<byte> record, uint id)
    {
        // Equal keys of the directory itself come first in it (its thread): so all that is equal comes after.
        uint parent = record.Length < 8 ? uint.MaxValue : ParentOf(record);
        return parent >= id ? 1 : -1;
    }

    // Names are in the order of their letters without regard to case; where case counts, ASCII names of one spelling are in it, too.
    private int CompareKey(ReadOnlySpan<byte> record, uint id, string name)
    {
        int keyLength = Catalogue.KeyLength(record);
        if (record.Length < 8 || record.Length < keyLength || ParentOf(record) > id)
        {
            return 1;
        }

        return ParentOf(record) < id ? -1 : string.Compare(NameOf(record[..keyLength]), name, StringComparison.OrdinalIgnoreCase);
    }

    private bool ReadNode(byte[] node, uint id, VolumeEntry directory, List<VolumeEntry> found)
    {
        for (int index = 0; index < Catalogue.RecordCount(node); index++)
        {
            ReadOnlySpan<byte> record = Catalogue.Record(node, index);
            int keyLength = Catalogue.KeyLength(record);
            if (record.Length < 8 || keyLength < 7 || record.Length < keyLength + 2)
            {
                Findings.Add(HfsRules.RecordWithinNode, Header.Position, $"a record of {record.Length} bytes in the catalogue");
                continue;
            }

            uint parent = ParentOf(record);
            if (parent > id)
            {
                return true;
            }

            if (parent != id)
            {
                continue;
            }

            VolumeEntry named = new()
            {
                Name = NameOf(record[..keyLength]),
                Type = EntryType.File,
                Parent = directory,
                Depth = directory.Depth + 1,
            };
            if (Entry(named, record[keyLength..]) is { } entry)
            {
                found.Add(entry);
            }
        }

        return false;
    }
}
