// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Media;

/// <summary>Sizes as people write them.</summary>
public static class ByteSize
{
    private static readonly Dictionary<string, long> Units = new(StringComparer.Ordinal)
    {
        ["kB"] = 1_000,
        ["MB"] = 1_000_000,
        ["GB"] = 1_000_000_000,
        ["TB"] = 1_000_000_000_000,
        ["KiB"] = 1L << 10,
        ["MiB"] = 1L << 20,
        ["GiB"] = 1L << 30,
        ["TiB"] = 1L << 40,
        ["s"] = 2048, // sectors
        [""] = 1,
    };

    /// <summary>Reads <c>25GB</c>, <c>1.5TiB</c>, <c>12219392s</c> (sectors of 2048 bytes) or plain bytes.</summary>
    /// <returns>False where the text is none of these.</returns>
    public static bool TryParse(string text, out long bytes)
    {
        int digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        bool isSize = decimal.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number);
        isSize = isSize & Units.TryGetValue(text[digits..], out long unit) && number <= long.MaxValue / unit;
        bytes = isSize ? (long)(number * unit) : 0;
        return isSize;
    }
}
