// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Drives;

/// <summary>How a drive answered a command.</summary>
/// <param name="IsGood">Whether it did what it was told (status GOOD, SAM-5).</param>
/// <param name="Length">How many bytes of the buffer hold an answer; some may, even where it failed.</param>
/// <param name="Sense">What it says of its failure; <see cref="Sense.None"/> where it did not fail, or says nothing.</param>
public readonly record struct ScsiReply(bool IsGood, int Length, Sense Sense)
{
    /// <summary>An answer of some bytes.</summary>
    public static ScsiReply Good(int length) => new(true, length, Sense.None);

    /// <summary>A refusal.</summary>
    public static ScsiReply Refused(Sense sense) => new(false, 0, sense);
}
