// SPDX-License-Identifier: MIT
using Spindle.Archiving.Catalogue;
using Spindle.Files;

namespace Spindle.Archiving.Planning;

/// <summary>The directories with names that are on no disc yet, and all above them, in tree order.</summary>
internal sealed class NewDirectories
{
    private readonly List<(long Id, byte[] Path)> _directories = [];
    private readonly int[] _parents;
    private readonly int[] _firstChild;
    private readonly int[] _nextSibling;

    /// <param name="database">The catalogue.</param>
    /// <param name="withRoot">Whether the root is among them where there is no other: a disc may tell of what is gone only.</param>
    public NewDirectories(CatalogueDatabase database, bool withRoot)
    {
        Dictionary<long, int> indices = Load(database, withRoot);
        _parents = new int[Count];
        _firstChild = new int[Count];
        _nextSibling = new int[Count];
        Array.Fill(_firstChild, -1);
        Array.Fill(_nextSibling, -1);
        using Statement parentOf = database.Prepare("SELECT parent FROM directory WHERE id = ?1");
        for (int index = Count - 1; index >= 0; index--)
        {
            int parent = parentOf.Bind(1, _directories[index].Id).Scalar() is { } id ? indices[id] : -1;
            _parents[index] = parent;
            if (parent >= 0)
            {
                // From the last to the first, so that the list is in order.
                _nextSibling[index] = _firstChild[parent];
                _firstChild[parent] = index;
            }
        }
    }

    public int Count => _directories.Count;

    /// <summary>Its row in the catalogue.</summary>
    public long IdOf(int index) => _directories[index].Id;

    public byte[] PathOf(int index) => _directories[index].Path;

    /// <summary>Index of the directory that it is in; -1 of the root.</summary>
    public int ParentOf(int index) => _parents[index];

    public IEnumerable<int> ChildrenOf(int index)
    {
        for (int child = _firstChild[index]; child >= 0; child = _nextSibling[child])
        {
            yield return child;
        }
    }

    private Dictionary<long, int> Load(CatalogueDatabase database, bool withRoot)
    {
        HashSet<long> loaded = [];
        using Statement byId = database.Prepare("SELECT parent, path FROM directory WHERE id = ?1");
        using (Statement withNews = database.Prepare("SELECT DISTINCT directory FROM entry WHERE gone_scan IS NULL AND disc IS NULL"))
        {
            while (withNews.Step())
            {
                AddWithAllAbove(withNews.Number(0));
            }
        }

        // Empty directories, and those that are new to the archive with all that is in them on other discs.
        using (Statement named = database.Prepare("""
            SELECT path, name FROM entry JOIN directory ON directory.id = entry.directory WHERE gone_scan IS NULL AND disc IS NULL AND kind = 1
            """))
        using (Statement byPath = database.Prepare("SELECT id FROM directory WHERE path = ?1"))
        {
            while (named.Step())
            {
                if (byPath.Bind(1, ArchivePath.Join(named.Blob(0), named.Blob(1))).Scalar() is { } id)
                {
                    AddWithAllAbove(id);
                }
            }
        }

        if (withRoot && _directories.Count == 0)
        {
            const long root = 1;
            AddWithAllAbove(root);
        }

        _directories.Sort((a, b) => ArchivePath.CompareInTreeOrder(a.Path, b.Path));
        Dictionary<long, int> indices = new(Count);
        for (int index = 0; index < Count; index++)
        {
            indices.Add(_directories[index].Id, index);
        }

        return indices;

        void AddWithAllAbove(long id)
        {
            for (long? next = id; next is { } directory && loaded.Add(directory);)
            {
                byId.Bind(1, directory).Step();
                _directories.Add((directory, byId.Blob(1).ToArray()));
                next = byId.NumberOrNull(0);
                byId.Reset();
            }
        }
    }
}
