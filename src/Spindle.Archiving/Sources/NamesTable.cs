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
        ReadOnlySpan<byte> text = disc.ReadDocument("ARCHIVE/names.tsv");
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range];
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
