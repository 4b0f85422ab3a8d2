// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Service.S3.Reading;

/// <summary>A range of bytes that is asked for (RFC 9110 §14.1.2).</summary>
/// <param name="First">The first byte; null for a range from the end.</param>
/// <param name="Last">The last one, or how many from the end; null for all that follow.</param>
internal sealed record ByteRange(long? First, long? Last)
{
    /// <summary>Reads a header.</summary>
    /// <returns>Null where it is none that can be understood, or several: then all is meant.</returns>
    public static ByteRange? Read(string header)
    {
        const string Unit = "bytes=";
        if (!header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string[] ends = header[Unit.Length..].Trim().Split('-');
        if (ends.Length != 2)
        {
            return null;
        }

        long? first = Number(ends[0]), last = Number(ends[1]);
        bool isOdd = (first is null && ends[0].Trim().Length > 0) || (last is null && ends[1].Trim().Length > 0) || (first is null && last is null) || last < first;
        return isOdd ? null : new(first, last);
    }

    /// <summary>What of it there is.</summary>
    /// <returns>Null where there is nothing.</returns>
    public (long Offset, long Length)? In(long size)
    {
        if (First is not { } first)
        {
            long length = Math.Min(Last!.Value, size);
            return length == 0 ? null : (size - length, length);
        }

        return first >= size ? null : (first, Math.Min(Last ?? long.MaxValue, size - 1) - first + 1);
    }

    private static long? Number(string text) => long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
