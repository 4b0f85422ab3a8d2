// SPDX-License-Identifier: MIT
using Spindle.Parity.Health;

namespace Spindle.Parity;

/// <summary>What a check found.</summary>
/// <param name="Layout">The parity.</param>
/// <param name="Damage">What is wrong.</param>
/// <param name="Health">How much more can be borne.</param>
public sealed record CheckResult(ParityLayout Layout, ParityDamage Damage, ParityHealth Health);
