// SPDX-License-Identifier: MIT
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Spindle.Archiving.Catalogue;

namespace Spindle.Archiving.Sources;

/// <summary>A catalogue made of nothing but discs: that of the newest one, mended from the others where it is damaged.</summary>
internal static class AdoptedCatalogue
{
    /// <summary>Puts it together.</summary>
    /// <param name="discs">Of one archive.</param>
    /// <param name="cancellationToken">Stops in the midst of it.</param>
    /// <returns>A catalogue that is gone when it is closed, and where it came from.</returns>
    public static (CatalogueDatabase Database, CatalogueOrigin Origin) Of(IReadOnlyList<ArchiveDisc> discs, CancellationToken cancellationToken)
    {
        CatalogueDatabase database = CatalogueDatabase.CreateTemporary("the catalogue of the discs");
        try
        {
            database.Run("DROP INDEX entry_inode; DROP INDEX entry_gone"); // for scans
            using SqliteTransaction transaction = database.BeginWriting();
            using CatalogueUnion union = new(database);
            List<ArchiveDisc> newestFirst = [.. discs.OrderByDescending(disc => disc.Identity.Planned).ThenByDescending(disc => disc.Identity.Number)];
            ArchiveDisc? adopted = null;
            List<(ArchiveDisc Disc, byte[] Text)> damaged = [];
            HashSet<string> tried = [];

            // Each knows all that the older ones know. What a damaged one still says comes behind what a whole one says.
            foreach (ArchiveDisc disc in newestFirst.Where(disc => disc.Identity.IsKnown && tried.Add(disc.Identity.CatalogueSha256 + disc.Name)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (disc.ReadDocument($"ARCHIVE/{disc.Identity.CatalogueFile}") is not { } text)
                {
                    continue;
                }

                if (Convert.ToHexStringLower(SHA256.HashData(text)) == disc.Identity.CatalogueSha256)
                {
                    adopted = disc;
                    union.Add(Lines(disc, text), cancellationToken);
                    break;
                }

                damaged.Add((disc, text));
            }

            foreach ((ArchiveDisc disc, byte[] text) in damaged)
            {
                union.Add(Lines(disc, text), cancellationToken);
            }

            if (newestFirst.FirstOrDefault(disc => disc.Identity.IsKnown)?.Identity.Archive is { } archive)
            {
                database.Set("uuid", archive.ToString());
            }

            // The lists of the discs themselves, of those that no whole catalogue speaks of.
            if (adopted is null || damaged.Count > 0)
            {
                foreach (ArchiveDisc disc in newestFirst.Where(disc => disc.Identity.IsKnown && disc.Identity.Planned > (adopted?.Identity.Planned ?? DateTimeOffset.MinValue)))
                {
                    union.Add(disc);
                }
            }

            union.Finish();
            transaction.Commit();
            return (database, new(adopted?.Identity.Label ?? damaged.Select(one => one.Disc.Identity.Label).FirstOrDefault(), adopted is not null && damaged.Count == 0, union.DamagedRecords));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>A record a line, as <see cref="CatalogueJson"/> writes them: damage loses lines, not all that is behind it.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ArchiveDisc disc, byte[] text)
    {
        if (disc.Identity.CatalogueFile.EndsWith(".gz", StringComparison.Ordinal))
        {
            text = Expanded(text);
        }

        for (int position = 0; position < text.Length;)
        {
            int length = text.AsSpan(position).IndexOf((byte)'\n');
            length = length < 0 ? text.Length - position : length;
            yield return text.AsMemory(position, length);
            position += length + 1;
        }
    }

    /// <summary>As far as it can be expanded.</summary>
    private static byte[] Expanded(byte[] compressed)
    {
        using GZipStream expander = new(new MemoryStream(compressed), CompressionMode.Decompress);
        using MemoryStream text = new();
        byte[] buffer = new byte[1 << 16];
        try
        {
            for (int read = expander.Read(buffer); read > 0; read = expander.Read(buffer))
            {
                text.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            // What came before is of use.
        }

        return text.ToArray();
    }
}

/// <summary>Where a catalogue came from.</summary>
/// <param name="Label">The disc that it was adopted from; null where it was put together from lists, or is our own.</param>
/// <param name="IsWhole">Whether the newest disc's catalogue was whole.</param>
/// <param name="DamagedRecords">Records that could not be understood.</param>
internal sealed record CatalogueOrigin(string? Label, bool IsWhole, long DamagedRecords);
