// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Health;

/// <summary>What to do with a protected image, or with the disc that it lies on.</summary>
public enum HealthVerdict
{
    /// <summary>Nothing is wrong.</summary>
    Good,

    /// <summary>Something is wrong, and the parity mends it with plenty to spare: check again soon.</summary>
    Watch,

    /// <summary>A good part of the parity is used up somewhere, or something is lost already: copy the disc now.</summary>
    CopyNow,
}
