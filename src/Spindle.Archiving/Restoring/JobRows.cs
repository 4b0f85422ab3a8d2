// SPDX-License-Identifier: MIT
using Spindle.Archiving.Catalogue;
using Spindle.Files;
using Spindle.Files.Targets;

namespace Spindle.Archiving.Restoring;

/// <summary>What is to be restored, as rows of the catalogue tell it: a row for each name, those of one content one after the other.</summary>
internal static class JobRows
{
    /// <summary>The columns, of the tables w (wanted), e (entry), d (directory) and c (content), with the place in <paramref name="place"/>.</summary>
    /// <param name="place">Three: number of the part, offset, length.</param>
    public static string Columns(string place) => $"""
        coalesce(w.content, 0), {place}, coalesce(c.size, e.size), c.sha256, c.sha512, w.entry, d.path, e.name, e.link_group, w.state, e.modified, e.mode, e.uid, e.gid, e.extra
        """;

    /// <summary>Reads the rows.</summary>
    /// <param name="rows">The statement, ready to step.</param>
    /// <param name="isByName">Whether each name is a job by itself.</param>
    public static IEnumerable<RestoreJob> Read(Statement rows, bool isByName = false)
    {
        RestoreJob? job = null;
        while (rows.Step())
        {
            long content = rows.Number(0);
            long part = rows.Number(1);
            if (job is null || isByName || job.Content != content || job.Part != part)
            {
                if (job is not null)
                {
                    yield return job;
                }

                job = new()
                {
                    Content = content,
                    Part = part,
                    Offset = rows.Number(2),
                    Length = rows.Number(3),
                    Size = rows.Number(4),
                    Sha256 = rows.IsNull(5) ? null : rows.Blob(5).ToArray(),
                    Sha512 = rows.IsNull(6) ? null : rows.Blob(6).ToArray(),
                };
            }

            (TargetAttributes attributes, IReadOnlyList<(long, long)>? runs, _) = Extras.Read(rows, 12);
            job.Names.Add(new(rows.Number(7), ArchivePath.Join(rows.Blob(8), rows.Blob(9)), rows.NumberOrNull(10), attributes, runs, rows.Number(11) != 0));
        }

        if (job is not null)
        {
            yield return job;
        }
    }
}
