// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Archiving.Catalogue;
using Spindle.Archiving.Collecting;
using Spindle.Files;
using Spindle.Files.Patterns;

namespace Spindle.Archiving.Finding;

/// <summary>Finds files on discs that were imaged.</summary>
internal sealed class ImagedFiles(CatalogueDatabase database)
{
    /// <summary>Files that a request means.</summary>
    public IEnumerable<FoundFile> Find(FindRequest request)
    {
        bool isNameOnly = !request.Pattern.Contains('/');
        GlobSegment name = new(Encoding.UTF8.GetBytes(request.Pattern));
        PathPattern pattern = PathPattern.Parse(request.Pattern);
        string hash = request.Sha256 is null ? "" : "AND imaged_file.sha256 BETWEEN ?5 AND ?6";
        using Statement rows = database.Prepare($"""
            SELECT {DiscCollection.Columns}, path, size, modified, imaged_file.sha256 FROM imaged_file JOIN imaged ON imaged.id = imaged
            WHERE size BETWEEN ?1 AND ?2 AND (modified BETWEEN ?3 AND ?4 OR (modified IS NULL AND ?3 = {long.MinValue} AND ?4 = {long.MaxValue})) {hash}
            """);
        rows.Bind(1, request.MinimumSize).Bind(2, request.MaximumSize).Bind(3, request.ModifiedFrom).Bind(4, request.ModifiedTo);
        if (request.Sha256 is { } prefix)
        {
            rows.Bind(5, FindRequest.Padded(prefix, '0')).Bind(6, FindRequest.Padded(prefix, 'f'));
        }

        while (rows.Step())
        {
            ReadOnlySpan<byte> path = rows.Blob(DiscCollection.FirstOther);
            if (isNameOnly ? name.Matches(ArchivePath.NameOf(path)) : pattern.Matches(path))
            {
                yield return Read(rows);
            }
        }
    }

    /// <summary>The files of one path, on whichever discs.</summary>
    /// <param name="path">From the disc's root.</param>
    public IEnumerable<FoundFile> Where(byte[] path)
    {
        using Statement rows = database.Prepare($"""
            SELECT {DiscCollection.Columns}, path, size, modified, imaged_file.sha256 FROM imaged JOIN imaged_file ON imaged_file.imaged = imaged.id AND path = ?1 ORDER BY imaged.name
            """);
        rows.Bind(1, path);
        while (rows.Step())
        {
            yield return Read(rows);
        }
    }

    private static FoundFile Read(Statement row)
    {
        const int other = DiscCollection.FirstOther;
        DateTimeOffset? modified = row.NumberOrNull(other + 2) is { } time ? DateTimeOffset.UnixEpoch.AddTicks(time / TimeSpan.NanosecondsPerTick) : null;
        string? sha256 = row.IsNull(other + 3) ? null : Convert.ToHexStringLower(row.Blob(other + 3));
        return new(Encoding.UTF8.GetString(row.Blob(other)), row.Number(other + 1), modified, sha256, 0, null, []) { Imaged = DiscCollection.Read(row) };
    }
}
