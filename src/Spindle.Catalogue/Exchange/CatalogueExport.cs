// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Catalogue.Exchange;

/// <summary>Writes catalogues for people and for other programs, row by row.</summary>
public static class CatalogueExport
{
    /// <summary>Writes what a catalogue knows.</summary>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="database">Open, for reading at least.</param>
    /// <param name="format">As what.</param>
    /// <param name="at">The newest scan and the newest plan to speak of.</param>
    /// <param name="time">The clock, and the zone of odarchive's times.</param>
    /// <param name="cancellationToken">Stops in the midst of it.</param>
    /// <returns>Names that the format has no way to write; they were left out.</returns>
    /// <exception cref="OperationFailedException"><c>no-sha512</c>: odarchive's catalogue needs it of every file.</exception>
    public static long Write(
        Stream output, CatalogueDatabase database, ExportFormat format, (long Scan, long Plan) at, TimeProvider time, CancellationToken cancellationToken)
    {
        switch (format)
        {
            case ExportFormat.Json:
                CatalogueJson.Write(output, database, at.Scan, at.Plan, cancellationToken);
                return 0;
            case ExportFormat.Odarchive:
                return new OdarchiveWriter(output, database, at, time).Write(cancellationToken);
            case ExportFormat.MediaStudy:
                MediaStudy.Write(output, database, cancellationToken);
                return 0;
            default:
                WriteLines(new(output), database, format, at, cancellationToken);
                return 0;
        }
    }

    /// <summary>The columns of the TSV, in order.</summary>
    internal static ReadOnlySpan<byte> TsvHeader => "path\tkind\tsize\tmodified\tmode\tuid\tgid\tsha256\tdisc\tlinkGroup\ttarget\n"u8;

    private static void WriteLines(Utf8Output output, CatalogueDatabase database, ExportFormat format, (long Scan, long Plan) at, CancellationToken cancellationToken)
    {
        using IDisposable snapshot = database.Snapshot();
        using Statement directories = database.Prepare("SELECT id, path FROM directory ORDER BY path");
        using Statement entries = database.Prepare("""
            SELECT e.name, e.kind, e.size, e.modified, e.mode, e.uid, e.gid, c.sha256, e.disc, e.link_group, e.target
            FROM entry e LEFT JOIN content c ON c.id = e.content
            WHERE e.directory = ?1 AND e.first_scan <= ?2 AND (e.gone_scan IS NULL OR e.gone_scan > ?2) ORDER BY e.name
            """);
        if (format == ExportFormat.Tsv)
        {
            output.Raw(TsvHeader);
        }

        while (directories.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[] directory = directories.Blob(1).ToArray();
            entries.Bind(1, directories.Number(0)).Bind(2, at.Scan);
            while (entries.Step())
            {
                byte[] path = directory.Length == 0 ? entries.Blob(0).ToArray() : [.. directory, (byte)'/', .. entries.Blob(0)];
                if (format == ExportFormat.Tsv)
                {
                    TsvLine(output, path, entries);
                }
                else if (!entries.IsNull(7))
                {
                    SumLine(output, path, entries.Blob(7));
                }
            }
        }

        output.Flush();
    }

    private static void TsvLine(Utf8Output output, byte[] path, Statement row)
    {
        Escaped(output, path);
        output.Raw("\t"u8).Raw(CatalogueJsonWriter.KindName((int)row.Number(1)));
        for (int column = 2; column <= 6; column++)
        {
            output.Raw("\t"u8).Number(row.Number(column));
        }

        output.Raw("\t"u8).Hex(row.IsNull(7) ? [] : row.Blob(7));
        for (int column = 8; column <= 9; column++)
        {
            output.Raw("\t"u8);
            if (!row.IsNull(column))
            {
                output.Number(row.Number(column));
            }
        }

        output.Raw("\t"u8);
        Escaped(output, row.IsNull(10) ? [] : row.Blob(10));
        output.Raw("\n"u8);
    }

    /// <summary>Bytes as they are, but for what would break a line apart: <c>\\</c>, <c>\t</c>, <c>\n</c>, <c>\r</c>.</summary>
    private static void Escaped(Utf8Output output, ReadOnlySpan<byte> text)
    {
        for (int stop; (stop = text.IndexOfAny("\\\t\n\r"u8)) >= 0; text = text[(stop + 1)..])
        {
            output.Raw(text[..stop]).Raw(text[stop] switch { (byte)'\t' => "\\t"u8, (byte)'\n' => "\\n"u8, (byte)'\r' => "\\r"u8, _ => "\\\\"u8 });
        }

        output.Raw(text);
    }

    /// <summary>As GNU coreutils have it: a line that begins with a backslash has <c>\\</c>, <c>\n</c> and <c>\r</c> in its name.</summary>
    private static void SumLine(Utf8Output output, ReadOnlySpan<byte> path, ReadOnlySpan<byte> sha256)
    {
        bool isEscaped = path.IndexOfAny("\\\n\r"u8) >= 0;
        output.Raw(isEscaped ? "\\"u8 : ""u8).Hex(sha256).Raw("  "u8);
        for (int stop; isEscaped && (stop = path.IndexOfAny("\\\n\r"u8)) >= 0; path = path[(stop + 1)..])
        {
            output.Raw(path[..stop]).Raw(path[stop] switch { (byte)'\n' => "\\n"u8, (byte)'\r' => "\\r"u8, _ => "\\\\"u8 });
        }

        output.Raw(path).Raw("\n"u8);
    }
}
