// SPDX-License-Identifier: MIT
namespace Spindle.Catalogue.Finding;

/// <summary>A disc that has a file, or a part of it.</summary>
/// <param name="Disc">The disc, with its copies.</param>
/// <param name="Part">0 for the whole file, else the number of the part.</param>
/// <param name="Offset">Bytes of the file before it.</param>
/// <param name="Length">Bytes of it there.</param>
public sealed record FoundPlace(DiscRecord Disc, int Part, long Offset, long Length);
