// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Copying;

/// <summary>One read and what came of it.</summary>
/// <param name="Range">What was asked for.</param>
/// <param name="Read">What came of it.</param>
/// <param name="Duration">How long it took.</param>
internal readonly record struct TimedRead(SectorRange Range, SectorRead Read, TimeSpan Duration);
