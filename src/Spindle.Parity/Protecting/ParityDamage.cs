// SPDX-License-Identifier: MIT
using Spindle.Parity.Blocks;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Protecting;

/// <summary>What was wrong with an image and its parity.</summary>
public sealed record ParityDamage
{
    /// <summary>Sectors that can't be read, lie behind the end, were not read by the rescue, or are marked as dead.</summary>
    public required long SectorsMissing { get; init; }

    /// <summary>Sectors that were read, and do not have the checksum noted for them.</summary>
    public required long ChecksumMismatches { get; init; }

    /// <summary>Sectors that only the parity shows to be wrong.</summary>
    public required long SilentErrors { get; init; }

    /// <summary>Wrong sectors of each of the 255 layers: data first, parity last.</summary>
    public required IReadOnlyList<long> WrongInLayer { get; init; }

    /// <summary>Ecc blocks with nothing wrong.</summary>
    public required long BlocksIntact { get; init; }

    /// <summary>Ecc blocks with something wrong that can be restored, and proven to be right then.</summary>
    public required long BlocksRestorable { get; init; }

    /// <summary>Ecc blocks that can be restored as the parity says, with nothing left over to prove it by.</summary>
    public required long BlocksRestorableUnproven { get; init; }

    /// <summary>Ecc blocks that can't be restored, by number.</summary>
    public required IReadOnlyList<LostBlock> BlocksLost { get; init; }

    /// <summary>Whether a header that no ecc block covers is wrong: that of a file of parity, or one of RS02's copies.</summary>
    public bool IsHeaderWrong { get; init; }

    /// <summary>The wrong sectors of the image, in order, as far as they are known; of very many, not all are told.</summary>
    public IReadOnlyList<long> WrongSectors { get; init; } = [];

    /// <summary>Sectors that are wrong in any way.</summary>
    public long SectorsWrong => SectorsMissing + ChecksumMismatches + SilentErrors;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsNone => SectorsWrong == 0 && BlocksLost.Count == 0 && !IsHeaderWrong;

    internal static ParityDamage Of(LayeredVolume volume, DamageLedger ledger, bool isHeaderWrong = false) => new()
    {
        SectorsMissing = ledger.Count(SectorFlaw.Missing) + ledger.Count(SectorFlaw.Marked),
        ChecksumMismatches = ledger.Count(SectorFlaw.Mismatched) + ledger.Count(SectorFlaw.SelfMismatched),
        SilentErrors = ledger.Count(SectorFlaw.Silent),
        WrongInLayer = ledger.WrongInLayer,
        WrongSectors = [.. ledger.Places.Order()],
        BlocksIntact = ledger.Count(BlockOutcome.Intact),
        BlocksRestorable = ledger.Count(BlockOutcome.Restored),
        BlocksRestorableUnproven = ledger.Count(BlockOutcome.RestoredUnproven),
        BlocksLost = [.. ledger.Lost.OrderBy(lost => lost.Key).Select(lost => new LostBlock(lost.Key, lost.Value.Length, ImageSectors(volume, lost.Key, lost.Value)))],
        IsHeaderWrong = isHeaderWrong,
    };

    private static long[] ImageSectors(LayeredVolume volume, long block, int[] layers) =>
        [.. layers.Select(layer => volume.Place(layer, block)).Where(place => place.Home == SectorHome.Image).Select(place => place.Sector).Order()];
}
