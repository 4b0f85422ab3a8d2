// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Archiving.Catalogue;
using Spindle.Files;
using Spindle.Files.Patterns;

namespace Spindle.Archiving.Finding;

/// <summary>Finds files in a catalogue, and the discs that have them. The names are read as they are stored: no memory is needed for a million.</summary>
/// <param name="database">Open for reading.</param>
public sealed class FileFinder(CatalogueDatabase database)
{
    private const string Columns = "e.id, e.directory, e.name, e.size, e.modified, e.content, e.first_scan, e.gone_scan";

    private readonly Dictionary<int, DiscRecord> _discs = new DiscStore(database).All().ToDictionary(disc => disc.Number);

    /// <summary>Files that a request means, in the order of the catalogue: those of the archive, then those of discs that were imaged.</summary>
    public IEnumerable<FoundFile> Find(FindRequest request) => FindInArchive(request).Concat(new ImagedFiles(database).Find(request));

    private IEnumerable<FoundFile> FindInArchive(FindRequest request)
    {
        bool isNameOnly = !request.Pattern.Contains('/');
        GlobSegment name = new(Encoding.UTF8.GetBytes(request.Pattern));
        PathPattern pattern = PathPattern.Parse(request.Pattern);
        using Statement rows = database.Prepare(request.Sha256 is null
            ? $"SELECT {Columns} FROM entry e WHERE kind = 0 AND (?1 OR gone_scan IS NULL) AND size BETWEEN ?2 AND ?3 AND modified BETWEEN ?4 AND ?5"
            : $"SELECT {Columns} FROM content c JOIN entry e ON e.content = c.id WHERE kind = 0 AND (?1 OR gone_scan IS NULL) AND e.size BETWEEN ?2 AND ?3 AND modified BETWEEN ?4 AND ?5 AND c.sha256 BETWEEN ?6 AND ?7");
        rows.Bind(1, request.IncludesGone ? 1L : 0L).Bind(2, request.MinimumSize).Bind(3, request.MaximumSize).Bind(4, request.ModifiedFrom).Bind(5, request.ModifiedTo);
        if (request.Sha256 is { } prefix)
        {
            rows.Bind(6, FindRequest.Padded(prefix, '0')).Bind(7, FindRequest.Padded(prefix, 'f'));
        }

        using Statement path = database.Prepare("SELECT path FROM directory WHERE id = ?1");
        using ContentPlaces places = new(database, _discs);
        while (rows.Step())
        {
            if (isNameOnly && !name.Matches(rows.Blob(2)))
            {
                continue;
            }

            path.Bind(1, rows.Number(1)).Step();
            byte[] full = ArchivePath.Join(path.Blob(0), rows.Blob(2));
            path.Reset();
            if (isNameOnly || pattern.Matches(full))
            {
                yield return Read(rows, full, places);
            }
        }
    }

    /// <summary>All versions of one file, the newest first; and the files of that path on discs that were imaged.</summary>
    /// <param name="path">From the root of the archive, or of such a disc.</param>
    public IReadOnlyList<FoundFile> Where(string path)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(path.Trim('/'));
        using Statement rows = database.Prepare($"""
            SELECT {Columns} FROM entry e JOIN directory d ON d.id = e.directory WHERE d.path = ?1 AND e.name = ?2 AND kind = 0 AND gone_scan IS NULL
            UNION ALL SELECT {Columns} FROM entry e JOIN directory d ON d.id = e.directory WHERE d.path = ?1 AND e.name = ?2 AND kind = 0 AND gone_scan IS NOT NULL
            ORDER BY 7 DESC
            """);
        rows.Bind(1, ArchivePath.DirectoryOf(bytes)).Bind(2, ArchivePath.NameOf(bytes));
        using ContentPlaces places = new(database, _discs);
        List<FoundFile> versions = [];
        while (rows.Step())
        {
            versions.Add(Read(rows, bytes, places));
        }

        return [.. versions, .. new ImagedFiles(database).Where(bytes)];
    }

    private static FoundFile Read(Statement row, byte[] path, ContentPlaces places)
    {
        (string? sha256, IReadOnlyList<FoundPlace> discs) = places.Of(row.NumberOrNull(5));
        return new(Encoding.UTF8.GetString(path), row.Number(3), DateTimeOffset.UnixEpoch.AddTicks(row.Number(4) / TimeSpan.NanosecondsPerTick), sha256, row.Number(6), row.NumberOrNull(7), discs);
    }

    private sealed class ContentPlaces(CatalogueDatabase database, Dictionary<int, DiscRecord> discs) : IDisposable
    {
        private readonly Statement _hash = database.Prepare("SELECT sha256 FROM content WHERE id = ?1");
        private readonly Statement _places = database.Prepare("SELECT disc, part, offset, length FROM placement WHERE content = ?1 AND disc NOT IN (SELECT number FROM disc WHERE status = 'withdrawn') ORDER BY part, disc");

        public (string? Sha256, IReadOnlyList<FoundPlace> Discs) Of(long? content)
        {
            if (content is not { } id)
            {
                return (null, []);
            }

            _hash.Bind(1, id).Step();
            string? sha256 = _hash.IsNull(0) ? null : Convert.ToHexStringLower(_hash.Blob(0));
            _hash.Reset();
            List<FoundPlace> found = [];
            _places.Bind(1, id);
            while (_places.Step())
            {
                found.Add(new(discs[(int)_places.Number(0)], (int)_places.Number(1), _places.Number(2), _places.Number(3)));
            }

            return (sha256, found);
        }

        public void Dispose()
        {
            _hash.Dispose();
            _places.Dispose();
        }
    }
}
