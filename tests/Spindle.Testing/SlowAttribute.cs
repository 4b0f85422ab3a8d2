// SPDX-License-Identifier: MIT
using Xunit.v3;

namespace Spindle.Testing;

/// <summary>Marks a test that takes seconds, and says why it must; <c>./test --quick</c> leaves it out.</summary>
/// <param name="why">What would be lost if it took less.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class SlowAttribute(string why) : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("speed", "slow"), new("why", why)];
}
