// SPDX-License-Identifier: MIT
using Spindle.Catalogue.Documents;

namespace Spindle.Station.Contract;

/// <summary>Bytes of a file.</summary>
/// <param name="Offset">The first one.</param>
/// <param name="Length">How many.</param>
public sealed record ByteRangePart(long Offset, long Length)
{
    internal static IReadOnlyList<ByteRangePart> Of(IEnumerable<ByteRange> ranges) => [.. ranges.Select(range => new ByteRangePart(range.Offset, range.Length))];
}
