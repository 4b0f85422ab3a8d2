// SPDX-License-Identifier: MIT
namespace Spindle.Parity;

/// <summary>An ecc block that can't be restored.</summary>
/// <param name="Number">Which one, from 0.</param>
/// <param name="KnownWrongSectors">Sectors of it that are known to be wrong; more may be, when this is not more than the roots.</param>
/// <param name="ImageSectors">Those of these that lie in the image, in ascending order.</param>
public sealed record LostBlock(long Number, int KnownWrongSectors, IReadOnlyList<long> ImageSectors);
