// SPDX-License-Identifier: MIT
using Spindle.Archiving.Catalogue;
using Spindle.Archiving.Sources;
using Spindle.Files;

namespace Spindle.Archiving.Restoring;

/// <summary>What a disc is needed for, in about the order in which it lies there: the disc's own list is read, and the catalogue asked of each line.</summary>
/// <remarks>
/// A window's worth is in memory, and never the list. What the list does not have, or has where it is not, is left over. The
/// list is in the order of the catalogue's own names, so that nearly all lines are found by walking along with it; only for the
/// others the catalogue is asked by their hash.
/// </remarks>
internal sealed class ListedJobs : IDisposable
{
    private const int WindowLength = 4096;

    private readonly ArchiveDisc _disc;
    private readonly Statement _byHash;
    private readonly Statement _directoryId;
    private readonly Statement _inDirectory;
    private readonly NumberSet _contents;
    private readonly HashSet<(long Content, long Part)> _parts = [];
    private byte[]? _directory;
    private IEnumerator<RestoreJob>? _walk;

    /// <param name="database">The catalogue with what is wanted.</param>
    /// <param name="disc">A disc with a list.</param>
    /// <param name="number">Which one it is in the catalogue.</param>
    public ListedJobs(CatalogueDatabase database, ArchiveDisc disc, int number)
    {
        _disc = disc;
        using Statement largest = database.Prepare("SELECT coalesce(max(id), 0) FROM content");
        _contents = new(largest.Scalar()!.Value);
        string columns = JobRows.Columns("n.part, n.offset, n.length");
        _byHash = database.Prepare($"""
            SELECT {columns}
            FROM content c JOIN temp.need n ON n.content = c.id AND +n.disc = {number} JOIN temp.wanted w ON w.content = c.id AND w.kind = 0 AND w.state = 0
                JOIN entry e ON e.id = w.entry JOIN directory d ON d.id = e.directory
            WHERE c.sha256 = ?1 AND n.offset = ?2
            """);
        _directoryId = database.Prepare("SELECT id FROM directory WHERE path = ?1");
        _inDirectory = database.Prepare($"""
            SELECT {columns}
            FROM entry e CROSS JOIN directory d CROSS JOIN temp.wanted w CROSS JOIN content c CROSS JOIN temp.need n
            WHERE e.directory = ?1 AND e.gone_scan IS NULL AND d.id = ?1 AND w.entry = e.id AND w.kind = 0 AND w.state = 0
                AND c.id = w.content AND n.content = w.content AND n.part = 0 AND +n.disc = {number} AND n.names = 1
            ORDER BY e.name
            """);
    }

    /// <summary>Runs of jobs, each in the order in which it is to be read.</summary>
    public IEnumerable<IReadOnlyList<RestoreJob>> Windows()
    {
        List<RestoreJob> window = [];
        foreach (DiscLine line in DiscIndex.Lines(_disc))
        {
            if (line is not { Kind: EntryKind.File, Sha256: { } sha256 } || (line.Sector is null && line.Size > 0))
            {
                continue;
            }

            foreach (RestoreJob job in OfItsName(line) is { } one ? [one] : JobRows.Read(_byHash.Bind(1, sha256).Bind(2, line.Offset)))
            {
                job.Names.Sort(NamesOfOneFileTogether);
                if (job.Part == 0 ? _contents.Add(job.Content) : _parts.Add((job.Content, job.Part)))
                {
                    job.Place = DiscPlace.Of(line);
                    window.Add(job);
                }
            }

            if (window.Count >= WindowLength)
            {
                yield return InOrder(window);
                window = [];
            }
        }

        if (window.Count > 0)
        {
            yield return InOrder(window);
        }
    }

    public void Dispose()
    {
        _walk?.Dispose();
        _byHash.Dispose();
        _directoryId.Dispose();
        _inDirectory.Dispose();
    }

    /// <summary>What is wanted under the very name of a line, where that is the only name of its content.</summary>
    /// <returns>Null where it must be sought by its hash.</returns>
    private RestoreJob? OfItsName(DiscLine line)
    {
        if (line.Part is not null)
        {
            return null;
        }

        ReadOnlySpan<byte> directory = ArchivePath.DirectoryOf(line.Path);
        if (_directory is null || !directory.SequenceEqual(_directory))
        {
            _directory = directory.ToArray();
            _walk?.Dispose();
            _inDirectory.Reset();
            _walk = _directoryId.Bind(1, directory).Scalar() is { } id ? JobRows.Read(_inDirectory.Bind(1, id), isByName: true).GetEnumerator() : null;
            Walk();
        }

        int order = -1;
        while (_walk is not null && (order = _walk.Current.Names[0].Path.AsSpan().SequenceCompareTo(line.Path)) < 0)
        {
            Walk();
        }

        return order == 0 && _walk is not null && _walk.Current.Hash.SequenceEqual(line.Sha256) ? _walk.Current : null;
    }

    private void Walk()
    {
        if (_walk?.MoveNext() == false)
        {
            _walk.Dispose();
            _walk = null;
        }
    }

    private static int NamesOfOneFileTogether(RestoreName one, RestoreName other) =>
        one.LinkGroup == other.LinkGroup ? one.Entry.CompareTo(other.Entry) : Nullable.Compare(one.LinkGroup, other.LinkGroup);

    private static List<RestoreJob> InOrder(List<RestoreJob> window)
    {
        window.Sort((one, other) => one.Position.CompareTo(other.Position));
        return window;
    }
}
