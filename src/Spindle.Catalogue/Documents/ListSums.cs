// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.RegularExpressions;

namespace Spindle.Catalogue.Documents;

/// <summary>What a disc's <c>ARCHIVE/SHA256SUMS</c> says of the disc's own lists.</summary>
internal static partial class ListSums
{
    private const int EndLength = 16 << 10; // the lists are the last in it: some ten lines

    /// <summary>Reads the sums, in lower case hexadecimal, by the names of the lists.</summary>
    /// <returns>None of a list whose line is damaged, or where there are no sums.</returns>
    public static Dictionary<string, string> Read(ArchiveDisc disc)
    {
        Dictionary<string, string> sums = new(StringComparer.Ordinal);
        using DiscContent? content = disc.Open("ARCHIVE/SHA256SUMS"u8);
        if (content is not null)
        {
            byte[] end = new byte[(int)Math.Min(EndLength, content.Length)];
            content.Read(content.Length - end.Length, end, []);
            foreach (Match line in Line().Matches(Encoding.Latin1.GetString(end)))
            {
                sums[line.Groups[2].Value] = line.Groups[1].Value;
            }
        }

        return sums;
    }

    [GeneratedRegex("^([0-9a-f]{64})  (ARCHIVE/[A-Za-z0-9.]+)$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
