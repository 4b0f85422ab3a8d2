// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Health;

/// <summary>Where one verdict ends and the next one begins.</summary>
/// <param name="CopyNowShare">
/// Part of the roots, 0 to 1, that the worst ecc block may use up before the verdict is <see cref="HealthVerdict.CopyNow"/>. Damage grows
/// faster the older a disc is, and the reader that finds the next sectors unreadable may be another one: a quarter leaves room for both.
/// </param>
public sealed record HealthThresholds(double CopyNowShare = 0.25)
{
    /// <summary>The usual thresholds.</summary>
    public static HealthThresholds Usual { get; } = new();

    /// <summary>The verdict on what was found.</summary>
    /// <param name="roots">Sectors of an ecc block that may be lost.</param>
    /// <param name="worstBlock">Wrong sectors of the worst ecc block.</param>
    /// <param name="blocksLost">Ecc blocks that can't be restored.</param>
    public HealthVerdict Judge(int roots, int worstBlock, long blocksLost)
    {
        if (blocksLost > 0 || worstBlock > CopyNowShare * roots)
        {
            return HealthVerdict.CopyNow;
        }

        return worstBlock > 0 ? HealthVerdict.Watch : HealthVerdict.Good;
    }
}
