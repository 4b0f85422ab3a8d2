// SPDX-License-Identifier: MIT
namespace Spindle.Parity.DiscSet;

/// <summary>Bytes of a member of a set that are missing.</summary>
/// <param name="Member">Which one: discs from 0 on, then parity discs.</param>
/// <param name="From">First byte.</param>
/// <param name="Length">Bytes, at least 1.</param>
public readonly record struct SetHole(int Member, long From, long Length)
{
    /// <summary>Behind the last byte.</summary>
    public long End => From + Length;
}
