// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.Health;
using Spindle.Parity.Protecting;

namespace Spindle.Station.Protecting;

/// <summary>Parity, and where it lies.</summary>
/// <param name="Format">What kind of parity.</param>
/// <param name="PayloadBytes">Bytes that it protects.</param>
/// <param name="Roots">Sectors of each ecc block that may be lost.</param>
/// <param name="RedundancyPercent">Parity for the data, in percent, to two places.</param>
/// <param name="Blocks">Ecc blocks.</param>
/// <param name="TotalSectors">Sectors of 2048 bytes of all of it.</param>
public sealed record LayoutPart(
    [property: JsonConverter(typeof(JsonForm.Words<ParityFormat>))] ParityFormat Format,
    long PayloadBytes,
    int Roots,
    double RedundancyPercent,
    long Blocks,
    long TotalSectors)
{
    internal static LayoutPart Of(ParityLayout layout) =>
        new(layout.Format, layout.PayloadBytes, layout.Roots, Math.Round(layout.RedundancyPercent, 2), layout.Blocks, layout.TotalSectors);
}

/// <summary>What is wrong with a protected image.</summary>
/// <param name="SectorsMissing">Sectors that could not be read.</param>
/// <param name="ChecksumMismatches">Sectors that do not have their checksum.</param>
/// <param name="SilentErrors">Sectors that only the parity shows to be wrong.</param>
/// <param name="BlocksIntact">Ecc blocks in which nothing is wrong.</param>
/// <param name="BlocksRestorable">Ecc blocks that can be restored, and proven.</param>
/// <param name="BlocksRestorableUnproven">Ecc blocks that can be restored, with nothing left over to prove it by.</param>
/// <param name="BlocksLost">Ecc blocks that can't be restored.</param>
public sealed record DamagePart(
    long SectorsMissing,
    long ChecksumMismatches,
    long SilentErrors,
    long BlocksIntact,
    long BlocksRestorable,
    long BlocksRestorableUnproven,
    IReadOnlyList<LostBlock> BlocksLost)
{
    internal static DamagePart Of(ParityDamage damage) => new(
        damage.SectorsMissing,
        damage.ChecksumMismatches,
        damage.SilentErrors,
        damage.BlocksIntact,
        damage.BlocksRestorable,
        damage.BlocksRestorableUnproven,
        damage.BlocksLost);
}

/// <summary>How much more a protected image can bear.</summary>
/// <param name="Verdict">What to do.</param>
/// <param name="CopyNowShare">Part of the roots, 0 to 1, from which on it is to be copied.</param>
/// <param name="WorstBlock">Wrong sectors of the worst ecc block.</param>
/// <param name="WorstMargin">Sectors that the worst ecc block may lose in addition.</param>
/// <param name="MeanWrongSectors">Wrong sectors of an ecc block on average.</param>
/// <param name="LongestBearableBurst">Sectors in one piece that may be lost in addition.</param>
/// <param name="BlocksByWrongSectors">How many ecc blocks have how many wrong sectors, from 0 on.</param>
public sealed record HealthPart(
    [property: JsonConverter(typeof(JsonForm.Words<HealthVerdict>))] HealthVerdict Verdict,
    double CopyNowShare,
    int WorstBlock,
    int WorstMargin,
    double MeanWrongSectors,
    long LongestBearableBurst,
    IReadOnlyList<long> BlocksByWrongSectors)
{
    internal static HealthPart Of(ParityHealth health) => new(
        health.Verdict,
        health.Thresholds.CopyNowShare,
        health.WorstBlock,
        health.WorstMargin,
        health.MeanWrongSectors,
        health.LongestBearableBurst,
        health.BlocksByWrongSectors);
}
