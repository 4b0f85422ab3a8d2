// SPDX-License-Identifier: MIT
using Spindle.Archiving.Catalogue;
using Spindle.Files;

namespace Spindle.Archiving.Discs;

/// <summary>Writes <c>ARCHIVE/gone.tsv</c>: what earlier discs list and the archive did not have any more when this one was planned.</summary>
internal static class GoneTable
{
    // What is below a directory that is gone is gone with it: the topmost names are enough.
    private const string Query = """
        SELECT above.path, old.name, max(old.gone_scan) FROM entry AS old JOIN directory AS above ON above.id = old.directory
            LEFT JOIN directory AS top ON top.id = above.parent
        WHERE old.gone_scan <= ?1 AND old.disc IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM entry WHERE directory = old.directory AND name = old.name AND first_scan <= ?1 AND (gone_scan IS NULL OR gone_scan > ?1))
            AND (top.id IS NULL OR EXISTS (
                SELECT 1 FROM entry WHERE directory = top.id AND name = CASE WHEN top.parent IS NULL THEN above.path ELSE substr(above.path, length(top.path) + 2) END
                    AND kind = 1 AND first_scan <= ?1 AND (gone_scan IS NULL OR gone_scan > ?1)))
        GROUP BY old.directory, old.name ORDER BY above.path, old.name
        """;

    /// <summary>Writes the table.</summary>
    /// <param name="database">The catalogue.</param>
    /// <param name="scan">The scan that the disc was planned from: what later ones found is not looked at.</param>
    /// <param name="output">Takes it.</param>
    public static void Write(CatalogueDatabase database, long scan, Stream output)
    {
        using LineWriter lines = new(output);
        lines.Raw("path\tscan"u8).End();
        using Statement gone = database.Prepare(Query);
        gone.Bind(1, scan);
        while (gone.Step())
        {
            lines.Escaped(ArchivePath.Join(gone.Blob(0), gone.Blob(1))).Tab().Number(gone.Number(2)).End();
        }
    }
}
