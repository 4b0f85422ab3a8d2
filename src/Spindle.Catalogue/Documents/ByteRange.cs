// SPDX-License-Identifier: MIT
namespace Spindle.Catalogue.Documents;

/// <summary>Bytes of a file.</summary>
/// <param name="Offset">Of the first one.</param>
/// <param name="Length">How many.</param>
public readonly record struct ByteRange(long Offset, long Length)
{
    /// <summary>Adds bytes to a list of ranges, which grow together where they touch.</summary>
    public static void Add(List<ByteRange> ranges, long offset, long length)
    {
        if (ranges.Count > 0 && ranges[^1].Offset + ranges[^1].Length == offset)
        {
            ranges[^1] = ranges[^1] with { Length = ranges[^1].Length + length };
        }
        else if (length > 0)
        {
            ranges.Add(new(offset, length));
        }
    }
}
