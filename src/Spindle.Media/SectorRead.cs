// SPDX-License-Identifier: MIT
namespace Spindle.Media;

/// <summary>What came of one read.</summary>
/// <param name="Count">Sectors read, from the start of the range.</param>
/// <param name="Fault">Why the sector after those was not read; <see cref="SectorFault.None"/> when all were.</param>
public readonly record struct SectorRead(int Count, SectorFault Fault);

/// <summary>Why a sector was not read. It may be read by itself, later, or in another drive.</summary>
public enum SectorFault
{
    /// <summary>Every sector was read.</summary>
    None,

    /// <summary>The medium could not be read there.</summary>
    Unreadable,

    /// <summary>The medium ended before the size it had when it was opened.</summary>
    EndedEarly,
}
