// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Spindle.Parity.DiscSet;

/// <summary>The table of a set, <c>set.tsv</c>: all that a decoder must know, coefficients included, so that it needs no formula.</summary>
/// <remarks>
/// ASCII, a line each, fields parted by tabs: <c>set 1 LENGTH par1|cauchy UUID</c>; <c>disc NUMBER LENGTH SHA256 NAME COEFFICIENTS</c>, from 1 on,
/// the coefficients of all rows in hexadecimal; <c>inner NUMBER ROOTS SECTORS SHA256</c> of a disc with RS03 parity of its own, which is not part of the
/// set; <c>parity ROW LENGTH SHA256 NAME OFFSET</c>. Lines that begin with another word are for others.
/// </remarks>
public sealed record SetTable
{
    /// <summary>Bytes that a table has at most: 255 discs with the longest names are less.</summary>
    public const int LongestText = 1 << 20;

    /// <summary>Bytes that a disc has at most: more than any medium, and so few that no sum of them overflows.</summary>
    public const long LongestDisc = 1L << 42;

    private const string Version = "1";
    private const int Sha256Digits = 64;

    /// <summary>What tells this set from others, and from what it was before it had more discs.</summary>
    public required string Uuid { get; init; }

    /// <summary>Which code.</summary>
    public required SetForm Form { get; init; }

    /// <summary>Bytes of each row of parity: of the longest disc.</summary>
    public required long Length { get; init; }

    /// <summary>The discs, in the order of their coefficients: 1 to 255.</summary>
    public required IReadOnlyList<SetDisc> Discs { get; init; }

    /// <summary>The parity discs, in the order of their rows: as many as there are coefficients.</summary>
    public required IReadOnlyList<SetParity> Parity { get; init; }

    /// <summary>Discs, then parity discs.</summary>
    public IReadOnlyList<SetMember> Members => [.. Discs, .. Parity];

    /// <summary>The table's text.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"set\t{Version}\t{Length}\t{WordOf(Form)}\t{Uuid}\n");
        foreach ((int index, SetDisc disc) in Discs.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"disc\t{index + 1}\t{disc.Length}\t{disc.Sha256}\t{disc.Name}\t{Convert.ToHexStringLower(disc.Coefficients)}\n");
        }

        foreach ((int index, SetDisc disc) in Discs.Index().Where(disc => disc.Item.Inner is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"inner\t{index + 1}\t{disc.Inner!.Roots}\t{disc.Inner.TotalSectors}\t{disc.Inner.Sha256}\n");
        }

        foreach (SetParity parity in Parity)
        {
            text.Append(CultureInfo.InvariantCulture, $"parity\t{parity.Row}\t{parity.Length}\t{parity.Sha256}\t{parity.Name}\t{parity.Offset}\n");
        }

        return text.ToString();
    }

    /// <summary>Reads a table. Nothing in it is trusted.</summary>
    /// <param name="bytes">Its text.</param>
    /// <returns>Null where it is none, or contradicts itself.</returns>
    public static SetTable? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestText || bytes.ContainsAnyInRange((byte)0x80, (byte)0xFF))
        {
            return null;
        }

        string[]? head = null;
        List<SetDisc> discs = [];
        List<SetParity> parity = [];
        foreach (string line in Encoding.ASCII.GetString(bytes).Split('\n'))
        {
            string[] fields = line.TrimEnd('\r').Split('\t');
            bool isGood = fields[0] switch
            {
                "set" => head is null && (head = fields).Length >= 5,
                "disc" => TryAdd(fields, discs),
                "inner" => TryAddInner(fields, discs),
                "parity" => TryAdd(fields, parity),
                _ => true,
            };
            if (!isGood)
            {
                return null;
            }
        }

        return head is not null && head[1] == Version && TryNumber(head[2], out long length) && FormOf(head[3]) is { } form && Guid.TryParseExact(head[4], "D", out _)
            ? Checked(new() { Uuid = head[4], Form = form, Length = length, Discs = discs, Parity = parity })
            : null;
    }

    private static SetTable? Checked(SetTable table)
    {
        int rows = table.Parity.Count;
        bool isWhole = rows is > 0 and <= SetCode.MostRows && table.Discs.Count is > 0 and <= 255
            && table.Length == table.Discs.Max(disc => disc.Length)
            && table.Discs.All(disc => disc.Coefficients.Length == rows)
            && table.Parity.All(parity => parity.Length == table.Length)
            && table.Members.DistinctBy(member => member.Name, StringComparer.OrdinalIgnoreCase).Count() == table.Discs.Count + rows;
        return isWhole ? table : null;
    }

    private static bool TryAdd(string[] fields, List<SetDisc> discs)
    {
        if (!TryMember(fields, discs.Count, out long length) || fields[5].Length is 0 or > 2 * SetCode.MostRows || fields[5].Length % 2 != 0 || !fields[5].All(char.IsAsciiHexDigit))
        {
            return false;
        }

        discs.Add(new(fields[4], length, fields[3], Convert.FromHexString(fields[5])));
        return true;
    }

    private static bool TryAddInner(string[] fields, List<SetDisc> discs)
    {
        const int fewest = 8, most = 170;
        if (fields.Length < 5 || !TryNumber(fields[1], out long number) || number < 1 || number > discs.Count || !TryNumber(fields[2], out long roots) || roots is < fewest or > most
            || !TryNumber(fields[3], out long sectors) || sectors is 0 or > uint.MaxValue || !IsSha256(fields[4]))
        {
            return false;
        }

        discs[(int)number - 1] = discs[(int)number - 1] with { Inner = new((int)roots, sectors, fields[4]) };
        return true;
    }

    private static bool TryAdd(string[] fields, List<SetParity> parity)
    {
        if (!TryMember(fields, parity.Count, out long length) || !TryNumber(fields[5], out long offset) || offset > LongestDisc)
        {
            return false;
        }

        parity.Add(new(parity.Count + 1, fields[4], length, fields[3], offset));
        return true;
    }

    private static bool TryMember(string[] fields, int before, out long length)
    {
        length = 0;
        return fields.Length >= 6 && before < 255 && TryNumber(fields[1], out long number) && number == before + 1 && TryNumber(fields[2], out length) && length <= LongestDisc
            && IsSha256(fields[3]) && SetNames.IsPlain(fields[4]);
    }

    private static bool IsSha256(string text) => text.Length == Sha256Digits && text.All(char.IsAsciiHexDigitLower);

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string WordOf(SetForm form) => form == SetForm.Par1 ? "par1" : "cauchy";

    private static SetForm? FormOf(string word) => word switch
    {
        "par1" => SetForm.Par1,
        "cauchy" => SetForm.Cauchy,
        _ => null,
    };
}
