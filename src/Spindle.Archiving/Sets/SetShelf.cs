// SPDX-License-Identifier: MIT
using Spindle.Formats.MapFile;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>What of a set is at hand: its table, and each member that was found in some folders and files.</summary>
internal sealed class SetShelf : IDisposable
{
    private static readonly string[] Suffixes = [".iso", ".img"];

    private readonly List<Failure> _others = [];

    private SetShelf(SetTable table, SetSource[] sources) => (Table, Sources) = (table, sources);

    /// <summary>The set.</summary>
    public SetTable Table { get; }

    /// <summary>All members, discs first.</summary>
    public IReadOnlyList<SetSource> Sources { get; }

    /// <summary>The members that are missing.</summary>
    public IEnumerable<SetSource> Missing => Sources.Where(source => source.Storage is null);

    /// <summary>What was named and is none of the set.</summary>
    public IReadOnlyList<Failure> Others => _others;

    /// <summary>How many more members may be lost as a whole.</summary>
    public int MayLose => Table.Parity.Count - Missing.Count();

    /// <summary>All members, and what is known of them.</summary>
    /// <param name="stateOf">What is known of one that is at hand.</param>
    public IReadOnlyList<SetMemberState> States(Func<SetSource, SetState> stateOf) =>
        [.. Sources.Select(source => new SetMemberState(source.Member, source.Path, source.Path is null ? SetState.Missing : stateOf(source)))];

    /// <summary>Finds a set.</summary>
    /// <param name="paths">Folders (with a folder <c>PARITY</c> in them, that too) and files.</param>
    /// <param name="lost">Members that count as missing, whatever is there.</param>
    /// <exception cref="OperationFailedException"><c>no-set</c>, <c>set-table-damaged</c>, <c>generation-mixed</c>, <c>no-such-source</c>, <c>disc-given-twice</c>, <c>not-in-set</c>.</exception>
    public static SetShelf Open(IReadOnlyList<string> paths, IReadOnlyList<string> lost)
    {
        List<string> folders = [];
        List<string> files = [];
        foreach (string path in paths)
        {
            try
            {
                AddTo(folders, files, path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw SetFailures.CannotOpen(path, e);
            }
        }

        SetTable table = FindTable(folders, files, paths);
        if (lost.FirstOrDefault(name => table.Members.All(member => member.Name != name)) is { } stranger)
        {
            throw SetFailures.NotInSet(stranger);
        }

        SetShelf shelf = new(table, [.. table.Members.Select((member, index) => new SetSource(index, member))]);
        try
        {
            shelf.FindDigests(folders);
            shelf.FindMembers(files, lost, paths);
            return shelf;
        }
        catch (OperationFailedException)
        {
            shelf.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SetSource source in Sources)
        {
            source.Storage?.Dispose();
        }
    }

    private static void AddTo(List<string> folders, List<string> files, string path)
    {
        if (Directory.Exists(path))
        {
            foreach (string folder in (string[])[path, Path.Combine(path, SetNames.Folder)])
            {
                if (Directory.Exists(folder) && !folders.Contains(Path.GetFullPath(folder)))
                {
                    folders.Add(Path.GetFullPath(folder));
                    files.AddRange(Directory.EnumerateFiles(Path.GetFullPath(folder)).Order(StringComparer.Ordinal));
                }
            }
        }
        else if (File.Exists(path))
        {
            files.Add(Path.GetFullPath(path));
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            if (File.Exists(Path.Combine(folder, SetNames.Table)) && !folders.Contains(folder))
            {
                folders.Add(folder); // of a volume: its table and its digests lie beside it
            }
        }
        else
        {
            throw SetFailures.NoSuchSource(path);
        }
    }

    private static SetTable FindTable(List<string> folders, List<string> files, IReadOnlyList<string> paths)
    {
        string[] tables = [.. folders.Select(folder => Path.Combine(folder, SetNames.Table)).Where(File.Exists).Concat(files.Where(file => Path.GetFileName(file) == SetNames.Table)).Distinct()];
        SetTable? found = null;
        string foundAt = "";
        foreach (string path in tables)
        {
            if (ReadTable(path) is { } table)
            {
                if (found is not null && found.Uuid != table.Uuid)
                {
                    throw SetFailures.Mixed(foundAt, path);
                }

                (found, foundAt) = (table, path);
            }
        }

        return found ?? throw (tables.Length > 0 ? SetFailures.DamagedTable(tables[0]) : SetFailures.NoSet(paths));
    }

    private static SetTable? ReadTable(string path)
    {
        using ImageFile file = ImageFile.OpenRead(path);
        byte[] bytes = new byte[Math.Min(file.Length, SetTable.LongestText + 1)];
        return file.Read(0, bytes) == bytes.Length ? SetTable.TryRead(bytes) : null;
    }

    private void FindDigests(List<string> folders)
    {
        foreach (SetSource source in Sources)
        {
            source.Digests = folders.Select(folder => Path.Combine(folder, SetNames.Digests, SetNames.Digest(source.Member.Name))).Where(File.Exists)
                .Select(path => ReadDigests(path, source.Length)).FirstOrDefault(sums => sums is not null);
        }
    }

    private static PieceSums? ReadDigests(string path, long length)
    {
        using ImageFile file = ImageFile.OpenRead(path);
        long expected = (length + PieceSums.PieceLength - 1) / PieceSums.PieceLength * sizeof(uint);
        if (file.Length != expected)
        {
            return null;
        }

        byte[] bytes = new byte[expected];
        return file.Read(0, bytes) == bytes.Length ? PieceSums.TryRead(bytes, length) : null;
    }

    private void FindMembers(List<string> files, IReadOnlyList<string> lost, IReadOnlyList<string> paths)
    {
        string[] distinct = [.. files.Distinct()];
        List<string> strangers = [];
        foreach (string path in distinct)
        {
            if (Sources.FirstOrDefault(source => source.Member.Name == SetNames.PlainOf(Path.GetFileName(path))) is { } source)
            {
                Put(source, path, lost);
            }
            else
            {
                strangers.Add(path);
            }
        }

        HashSet<string> named = [.. paths.Select(Path.GetFullPath)];
        foreach (string path in strangers.Where(path => named.Contains(path) || Suffixes.Contains(Path.GetExtension(path).ToLowerInvariant())))
        {
            if (SetLikeness.Find(path, Missing.Where(source => source.Member is SetDisc && !lost.Contains(source.Member.Name))) is { } source)
            {
                Put(source, path, lost);
            }
            else if (Path.GetFileName(path) != SetNames.Table)
            {
                _others.Add(SetFailures.Wrong(path));
            }
        }
    }

    private static void Put(SetSource source, string path, IReadOnlyList<string> lost)
    {
        if (lost.Contains(source.Member.Name))
        {
            return;
        }

        if (source.Path is { } other)
        {
            throw SetFailures.GivenTwice(source.Member.Name, other, path);
        }

        source.Path = path;
        source.Storage = ImageFile.OpenRead(path);
        source.Map = source.Member is SetDisc ? ImageMaps.ReadBeside(path, Capacity.SectorSize, source.Storage.Length) : null;
    }
}
