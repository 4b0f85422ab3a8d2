// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Sources;

/// <summary>A medium that was opened again.</summary>
/// <param name="Reader">The medium; the receiver disposes it.</param>
/// <param name="Bypass">How it is known that what is read is not what the system remembers of the first reading.</param>
public sealed record SecondReading(ISectorReader Reader, CacheBypass Bypass);
