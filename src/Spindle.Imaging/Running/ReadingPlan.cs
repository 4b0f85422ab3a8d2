// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>A reading that is to be taken.</summary>
/// <param name="Subject">What is read.</param>
/// <param name="Stage">What progress calls it.</param>
/// <param name="Producer">Reads it.</param>
/// <param name="Bypass">How it is known that the bytes do not come from the system's memory; null for the first reading.</param>
internal sealed record ReadingPlan(ReadingSubject Subject, string Stage, IBatchProducer Producer, CacheBypass? Bypass = null);
