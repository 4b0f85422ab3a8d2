// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Spindle.Formats.MapFile;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>What of a set is at hand: its table, and each member that was found in some folders and files.</summary>
internal sealed partial class SetShelf : IDisposable
{
    private static readonly string[] Suffixes = [".iso", ".img"];

    private readonly List<Failure> _others = [];
    private readonly List<ParityDiscImage> _discs;

    private SetShelf(SetTable table, List<ParityDiscImage> discs, SumsReader? sums)
    {
        Sums = sums;
        Table = table;
        _discs = discs;
        Sources = [.. table.Members.Select((member, index) => new SetSource(index, member))];
    }

    /// <summary>The set.</summary>
    public SetTable Table { get; }

    /// <summary>All members, discs first.</summary>
    public IReadOnlyList<SetSource> Sources { get; }

    /// <summary>Sums in which members are whose images are gone; null where there are none.</summary>
    public SumsReader? Sums { get; }

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
    /// <param name="paths">Folders, with those that are in them, and files.</param>
    /// <param name="lost">Members that count as missing, whatever is there.</param>
    /// <param name="sums">The folder of sums in which members are whose images are gone; null, or one that is not there, for none.</param>
    /// <exception cref="OperationFailedException"><c>no-set</c>, <c>set-table-damaged</c>, <c>generation-mixed</c>, <c>no-such-source</c>, <c>disc-given-twice</c>, <c>not-in-set</c>.</exception>
    public static SetShelf Open(IReadOnlyList<string> paths, IReadOnlyList<string> lost, string? sums = null)
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

        List<ParityDiscImage> discs = OpenDiscs(files, paths);
        SetShelf? shelf = null;
        try
        {
            shelf = new(FindTable(folders, files, discs, paths), discs, SummedIn(sums));
            if (lost.FirstOrDefault(name => shelf.Table.Members.All(member => member.Name != name)) is { } stranger)
            {
                throw SetFailures.NotInSet(stranger);
            }

            shelf.FindDigests(folders);
            shelf.FindMembers(files, lost, paths);
            shelf.FindSummed(folders, lost);
            return shelf;
        }
        catch (OperationFailedException)
        {
            shelf?.Dispose();
            discs.ForEach(disc => disc.Dispose());
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

        _discs.ForEach(disc => disc.Dispose());
        Sums?.Dispose();
    }

    // A disc that is in the sums in part would make all of them wrong.
    private static SumsReader? SummedIn(string? folder)
    {
        if (folder is null || !SetSums.Exist(folder))
        {
            return null;
        }

        SumsReader sums = new(SetSums.Open(folder));
        if (sums.Begun is { } begun)
        {
            sums.Dispose();
            throw SetFailures.Unfinished(folder, begun);
        }

        return sums;
    }

    /// <summary>What keeps the head of a volume whose parity is in sums.</summary>
    public static string HeadOf(string volume) => volume + ".head";

    // What is in sums is as it was written, or it had not been added: digests and hashes of it are done with.
    private void FindSummed(List<string> folders, IReadOnlyList<string> lost)
    {
        foreach (SetSource source in Sources.Where(_ => Sums is not null))
        {
            if (Sums!.Members.Contains(source.Member.Name) && !lost.Contains(source.Member.Name))
            {
                byte[] head = source.Member is SetParity parity && folders.Select(folder => Path.Combine(folder, HeadOf(parity.Name))).FirstOrDefault(File.Exists) is { } path
                    ? File.ReadAllBytes(path) : new byte[source.Offset];
                source.Storage?.Dispose();
                (source.Storage, source.Path, source.Digests, source.Map, source.IsSummed) = (new SummedStorage(source.Member, Sums, head), source.Member.Name, null, null, true);
            }
            else if (source.Member is SetParity)
            {
                source.Sums = Sums;
            }
        }
    }

    /// <summary>Opens those files that are images of parity discs, and takes them out of the list.</summary>
    private static List<ParityDiscImage> OpenDiscs(List<string> files, IReadOnlyList<string> paths)
    {
        HashSet<string> named = [.. paths.Select(Path.GetFullPath)];
        List<ParityDiscImage> discs = [.. files.Distinct().Where(file => named.Contains(file) || ParityDiscName().IsMatch(file)).Select(ParityDiscImage.TryOpen).OfType<ParityDiscImage>()];
        files.RemoveAll(file => discs.Exists(disc => disc.Path == file));
        return discs;
    }

    private static void AddTo(List<string> folders, List<string> files, string path)
    {
        if (Directory.Exists(path))
        {
            // 'image' makes a folder for each disc; on a mounted parity disc the parity is in one, too.
            foreach (string folder in Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal).Where(folder => Path.GetFileName(folder) != SetNames.Digests).Prepend(path))
            {
                if (!folders.Contains(Path.GetFullPath(folder)))
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

    private static SetTable FindTable(List<string> folders, List<string> files, List<ParityDiscImage> discs, IReadOnlyList<string> paths)
    {
        string[] tables = [.. folders.Select(folder => Path.Combine(folder, SetNames.Table)).Where(File.Exists).Concat(files.Where(file => Path.GetFileName(file) == SetNames.Table)).Distinct()];
        SetTable? found = null;
        string foundAt = "";
        foreach ((string path, SetTable? read) in tables.Select(path => (path, ReadTable(path)))
            .Concat(discs.Select(disc => (disc.Path, disc.Read(SetNames.Table, SetTable.LongestText) is { } bytes ? SetTable.TryRead(bytes) : null))))
        {
            if (read is { } table)
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
                .Select(path => ReadDigests(path, source.Length)).FirstOrDefault(sums => sums is not null)
                ?? _discs.Select(disc => disc.Read($"{SetNames.Digests}/{SetNames.Digest(source.Member.Name)}", DigestBytes(source.Length))).OfType<byte[]>()
                    .Select(bytes => PieceSums.TryRead(bytes, source.Length)).FirstOrDefault(sums => sums is not null);
        }
    }

    private static PieceSums? ReadDigests(string path, long length)
    {
        using ImageFile file = ImageFile.OpenRead(path);
        long expected = DigestBytes(length);
        if (file.Length != expected)
        {
            return null;
        }

        byte[] bytes = new byte[expected];
        return file.Read(0, bytes) == bytes.Length ? PieceSums.TryRead(bytes, length) : null;
    }

    /// <summary>Bytes of the digests of so many bytes.</summary>
    public static long DigestBytes(long length) => (length + PieceSums.PieceLength - 1) / PieceSums.PieceLength * sizeof(uint);

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

        foreach (ParityDiscImage disc in _discs)
        {
            foreach (SetSource source in Sources.Where(source => source.Member is SetParity && !lost.Contains(source.Member.Name)))
            {
                if (disc.Open(source.Member.Name) is { } storage)
                {
                    source.Storage?.Dispose();
                    (source.Path, source.Storage) = (disc.Path, storage);
                }
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

    [GeneratedRegex(@"_P[1-8]\.iso$")]
    private static partial Regex ParityDiscName();

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
