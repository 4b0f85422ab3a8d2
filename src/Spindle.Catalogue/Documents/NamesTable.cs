// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Catalogue.Documents;

/// <summary>The true names behind those of ISO 9660 and UDF, as a disc's <c>ARCHIVE/names.tsv</c> has them.</summary>
public static class NamesTable
{
    /// <summary>Reads the table.</summary>
    /// <returns>The path that a tree shows, which begins with a slash, and the true one, from the disc's root.</returns>
    public static IEnumerable<(string Shown, byte[] TrueName)> Read(ArchiveDisc disc)
    {
        using Stream document = disc.OpenList("ARCHIVE/names.tsv");
        DocumentLines lines = new(document);
        while (lines.TryRead(out ReadOnlyMemory<byte> line))
        {
            (byte[]? iso, byte[]? trueName, byte[]? udf) = Columns(line.Span);
            foreach (byte[]? shown in (byte[]?[])[iso, udf])
            {
                if (trueName is not null && shown is { Length: > 1 } && shown[0] == '/')
                {
                    yield return (Encoding.UTF8.GetString(shown), trueName);
                }
            }
        }
    }

    private static (byte[]? Iso, byte[]? TrueName, byte[]? Udf) Columns(ReadOnlySpan<byte> line)
    {
        int first = line.IndexOf((byte)'\t');
        int second = line.LastIndexOf((byte)'\t');
        return first <= 0 || second <= first ? default
            : (DiscLine.Unescape(line[..first]), DiscLine.Unescape(line[(first + 1)..second]), DiscLine.Unescape(line[(second + 1)..]));
    }
}
