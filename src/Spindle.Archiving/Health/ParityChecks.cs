// SPDX-License-Identifier: MIT
using Spindle.Catalogue.Health;
using Spindle.Media;
using Spindle.Parity.Protecting;

namespace Spindle.Archiving.Health;

/// <summary>Brings what a check of parity found into the words of the catalogue.</summary>
public static class ParityChecks
{
    /// <summary>Remembers a check.</summary>
    /// <param name="history">Takes it.</param>
    /// <param name="disc">Number of the disc.</param>
    /// <param name="copy">Which copy, which is entered where it is not known; null where that is not said.</param>
    /// <param name="drive">The device or file that was read.</param>
    /// <param name="result">What was found.</param>
    /// <param name="at">When.</param>
    /// <exception cref="OperationFailedException"><c>no-such-disc</c>, <c>catalogue-failed</c>.</exception>
    public static void Add(this CheckHistory history, int disc, string? copy, string drive, CheckResult result, DateTimeOffset at) =>
        history.Add(disc, JsonForm.Word(result.Layout.Format), new()
        {
            At = at,
            Copy = copy,
            Drive = drive,
            Verdict = JsonForm.Word(result.Health.Verdict),
            Roots = result.Layout.Roots,
            Blocks = result.Layout.Blocks,
            SectorsMissing = result.Damage.SectorsMissing,
            ChecksumMismatches = result.Damage.ChecksumMismatches,
            SilentErrors = result.Damage.SilentErrors,
            BlocksLost = result.Damage.BlocksLost.Count,
            WorstBlock = result.Health.WorstBlock,
            WorstMargin = result.Health.WorstMargin,
            LongestBearableBurst = result.Health.LongestBearableBurst,
            CopyNowShare = result.Health.Thresholds.CopyNowShare,
            BlocksByWrongSectors = result.Health.BlocksByWrongSectors,
        });
}
