// SPDX-License-Identifier: MIT
using Spindle.Archiving.Catalogue;
using Spindle.Files;

namespace Spindle.Archiving.Discs;

/// <summary>What a disc shows and lists, read from the catalogue as it was when the disc was planned.</summary>
/// <remarks>
/// The same plan gives the same entries in the same order for ever: nothing that a later scan or plan adds is looked at. The
/// catalogue is asked anew at each walk, so that no more than a directory's worth of names is in memory.
/// </remarks>
internal sealed class DiscEntries : IDisposable
{
    private const long NoRow = -1; // of a directory that has no row of its own: nothing is in it

    private const int DefaultDirectoryMode = 0x1ED; // rwxr-xr-x

    // Nearly all files are whole and here: one row tells all of them.
    private const string Columns = """
        name, kind, entry.size, modified, mode, uid, gid, target, link_group, extra, entry.content, content.sha256, sha512, placement.part
        FROM entry LEFT JOIN content ON content.id = entry.content
        LEFT JOIN placement ON placement.content = entry.content AND placement.disc = ?1 AND part = 0
        """;

    private readonly CatalogueDatabase _database;
    private readonly int _disc;
    private readonly long _scan;
    private readonly int _newestDisc;
    private readonly List<(long Id, byte[] Path)> _directories = [];

    // Names that are here for a later part of their file only: few, as each such file is about as large as a disc.
    private readonly Dictionary<long, List<long>> _laterParts = [];

    private readonly ContentPaths _knownPaths;

    private readonly Statement _inDirectory;
    private readonly Statement _entry;
    private readonly Statement _directory;
    private readonly Statement _placement;
    private readonly Statement _pathOfContent;
    private readonly Statement _nameLikePart;

    /// <summary>Prepares the walk.</summary>
    /// <param name="database">The catalogue. Its connection is used for as long as this lives.</param>
    /// <param name="disc">The disc's number.</param>
    /// <param name="knownPaths">Shared by the discs of a plan.</param>
    public DiscEntries(CatalogueDatabase database, int disc, ContentPaths? knownPaths = null)
    {
        _database = database;
        _disc = disc;
        _knownPaths = knownPaths ?? new();
        string withdrawn;
        using (Statement plan = database.Prepare("""
            SELECT plan.scan, (SELECT max(number) FROM disc AS sibling WHERE sibling.plan = plan.id), detail ->> 'withdrawn'
            FROM disc JOIN plan ON plan.id = disc.plan WHERE disc.number = ?1
            """))
        {
            plan.Bind(1, disc).Step();
            (_scan, _newestDisc) = (plan.Number(0), (int)plan.Number(1));
            withdrawn = string.Join(", ", DiscNumbers.Parse(plan.Text(2))); // as the plan knew them: later ones must not change the disc
        }

        _inDirectory = database.Prepare($"SELECT {Columns} WHERE entry.disc = ?1 AND directory = ?2 ORDER BY name");
        _entry = database.Prepare($"SELECT {Columns} WHERE entry.id = ?2");
        _directory = database.Prepare("""
            SELECT modified, mode, uid, gid, extra FROM entry
            WHERE kind = 1 AND directory = ?1 AND name = ?2 AND first_scan <= ?3 AND (gone_scan IS NULL OR gone_scan > ?3)
            """);
        _placement = database.Prepare($"""
            SELECT disc, part, offset, length, sha256, (SELECT max(part) FROM placement AS other WHERE other.content = ?1)
            FROM placement WHERE content = ?1 AND disc <= ?2 AND disc NOT IN ({withdrawn}) ORDER BY disc <> ?3, part, disc LIMIT 1
            """);
        _pathOfContent = database.Prepare("""
            SELECT path, name FROM entry JOIN directory ON directory.id = entry.directory
            WHERE content = ?1 AND disc = ?2 AND kind = 0 AND (?3 IS NULL OR link_group = ?3) ORDER BY path, name LIMIT 1
            """);
        _nameLikePart = database.Prepare("""
            SELECT 1 FROM entry JOIN directory ON directory.id = entry.directory
            WHERE path = ?1 AND name > ?2 AND name < ?3 AND length(name) = ?4 AND first_scan <= ?5 LIMIT 1
            """);
        LoadLaterParts();
        LoadDirectories();
    }

    /// <summary>Everything that the disc lists: each directory, followed by what is in it, by name, but for directories.</summary>
    public IEnumerable<DiscEntry> All()
    {
        foreach ((long id, byte[] path) in _directories)
        {
            if (path.Length > 0)
            {
                yield return Directory(path);
            }

            foreach (DiscEntry entry in In(id, path))
            {
                yield return entry;
            }
        }
    }

    public void Dispose()
    {
        _inDirectory.Dispose();
        _entry.Dispose();
        _directory.Dispose();
        _placement.Dispose();
        _pathOfContent.Dispose();
        _nameLikePart.Dispose();
    }

    private void LoadLaterParts()
    {
        using Statement parts = _database.Prepare("SELECT directory, entry.id FROM entry_also JOIN entry ON entry.id = entry WHERE entry_also.disc = ?1");
        parts.Bind(1, _disc);
        while (parts.Step())
        {
            long directory = parts.Number(0);
            if (!_laterParts.TryGetValue(directory, out List<long>? entries))
            {
                _laterParts[directory] = entries = [];
            }

            entries.Add(parts.Number(1));
        }
    }

    /// <summary>Those with names in them, those that are listed, and all above.</summary>
    private void LoadDirectories()
    {
        HashSet<long> wanted = [ArchivePath.RootId, .. _laterParts.Keys];
        using (Statement withNames = _database.Prepare("SELECT DISTINCT directory FROM entry WHERE disc = ?1"))
        {
            withNames.Bind(1, _disc);
            while (withNames.Step())
            {
                wanted.Add(withNames.Number(0));
            }
        }

        using Statement byId = _database.Prepare("SELECT parent, path FROM directory WHERE id = ?1");
        using (Statement byPath = _database.Prepare("SELECT id FROM directory WHERE path = ?1"))
        using (Statement listed = _database.Prepare("""
            SELECT path, name, directory FROM entry JOIN directory ON directory.id = entry.directory WHERE disc = ?1 AND kind = 1
            """))
        {
            listed.Bind(1, _disc);
            while (listed.Step())
            {
                byte[] path = ArchivePath.Join(listed.Blob(0), listed.Blob(1));
                if (byPath.Bind(1, path).Scalar() is { } known)
                {
                    wanted.Add(known);
                }
                else
                {
                    // Nothing was ever in it, and the catalogue was imported.
                    _directories.Add((NoRow, path));
                    wanted.Add(listed.Number(2));
                }
            }
        }

        HashSet<long> loaded = [];
        foreach (long id in wanted)
        {
            for (long? above = id; above is { } next && loaded.Add(next);)
            {
                byId.Bind(1, next).Step();
                _directories.Add((next, byId.Blob(1).ToArray()));
                above = byId.NumberOrNull(0);
                byId.Reset();
            }
        }

        _directories.Sort((a, b) => ArchivePath.CompareInTreeOrder(a.Path, b.Path));
    }

    private List<DiscEntry> In(long directory, byte[] path)
    {
        List<DiscEntry> entries = [];
        _inDirectory.Bind(1, _disc).Bind(2, directory);
        while (_inDirectory.Step())
        {
            if (_inDirectory.Number(1) != (long)EntryKind.Directory)
            {
                entries.Add(Read(_inDirectory, path));
            }
        }

        if (_laterParts.TryGetValue(directory, out List<long>? laterParts))
        {
            foreach (long id in laterParts)
            {
                _entry.Bind(1, _disc).Bind(2, id).Step();
                entries.Add(Read(_entry, path));
                _entry.Reset();
            }

            entries.Sort((a, b) => a.Path.AsSpan().SequenceCompareTo(b.Path));
        }

        return entries;
    }

    private DiscEntry Read(Statement row, byte[] directory)
    {
        byte[] path = ArchivePath.Join(directory, row.Blob(0));
        long? content = row.NumberOrNull(10);
        long? linkGroup = row.NumberOrNull(8);
        (int? disc, FilePart? part) = !row.IsNull(13) ? (_disc, null) : content is { } id ? PlacementOf(id) : (null, null);
        bool isHere = disc == _disc;
        return new()
        {
            Path = path,
            Kind = (EntryKind)row.Number(1),
            Size = row.Number(2),
            Modified = row.Number(3),
            Mode = (int)row.Number(4),
            UserId = (uint)row.Number(5),
            GroupId = (uint)row.Number(6),
            Target = row.IsNull(7) ? null : row.Blob(7).ToArray(),
            LinkGroup = linkGroup,
            Extra = row.Text(9),
            Content = content,
            Sha256 = content is null ? null : row.Blob(11).ToArray(),
            Sha512 = row.IsNull(12) ? null : row.Blob(12).ToArray(),
            Disc = disc,
            Part = isHere && part is not null ? part with { MinimumDigits = DigitsFor(part, directory, row.Blob(0)) } : null,
            HasData = isHere,
            ContentPath = content is null ? null : OtherPath(path, content.Value, disc, isHere, linkGroup),
        };
    }

    private (int? Disc, FilePart? Part) PlacementOf(long content)
    {
        if (!_placement.Bind(1, content).Bind(2, _newestDisc).Bind(3, _disc).Step())
        {
            return (null, null);
        }

        int part = (int)_placement.Number(1);
        (int?, FilePart?) placement = ((int)_placement.Number(0), part == 0 ? null : new(
            part, (int)_placement.Number(5), _placement.Number(2), _placement.Number(3), _placement.IsNull(4) ? null : _placement.Blob(4).ToArray()));
        _placement.Reset();
        return placement;
    }

    /// <summary>As many digits for the names of a file's parts as it takes for no other file to have such a name.</summary>
    private int DigitsFor(FilePart part, byte[] directory, ReadOnlySpan<byte> name)
    {
        for (FilePart named = part; ; named = named with { MinimumDigits = named.MinimumDigits + 1 })
        {
            byte[] first = [.. name, (byte)'.'];
            byte[] behind = [.. name, (byte)('.' + 1)];
            long? other = _nameLikePart.Bind(1, directory).Bind(2, first).Bind(3, behind).Bind(4, (long)(first.Length + named.Suffix.Length)).Bind(5, _scan).Scalar();
            if (other is null)
            {
                return named.MinimumDigits;
            }
        }
    }

    /// <summary>Where the contents are to be found: of hard links the first name of the file, of what is on another disc a name there.</summary>
    private byte[]? OtherPath(byte[] path, long content, int? disc, bool isHere, long? linkGroup)
    {
        if (disc is null || (isHere && linkGroup is null))
        {
            return null;
        }

        byte[]? other = FirstPath(content, disc.Value, linkGroup) ?? (linkGroup is null ? null : FirstPath(content, disc.Value, null));
        return other is null || other.AsSpan().SequenceEqual(path) ? null : other;
    }

    private byte[]? FirstPath(long content, int disc, long? linkGroup)
    {
        if (_knownPaths.TryGet(content, disc, linkGroup, out byte[]? known))
        {
            return known;
        }

        bool isFound = _pathOfContent.Bind(1, content).Bind(2, (long)disc).Bind(3, linkGroup).Step();
        byte[]? first = isFound ? ArchivePath.Join(_pathOfContent.Blob(0), _pathOfContent.Blob(1)) : null;
        _pathOfContent.Reset();
        _knownPaths.Add(content, disc, linkGroup, first);
        return first;
    }

    private DiscEntry Directory(byte[] path)
    {
        // The catalogue names directories by their path; where one stands is what is before the last slash.
        using Statement parent = _database.Prepare("SELECT id FROM directory WHERE path = ?1");
        long above = (long)parent.Bind(1, ArchivePath.DirectoryOf(path)).Scalar()!;
        bool isKnown = _directory.Bind(1, above).Bind(2, ArchivePath.NameOf(path)).Bind(3, _scan).Step();
        DiscEntry entry = new()
        {
            Path = path,
            Kind = EntryKind.Directory,
            Modified = isKnown ? _directory.Number(0) : 0,
            Mode = isKnown ? (int)_directory.Number(1) : DefaultDirectoryMode,
            UserId = isKnown ? (uint)_directory.Number(2) : 0,
            GroupId = isKnown ? (uint)_directory.Number(3) : 0,
            Extra = isKnown ? _directory.Text(4) : null,
        };
        _directory.Reset();
        return entry;
    }
}
