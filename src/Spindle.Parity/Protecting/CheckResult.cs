// SPDX-License-Identifier: MIT
using Spindle.Parity.Health;

namespace Spindle.Parity.Protecting;

/// <summary>What a check found.</summary>
/// <param name="Layout">The parity.</param>
/// <param name="Damage">What is wrong.</param>
/// <param name="Health">How much more can be borne.</param>
public sealed record CheckResult(ParityLayout Layout, ParityDamage Damage, ParityHealth Health)
{
    /// <summary>
    /// Whether the file of parity was made for another image, by the MD5 of its sector 16 (mediumFP of dvdisaster's header), or that
    /// sector of this one is damaged. To mend it makes the other image of it.
    /// </summary>
    public bool IsOfAnother { get; init; }
}
