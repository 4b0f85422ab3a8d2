// SPDX-License-Identifier: MIT
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Spindle.Media;

namespace Spindle.Catalogue.Documents;

/// <summary>A catalogue made of nothing but discs: that of the newest one, mended from the others where it is damaged.</summary>
public static class AdoptedCatalogue
{
    /// <summary>Puts it together.</summary>
    /// <param name="discs">Of one archive.</param>
    /// <param name="cancellationToken">Stops in the midst of it.</param>
    /// <returns>A catalogue that is gone when it is closed, and where it came from.</returns>
    /// <exception cref="OperationFailedException"><c>bad-import</c>: discs of odarchive, and none of them has a catalogue that can be read.</exception>
    public static (CatalogueDatabase Database, CatalogueOrigin Origin) Of(IReadOnlyList<ArchiveDisc> discs, CancellationToken cancellationToken)
    {
        CatalogueDatabase database = CatalogueDatabase.CreateTemporary("the catalogue of the discs");
        try
        {
            if (discs[0].Identity.IsOdarchive)
            {
                return (database, OdarchiveDisc.Adopt(discs, database, cancellationToken));
            }

            // For scans, plans, and writing; that of contents is made when all are there, which takes a fraction of the time.
            database.Run("DROP INDEX entry_inode; DROP INDEX entry_gone; DROP INDEX entry_directory; DROP INDEX entry_disc; DROP INDEX entry_content");

            using SqliteTransaction transaction = database.BeginWriting();
            using CatalogueUnion union = new(database);
            List<ArchiveDisc> newestFirst = [.. discs.OrderByDescending(disc => disc.Identity.Planned).ThenByDescending(disc => disc.Identity.Number)];
            ArchiveDisc? adopted = null;
            List<ArchiveDisc> damaged = [];
            List<ArchiveDisc> listed = [];
            HashSet<string> tried = [];

            // Each knows all that the older ones know. What a damaged one still says comes behind what a whole one says.
            foreach (ArchiveDisc disc in newestFirst.Where(disc => disc.Identity.IsKnown && tried.Add(disc.Identity.CatalogueSha256 + disc.Name)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!disc.HasDocument(NameOn(disc)))
                {
                    continue;
                }

                if (Sha256Of(disc) == disc.Identity.CatalogueSha256)
                {
                    adopted = disc;
                    Add(disc, union, cancellationToken);
                    break;
                }

                damaged.Add(disc);
            }

            damaged.ForEach(disc => Add(disc, union, cancellationToken));

            if (newestFirst.FirstOrDefault(disc => disc.Identity.IsKnown)?.Identity.Archive is { } archive)
            {
                database.Set("uuid", archive.ToString());
            }

            // The lists of the discs themselves, of those that no whole catalogue speaks of. Two plans may carry the same second.
            if (adopted is null || damaged.Count > 0)
            {
                foreach (ArchiveDisc disc in newestFirst.TakeWhile(disc => disc != adopted).Where(disc => disc.Identity.IsKnown && disc.Identity.CatalogueSha256 != adopted?.Identity.CatalogueSha256))
                {
                    union.Add(disc);
                    listed.Add(disc);
                }
            }

            union.Finish();
            transaction.Commit();
            return (database, new(adopted?.Identity.Label ?? damaged.Select(disc => disc.Identity.Label).FirstOrDefault(), adopted is not null && damaged.Count == 0, union.DamagedRecords) { ListsUsed = listed });
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static string NameOn(ArchiveDisc disc) => $"ARCHIVE/{disc.Identity.CatalogueFile}";

    private static string Sha256Of(ArchiveDisc disc)
    {
        using Stream document = disc.OpenDocument(NameOn(disc));
        return Convert.ToHexStringLower(SHA256.HashData(document));
    }

    /// <summary>A record a line, as <see cref="CatalogueJson"/> writes them: damage loses lines, not all that is behind it.</summary>
    private static void Add(ArchiveDisc disc, CatalogueUnion union, CancellationToken cancellationToken)
    {
        using Stream document = disc.OpenDocument(NameOn(disc));
        using Stream text = disc.Identity.CatalogueFile.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(document, CompressionMode.Decompress) : document;
        union.Add(new DocumentLines(text), cancellationToken);
    }
}

/// <summary>Where a catalogue came from.</summary>
/// <param name="Label">The disc that it was adopted from; null where it was put together from lists, or is our own.</param>
/// <param name="IsWhole">Whether the newest disc's catalogue was whole.</param>
/// <param name="DamagedRecords">Records that could not be understood.</param>
public sealed record CatalogueOrigin(string? Label, bool IsWhole, long DamagedRecords)
{
    /// <summary>Discs whose own lists stand for a catalogue.</summary>
    public IReadOnlyList<ArchiveDisc> ListsUsed { get; init; } = [];
}
