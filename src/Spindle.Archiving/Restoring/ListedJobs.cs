// SPDX-License-Identifier: MIT
using Spindle.Archiving.Catalogue;
using Spindle.Archiving.Sources;

namespace Spindle.Archiving.Restoring;

/// <summary>What a disc is needed for, in about the order in which it lies there: the disc's own list is read, and the catalogue asked of each line.</summary>
/// <remarks>A window's worth is in memory, and never the list. What the list does not have, or has where it is not, is left over.</remarks>
internal sealed class ListedJobs : IDisposable
{
    private const int WindowLength = 4096;

    private readonly ArchiveDisc _disc;
    private readonly Statement _rows;
    private readonly NumberSet _contents;
    private readonly HashSet<(long Content, long Part)> _parts = [];

    /// <param name="database">The catalogue with what is wanted.</param>
    /// <param name="disc">A disc with a list.</param>
    /// <param name="number">Which one it is in the catalogue.</param>
    public ListedJobs(CatalogueDatabase database, ArchiveDisc disc, int number)
    {
        _disc = disc;
        using Statement largest = database.Prepare("SELECT coalesce(max(id), 0) FROM content");
        _contents = new(largest.Scalar()!.Value);
        _rows = database.Prepare($"""
            SELECT {JobRows.Columns("n.part, n.offset, n.length")}
            FROM content c JOIN temp.need n ON n.content = c.id AND n.disc = {number} JOIN temp.wanted w ON w.content = c.id AND w.kind = 0 AND w.state = 0
                JOIN entry e ON e.id = w.entry JOIN directory d ON d.id = e.directory
            WHERE c.sha256 = ?1 AND n.offset = ?2
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

            foreach (RestoreJob job in JobRows.Read(_rows.Bind(1, sha256).Bind(2, line.Offset)))
            {
                job.Names.Sort(NamesOfOneFileTogether); // here, and not by the database: nearly all have one
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

    public void Dispose() => _rows.Dispose();

    private static int NamesOfOneFileTogether(RestoreName one, RestoreName other) =>
        one.LinkGroup == other.LinkGroup ? one.Entry.CompareTo(other.Entry) : Nullable.Compare(one.LinkGroup, other.LinkGroup);

    private static List<RestoreJob> InOrder(List<RestoreJob> window)
    {
        window.Sort((one, other) => one.Position.CompareTo(other.Position));
        return window;
    }
}
