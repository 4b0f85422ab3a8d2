// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Protecting;

/// <summary>What a repair found and did.</summary>
/// <param name="Written">The mended image's path.</param>
/// <param name="Found">What was wrong before; lost blocks are wrong still.</param>
/// <param name="SectorsRestored">Sectors that were written anew, and are right: checksums or further parity prove it.</param>
/// <param name="SectorsRestoredUnproven">Sectors that were written anew as the parity says, with nothing left over to prove it by.</param>
/// <param name="Resumed">Whether it continued what an earlier run had left unfinished.</param>
public sealed record RepairResult(string Written, CheckResult Found, long SectorsRestored, long SectorsRestoredUnproven, bool Resumed)
{
    /// <summary>Whether every byte is right now.</summary>
    public bool IsWhole => Found.Damage.BlocksLost.Count == 0 && SectorsRestoredUnproven == 0;
}
