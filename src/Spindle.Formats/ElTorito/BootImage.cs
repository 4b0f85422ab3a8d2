// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Formats.ElTorito;

/// <summary>One entry of a boot catalogue (El Torito, 1995, §2.2, §2.4).</summary>
/// <param name="Platform">0 x86, 1 PowerPC, 2 Macintosh, 0xEF UEFI.</param>
/// <param name="IsBootable">Whether its boot indicator is 88.</param>
/// <param name="Emulation">0 none, 1 to 3 diskettes, 4 hard disk.</param>
/// <param name="Extent">Where it begins, and the bytes that are loaded: sectors of 512 bytes.</param>
public sealed record BootImage(int Platform, bool IsBootable, int Emulation, Extent Extent);
