// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>A size that a disc has, or can be formatted to (MMC-6, READ FORMAT CAPACITIES).</summary>
/// <param name="Sectors">Sectors.</param>
/// <param name="Type">For the current size: 1 not formatted, 2 formatted, 3 no disc. For the others: the format's number.</param>
/// <param name="Parameter">For the current size: bytes of a sector. For the others: what the format's number says.</param>
public readonly record struct FormatCapacity(long Sectors, int Type, int Parameter);
