// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Spindle.Parity.DiscSet;

/// <summary>What is in the sums of a set that is open: <c>sums.tsv</c>.</summary>
/// <remarks>Fields parted by tabs: <c>sums 1 ROWS NAME</c>, with <c>UUID</c> where the set was planned, then for each disc <c>disc PLACE LENGTH SHA256 MD5 MD5OFSTART NAME</c>
/// with <c>ROOTS SECTORS SHA256</c> where it has parity of its own, in the order of their places from 1.</remarks>
/// <param name="Name">The set's name.</param>
/// <param name="Rows">Rows of parity, 1 to 8.</param>
/// <param name="Discs">The discs.</param>
/// <param name="Uuid">The set as it was planned; null where it was not.</param>
internal sealed record SumsList(string Name, int Rows, IReadOnlyList<SummedDisc> Discs, Guid? Uuid = null)
{
    private const int HashLength = 16, Sha256Length = 32;

    /// <summary>The list's text.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"sums\t1\t{Rows}\t{Name}{(Uuid is { } uuid ? $"\t{uuid}" : "")}\n");
        foreach (SummedDisc disc in Discs)
        {
            text.Append(CultureInfo.InvariantCulture, $"disc\t{disc.Place + 1}\t{disc.File.Length}\t{disc.Sha256}\t{Convert.ToHexStringLower(disc.File.Md5)}\t{Convert.ToHexStringLower(disc.File.Md5OfStart)}\t{disc.File.Name}");
            text.Append(disc.Inner is { } inner ? string.Create(CultureInfo.InvariantCulture, $"\t{inner.Roots}\t{inner.TotalSectors}\t{inner.Sha256}\n") : "\n");
        }

        return text.ToString();
    }

    /// <summary>Reads a list.</summary>
    /// <returns>Null where it is none, or contradicts itself.</returns>
    public static SumsList? TryRead(string text)
    {
        string[][] lines = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
        if (lines is not [["sums", "1", { } rowsText, { } name, .. var planned], ..] || !int.TryParse(rowsText, NumberStyles.None, CultureInfo.InvariantCulture, out int rows)
            || rows is < 1 or > SetCode.MostRows || !SetNames.IsPlain(name))
        {
            return null;
        }

        Guid uuid = default;
        if (planned.Length > 1 || (planned.Length == 1 && !Guid.TryParseExact(planned[0], "D", out uuid)))
        {
            return null;
        }

        List<SummedDisc> discs = [];
        foreach (string[] fields in lines.Skip(1))
        {
            if (fields is not ["disc", _, { } lengthText, { } sha256, { } md5, { } md5OfStart, { } disc, .. var innerFields] || !SetNames.IsPlain(disc)
                || !long.TryParse(lengthText, NumberStyles.None, CultureInfo.InvariantCulture, out long length)
                || !IsHex(sha256, Sha256Length) || !IsHex(md5, HashLength) || !IsHex(md5OfStart, HashLength))
            {
                return null;
            }

            InnerParity? inner = null;
            if (innerFields.Length > 0 && !TryInner(innerFields, out inner))
            {
                return null;
            }

            discs.Add(new(discs.Count, new(disc, length, Convert.FromHexString(md5), Convert.FromHexString(md5OfStart)), sha256, inner));
        }

        return discs.Count <= SetCode.MostDiscs(rows) + SetCode.MostRows ? new(name, rows, discs, planned.Length == 1 ? uuid : null) : null;
    }

    private static bool TryInner(string[] fields, out InnerParity? inner)
    {
        inner = fields is [{ } rootsText, { } sectorsText, { } sha256] && int.TryParse(rootsText, NumberStyles.None, CultureInfo.InvariantCulture, out int roots)
            && long.TryParse(sectorsText, NumberStyles.None, CultureInfo.InvariantCulture, out long sectors) && IsHex(sha256, Sha256Length) ? new(roots, sectors, sha256) : null;
        return inner is not null;
    }

    private static bool IsHex(string text, int length) => text.Length == 2 * length && text.All(char.IsAsciiHexDigitLower);
}
