// SPDX-License-Identifier: MIT
using System.Globalization;
using Xunit;

namespace Spindle.Testing;

/// <summary>Chance that can be had again: another one each time, told when the test fails; <c>SPINDLE_SEED=17</c> asks for one.</summary>
public static class Seed
{
    /// <summary>Chance of this run; the test's output says which.</summary>
    public static Random Random()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("SPINDLE_SEED"), CultureInfo.InvariantCulture, out int asked) ? asked : System.Random.Shared.Next();
        TestContext.Current.SendDiagnosticMessage("SPINDLE_SEED={0}", seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"SPINDLE_SEED={seed} gives the same moments again");
        return new(seed);
    }
}
