// SPDX-License-Identifier: MIT
using System.Collections;
using Spindle.Archiving.Catalogue;
using Spindle.Files;
using Spindle.Mastering;

namespace Spindle.Archiving.Planning;

/// <summary>Finds out what everything that is on no disc yet will take, directory by directory.</summary>
/// <remarks>
/// What a disc's lists say of each name is estimated here, and measured when the discs are laid out: an estimate that falls short
/// makes the planner leave more room.
/// </remarks>
internal sealed class ArchiveMeasure
{
    private const int SectorLength = 2048;

    // files.tsv, SHA256SUMS and names.tsv beside the paths; longer where there is a SHA-512, too.
    private const int ListBytes = 260;
    private const int PathsInLists = 3;

    // File entry, names in three directories: what a file takes beside its contents, in a piece of a directory.
    private const int SectorsOfName = 3;

    // Parts are called NAME.001of002, perhaps with more digits, and no name has more than 255 bytes.
    private const int LongestNameOfSplitFile = 255 - 16;

    private readonly CatalogueDatabase _database;
    private readonly NewDirectories _directories;
    private readonly long _capacity;
    private readonly bool _splitsFiles;
    private readonly DirectoryMeter _meter = new(new());
    private readonly BitArray _hasPlace;
    private readonly Statement _newEntries;
    private readonly Statement _isFollower;
    private readonly Dictionary<int, IReadOnlyList<long>> _pieceSectors = [];
    private readonly Dictionary<int, List<DirectoryPiece>> _pieces = [];
    private readonly List<(byte[] Path, long Size)> _tooLarge = [];
    private readonly List<byte[]> _tooLongToSplit = [];
    private readonly List<byte[]> _withoutRoom = [];
    private readonly HashSet<long> _divided = []; // contents that are in parts
    private readonly Dictionary<long, List<(int Number, long Offset, long Length)>> _partsWithoutDisc = []; // of contents that were divided for discs that were withdrawn
    private long _listBytes;

    /// <summary>Measures all of it.</summary>
    /// <param name="database">The catalogue.</param>
    /// <param name="directories">What to measure.</param>
    /// <param name="capacity">Sectors that the planner may use of a disc.</param>
    /// <param name="request">What must stay together, and whether large files may be divided.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public ArchiveMeasure(
        CatalogueDatabase database, NewDirectories directories, long capacity, PlanRequest request, CancellationToken cancellationToken)
    {
        _database = database;
        _directories = directories;
        _capacity = capacity;
        _splitsFiles = request.SplitsFiles;
        Bound = new(capacity);
        _hasPlace = ContentsWithPlace();
        database.Run("""
            CREATE TEMP TABLE IF NOT EXISTS follower (entry INTEGER PRIMARY KEY);
            DELETE FROM follower;
            -- What was imported without a hash that can be checked: it comes onto a disc when a scan has read it.
            CREATE TEMP TABLE IF NOT EXISTS unread (id INTEGER PRIMARY KEY);
            DELETE FROM unread;
            INSERT INTO unread SELECT id FROM content WHERE sha256 IS NULL
            """);
        using (_newEntries = database.Prepare("""
            SELECT entry.id, name, kind, content, size, link_group, target, length(extra) FROM entry
            WHERE directory = ?1 AND gone_scan IS NULL AND disc IS NULL AND kind <> 1 AND (content IS NULL OR content NOT IN (SELECT id FROM unread)) ORDER BY name
            """))
        using (_isFollower = database.Prepare("INSERT INTO follower (entry) VALUES (?1)"))
        {
            HashSet<string> together = [.. request.KeepTogether.Select(path => path.Trim('/'))];
            for (int index = 0; index < directories.Count; index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                bool isUndividable = together.Count > 0 && together.Remove(System.Text.Encoding.UTF8.GetString(directories.PathOf(index)));
                Measure(index, isUndividable);
            }

            UnknownTogether = [.. together];
        }

        Costs.Complete();
    }

    public DirectoryCosts Costs { get; } = new();

    public DiscBound Bound { get; }

    /// <summary>Pieces of the directories that do not fit onto one disc, by directory.</summary>
    public IReadOnlyDictionary<int, List<DirectoryPiece>> Pieces => _pieces;

    public IReadOnlyDictionary<int, IReadOnlyList<long>> PieceSectors => _pieceSectors;

    /// <summary>Files that no disc can hold.</summary>
    public IReadOnlyList<(byte[] Path, long Size)> TooLarge => _tooLarge;

    /// <summary>What fits onto no disc beside the directories that it is in, however it is divided.</summary>
    public IReadOnlyList<byte[]> WithoutRoom => _withoutRoom;

    /// <summary>Files of which each part would have a name that is too long.</summary>
    public IReadOnlyList<byte[]> TooLongToSplit => _tooLongToSplit;

    /// <summary>What was to stay together, and is not there.</summary>
    public IReadOnlyList<string> UnknownTogether { get; } = [];

    public long Files { get; private set; }

    public long Bytes { get; private set; }

    public long References { get; private set; }

    /// <summary>Contents that have a disc already, as bits by their number.</summary>
    private BitArray ContentsWithPlace()
    {
        using Statement last = _database.Prepare("SELECT max(id) FROM content");
        BitArray places = new(checked((int)(last.Scalar() ?? 0) + 1));
        using (Statement placed = _database.Prepare("SELECT DISTINCT content FROM placement WHERE disc NOT IN (SELECT number FROM disc WHERE status = 'withdrawn')"))
        {
            while (placed.Step())
            {
                places[(int)placed.Number(0)] = true;
            }
        }

        // A file in parts is divided once: discs that are there, or turn up, have the same parts.
        using Statement parts = _database.Prepare("""
            SELECT content, part, offset, length, count(*) FILTER (WHERE disc NOT IN (SELECT number FROM disc WHERE status = 'withdrawn'))
            FROM placement WHERE part > 0 AND content IN (SELECT content FROM placement WHERE part > 0 AND disc IN (SELECT number FROM disc WHERE status = 'withdrawn'))
                AND content NOT IN (SELECT content FROM placement WHERE part = 0 AND disc NOT IN (SELECT number FROM disc WHERE status = 'withdrawn'))
            GROUP BY content, part
            """);
        while (parts.Step())
        {
            if (parts.Number(4) == 0)
            {
                places[(int)parts.Number(0)] = false;
                if (!_partsWithoutDisc.TryGetValue(parts.Number(0), out List<(int, long, long)>? missing))
                {
                    _partsWithoutDisc[parts.Number(0)] = missing = [];
                }

                missing.Add(((int)parts.Number(1), parts.Number(2), parts.Number(3)));
            }
        }

        return places;
    }

    private void Measure(int index, bool isUndividable)
    {
        _meter.Clear();
        foreach (int child in _directories.ChildrenOf(index))
        {
            _meter.AddDirectory(ArchivePath.NameOf(_directories.PathOf(child)));
        }

        byte[] path = _directories.PathOf(index);
        PieceCutter pieces = new(_capacity);
        HashSet<(long Group, long Content)> links = [];
        long listBytes = _listBytes + path.Length + ListBytes;
        long contents = 0;
        int files = 0;
        _newEntries.Bind(1, _directories.IdOf(index));
        while (_newEntries.Step())
        {
            ReadOnlySpan<byte> name = _newEntries.Blob(1);
            EntryKind kind = (EntryKind)_newEntries.Number(2);
            listBytes += (PathsInLists * (path.Length + name.Length)) + ListBytes + (_newEntries.NumberOrNull(7) ?? 0);
            if (kind == EntryKind.Symlink)
            {
                _meter.AddSymlink(name, _newEntries.Blob(6));
                pieces.Add(name, SectorsOfName);
            }
            else if (kind == EntryKind.File && _newEntries.NumberOrNull(3) is { } content)
            {
                files++;
                contents += MeasureFile(name, path, content, links, pieces);
            }
            else if (kind != EntryKind.File)
            {
                pieces.Add(name, 1); // pipes and devices are in the lists of a disc only, and must be in those of one
            }
        }

        MetadataCost cost = _meter.Measure(ArchivePath.DepthOf(path) + 1);
        listBytes += 2 * (cost.IsoPathTableBytes + cost.JolietPathTableBytes);

        // Sectors of lists are shared by all directories of a disc: each counts those that it begins.
        long sectors = cost.UdfSectors + cost.IsoSectors + cost.JolietSectors + contents + (listBytes / SectorLength) - (_listBytes / SectorLength);
        Bound.Add(sectors - contents);
        _listBytes = listBytes;

        // A file in parts makes its directory, and all above it, too large to stay whole.
        sectors += pieces.FileParts.Sum(part => VolumeGeometry.SectorsOf(part.Length));
        Costs.Add(_directories.ParentOf(index), sectors, files, isUndividable);
        Files += files;
        if (pieces.FileParts.Count > 0 || sectors > _capacity - DiscLoad.SectorsAbove(ArchivePath.DepthOf(path)))
        {
            _pieces[index] = pieces.Cut(DiscLoad.SectorsAbove(ArchivePath.DepthOf(path)));
            if (_pieces[index].Exists(piece => piece.Sectors + DiscLoad.SectorsAbove(ArchivePath.DepthOf(path)) > _capacity))
            {
                _withoutRoom.Add(path);
            }

            _pieceSectors[index] = [.. _pieces[index].Select(piece => piece.Sectors)];
        }
    }

    /// <returns>Sectors that its contents take; none where they are elsewhere already.</returns>
    private long MeasureFile(ReadOnlySpan<byte> name, byte[] directory, long content, HashSet<(long Group, long Content)> links, PieceCutter pieces)
    {
        long size = _newEntries.Number(4);
        bool isFurtherLink = _newEntries.NumberOrNull(5) is { } group && !links.Add((group, content));
        if (isFurtherLink)
        {
            _meter.AddHardLink(name, size);
        }
        else
        {
            _meter.AddFile(name, Math.Min(size, VolumeGeometry.MaximumContent));
        }

        if (_hasPlace[(int)content])
        {
            References++;
            _isFollower.Bind(1, _newEntries.Number(0)).Run();
            pieces.Add(name, SectorsOfName);
            if (_divided.Contains(content) && name.Length > LongestNameOfSplitFile)
            {
                _tooLongToSplit.Add(ArchivePath.Join(directory, name));
            }

            return 0;
        }

        _hasPlace[(int)content] = true;
        if (_partsWithoutDisc.TryGetValue(content, out List<(int Number, long Offset, long Length)>? parts))
        {
            Bytes += parts.Sum(part => part.Length);
            _divided.Add(content);
            pieces.AddParts(_newEntries.Number(0), content, parts, Bound);
            return 0;
        }

        Bytes += size;
        long sectors = VolumeGeometry.SectorsOf(size);
        long room = _capacity - DiscLoad.SectorsAbove(ArchivePath.DepthOf(directory)) - PieceCutter.Slack;
        if (sectors + SectorsOfName <= room && size <= VolumeGeometry.MaximumContent)
        {
            Bound.Add(sectors);
            pieces.Add(name, sectors + SectorsOfName);
            return sectors;
        }

        if (!_splitsFiles)
        {
            _tooLarge.Add((ArchivePath.Join(directory, name), size));
            return 0;
        }

        if (name.Length > LongestNameOfSplitFile)
        {
            _tooLongToSplit.Add(ArchivePath.Join(directory, name));
            return 0;
        }

        long partSectors = Math.Min(room - SectorsOfName, VolumeGeometry.SectorsOf(VolumeGeometry.MaximumContent));
        if (partSectors <= 0 || sectors / partSectors >= PieceCutter.MostParts)
        {
            _withoutRoom.Add(ArchivePath.Join(directory, name));
            return 0;
        }

        _divided.Add(content);
        pieces.AddFile(_newEntries.Number(0), content, size, partSectors, Bound);
        return 0;
    }
}
