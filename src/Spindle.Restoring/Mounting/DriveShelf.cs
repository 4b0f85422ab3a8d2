// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue;
using Spindle.Catalogue.Documents;
using Spindle.Files.Windows;
using Spindle.Media;
using Spindle.Restoring.Shelf;

namespace Spindle.Restoring.Mounting;

/// <summary>The discs that a drive reads from: images that are where the catalogue says, and what is among its sources now. Used by many threads at once.</summary>
/// <remarks>A disc is opened when something is read from it, and closed a while after the last one did: a few are open at a time.</remarks>
public sealed class DriveShelf : IDisposable
{
    private const int MostOpen = 8; // that nobody reads from
    private const int MostDistrusted = 10_000;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2), Idle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5); // an image that is shorter than its disc, and was written to since, is still being copied

    private readonly CatalogueDatabase _database;
    private readonly Guid _archive;
    private readonly Func<string, ISectorReader>? _openMedium;
    private readonly IReadOnlyList<string> _sources;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new(), _looking = new(); // the second is taken first, where both are
    private readonly List<ShelvedDisc> _open = [];
    private readonly Dictionary<string, string?> _looks = []; // what each source looked like
    private readonly Dictionary<string, List<(int Number, string Path)>> _seen = []; // the discs of each source
    private readonly SortedSet<int> _wanted = [];
    private readonly HashSet<long> _distrusted = [];
    private DateTimeOffset _looked = DateTimeOffset.MinValue;

    /// <summary>Makes one; nothing is looked at yet.</summary>
    /// <param name="catalogue">The catalogue, as a path.</param>
    /// <param name="openMedium">Opens a drive, a device or an image file; null where image files are all there is.</param>
    /// <param name="sources">Images, drives, mounted discs, and folders of such, beside the images that the catalogue tells of.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="OperationFailedException">The catalogue can't be opened.</exception>
    public DriveShelf(string catalogue, Func<string, ISectorReader>? openMedium, IReadOnlyList<string> sources, TimeProvider time)
    {
        _database = CatalogueDatabase.OpenForReading(catalogue);
        _database.Run("PRAGMA cache_size = -4096");
        (_archive, _openMedium, _sources, _time) = (_database.Uuid, openMedium, sources, time);
    }

    /// <summary>The discs that were asked for and are not at hand, since <see cref="ForgetWanted"/>, each by its number and what it is called.</summary>
    public IReadOnlyList<(int Number, string Label)> Wanted
    {
        get
        {
            lock (_lock)
            {
                return [.. _wanted.Select(disc => (disc, DriveContents.LabelOf(_database, disc)))];
            }
        }
    }

    /// <summary>What is wanted still will be asked for again.</summary>
    public void ForgetWanted()
    {
        lock (_lock)
        {
            _wanted.Clear();
        }
    }

    /// <summary>Whether a disc is at hand, as far as can be seen without opening it.</summary>
    public bool Has(int disc)
    {
        bool IsSeen()
        {
            lock (_lock)
            {
                return _open.Exists(open => open.Number == disc) || PathsOf(disc).Any();
            }
        }

        if (IsSeen())
        {
            return true;
        }

        Look();
        return IsSeen();
    }

    /// <summary>Closes discs that nobody has read from for a while: so that what they are on can be taken away.</summary>
    public void CloseIdle()
    {
        lock (_lock)
        {
            DateTimeOffset now = _time.GetUtcNow();
            ShelvedDisc[] unused = [.. _open.Where(disc => disc.Users == 0).OrderByDescending(disc => disc.Used)];
            foreach (ShelvedDisc disc in unused.Where((disc, index) => index >= MostOpen || now - disc.Used > Idle))
            {
                Close(disc);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (ShelvedDisc disc in _open.ToArray())
            {
                Close(disc);
            }

            _database.Dispose();
        }
    }

    /// <summary>Places that may have a part of a content, the likeliest first: of each disc that has it, of each copy that is at hand. A disc is open as long as its places are gone through.</summary>
    internal IEnumerable<ShelvedPlace> Places(PlacedContent content, ContentPart part)
    {
        foreach (int number in part.Discs)
        {
            HashSet<string> tried = [];
            while (Borrow(number, tried) is { } disc)
            {
                try
                {
                    IReadOnlyList<byte[]> paths;
                    lock (_lock)
                    {
                        paths = ContentPaths.Of(_database, (content.Number, part.Number, part.Offset, part.Length), number);
                    }

                    foreach (DiscContent place in disc.Places(content, part, paths))
                    {
                        using (place)
                        {
                            yield return new(disc, place);
                        }
                    }
                }
                finally
                {
                    Return(disc);
                }
            }
        }
    }

    /// <summary>Somebody asks for what these discs have, and none of them is at hand.</summary>
    internal void Want(IEnumerable<int> discs)
    {
        lock (_lock)
        {
            _wanted.UnionWith(discs);
        }
    }

    /// <summary>A disc gave less than it should: it is opened anew for the next one, for it may be another one now.</summary>
    internal void Doubt(ShelvedDisc disc)
    {
        lock (_lock)
        {
            disc.IsDoubted = true;
            _ = _open.Remove(disc);
            _looked = DateTimeOffset.MinValue;
        }
    }

    /// <summary>What was read of a content was not what was archived: what the system keeps of it must not be taken for right.</summary>
    internal void Distrust(long content)
    {
        lock (_lock)
        {
            if (_distrusted.Count < MostDistrusted)
            {
                _ = _distrusted.Add(content);
            }
        }
    }

    internal bool IsDistrusted(long content)
    {
        lock (_lock)
        {
            return _distrusted.Count == MostDistrusted || _distrusted.Contains(content);
        }
    }

    /// <summary>Opens a copy of a disc that was not tried yet: the sources are looked through when those that are known are used up.</summary>
    private ShelvedDisc? Borrow(int number, HashSet<string> tried)
    {
        if (BorrowSeen(number, tried) is { } disc)
        {
            return disc;
        }

        Look();
        return BorrowSeen(number, tried);
    }

    private ShelvedDisc? BorrowSeen(int number, HashSet<string> tried)
    {
        lock (_lock)
        {
            CloseIdle();
            ShelvedDisc? disc = _open.Find(open => open.Number == number && !tried.Contains(open.Path));
            if (disc is null)
            {
                foreach (string path in PathsOf(number).Where(path => !tried.Contains(path)).ToArray())
                {
                    if ((disc = TryOpen(path, number)) is not null)
                    {
                        break;
                    }

                    tried.Add(path);
                }
            }

            if (disc is not null)
            {
                tried.Add(disc.Path);
                disc.Users++;
            }

            return disc;
        }
    }

    private void Return(ShelvedDisc disc)
    {
        lock (_lock)
        {
            disc.Users--;
            disc.Used = _time.GetUtcNow();
            if (disc is { IsDoubted: true, Users: 0 })
            {
                Close(disc);
            }
        }
    }

    private void Close(ShelvedDisc disc)
    {
        _ = _open.Remove(disc);
        disc.Dispose();
    }

    private ShelvedDisc? TryOpen(string path, int number)
    {
        DiscShelf shelf = new(_openMedium);
        shelf.Add(path);
        if (shelf.Discs is [var disc] && NumberOf(disc) == number && !IsBeingCopied(path, number))
        {
            ShelvedDisc opened = new(number, path, disc, shelf) { Used = _time.GetUtcNow() };
            _open.Add(opened);
            return opened;
        }

        shelf.Dispose();
        return null;
    }

    /// <summary>Where a disc may be: as an image that the catalogue tells of, and is there; and among the sources, as they were seen last.</summary>
    private IEnumerable<string> PathsOf(int number)
    {
        List<string> paths = [];
        using (Statement found = _database.Prepare("SELECT image FROM disc WHERE number = ?1 AND image IS NOT NULL UNION SELECT place FROM copy WHERE disc = ?1 AND place IS NOT NULL"))
        {
            found.Bind(1, number);
            while (found.Step())
            {
                if (found.Text(0) is { } path && Path.IsPathRooted(path) && File.Exists(path))
                {
                    paths.Add(path);
                }
            }
        }

        return paths.Concat(_seen.Values.SelectMany(seen => seen).Where(seen => seen.Number == number).Select(seen => seen.Path)).Distinct();
    }

    /// <summary>Finds out what is among the sources, unless that was done just now, or a folder looks as it did.</summary>
    /// <remarks>A drive takes its time, and one that is stuck does not answer at all: it holds up who needs what may be in it, and nobody who reads from what is known.</remarks>
    private void Look()
    {
        lock (_looking)
        {
            lock (_lock)
            {
                if (_time.GetUtcNow() - _looked < BetweenLooks)
                {
                    return;
                }
            }

            foreach (string source in _sources)
            {
                string? look = LookOf(source);
                if (look is null || !_looks.TryGetValue(source, out string? before) || before != look)
                {
                    _looks[source] = look;
                    List<(int, string)> discs = DiscsOf(source);
                    lock (_lock)
                    {
                        _seen[source] = discs;
                    }
                }
            }

            lock (_lock)
            {
                _looked = _time.GetUtcNow();
            }
        }
    }

    private List<(int, string)> DiscsOf(string source)
    {
        if (!File.Exists(source) && !Directory.Exists(source) && !ExtendedPath.IsOpticalDrive(source))
        {
            return [];
        }

        using DiscShelf shelf = new(_openMedium);
        shelf.Add(source);
        return [.. shelf.Discs.Select(disc => (Number: NumberOf(disc), disc.Name)).Where(seen => seen.Number is not null).Select(seen => (seen.Number!.Value, seen.Name))];
    }

    /// <summary>What a folder looks like; null of all else, which must be opened to know.</summary>
    private static string? LookOf(string source)
    {
        if (ExtendedPath.IsOpticalDrive(source) || !Directory.Exists(source))
        {
            return null;
        }

        HashCode look = default;
        int count = 0;
        EnumerationOptions deep = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device, MaxRecursionDepth = 8 };
        foreach (FileSystemInfo file in new DirectoryInfo(source).EnumerateFileSystemInfos("*", deep).OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            look.Add(file.FullName);
            look.Add(file is FileInfo { Length: var length } ? length : -1);
            look.Add(file.LastWriteTimeUtc);
            count++;
        }

        return $"{count} {look.ToHashCode()}";
    }

    private bool IsBeingCopied(string path, int number)
    {
        using Statement sectors = _database.Prepare("SELECT sectors FROM disc WHERE number = ?1");
        return new FileInfo(path) is { Exists: true, Length: var length, LastWriteTimeUtc: var written }
            && length < (sectors.Bind(1, number).Scalar() ?? 0) * 2048 && _time.GetUtcNow() - written < Settled;
    }

    /// <summary>Which number the catalogue has for a disc; null where it is none of its.</summary>
    private int? NumberOf(ArchiveDisc disc)
    {
        DiscIdentity identity = disc.Identity;
        using Lock.Scope alone = _lock.EnterScope();
        using Statement known = _database.Prepare(identity.IsKnown ? "SELECT number FROM disc WHERE uuid = ?1" : "SELECT number FROM disc WHERE label = ?1");
        long? number = known.BindText(1, Encoding.UTF8.GetBytes(identity.IsKnown ? identity.Disc.ToString() : identity.Label)).Scalar()
            ?? (identity.IsKnown && identity.Archive == _archive ? identity.Number : null);
        return (int?)number;
    }
}
