// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Archiving.Sources;

/// <summary>The true names behind those of ISO 9660 and UDF, as a disc's <c>ARCHIVE/names.tsv</c> has them.</summary>
internal static class NamesTable
{
    /// <summary>Reads the table.</summary>
    /// <returns>True paths from the disc's root, by the path that a tree shows, which begins with a slash.</returns>
    public static Dictionary<string, List<byte[]>> Read(ArchiveDisc disc)
    {
        Dictionary<string, List<byte[]>> names = new(StringComparer.Ordinal);
        using Stream document = disc.OpenDocument("ARCHIVE/names.tsv");
        DocumentLines lines = new(document);
        while (lines.TryRead(out ReadOnlyMemory<byte> text))
        {
            ReadOnlySpan<byte> line = text.Span;
            int first = line.IndexOf((byte)'\t');
            int second = line.LastIndexOf((byte)'\t');
            if (first <= 0 || second <= first || DiscLine.Unescape(line[(first + 1)..second]) is not { } trueName)
            {
                continue;
            }

            foreach (byte[]? shown in (ReadOnlySpan<byte[]?>)[DiscLine.Unescape(line[..first]), DiscLine.Unescape(line[(second + 1)..])])
            {
                if (shown is { Length: > 1 } && shown[0] == '/')
                {
                    string key = Encoding.UTF8.GetString(shown);
                    if (!names.TryGetValue(key, out List<byte[]>? known))
                    {
                        names[key] = known = new(1);
                    }

                    known.Add(trueName);
                }
            }
        }

        return names;
    }
}
