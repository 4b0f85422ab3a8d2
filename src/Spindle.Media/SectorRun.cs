// SPDX-License-Identifier: MIT
namespace Spindle.Media;

/// <summary>Neighbouring sectors of which the same is known.</summary>
/// <param name="Range">Which sectors; never empty in a <see cref="SectorMap"/>.</param>
/// <param name="State">What is known of all of them.</param>
public readonly record struct SectorRun(SectorRange Range, SectorState State);
