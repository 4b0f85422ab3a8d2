// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>What READ CD returns of each sector (MMC-6, READ CD, main channel selection, C2 and sub-channel selection).</summary>
public sealed record CdSectorParts
{
    /// <summary>The 2048 bytes of user data of mode 1, or of mode 2 form 1.</summary>
    public static readonly CdSectorParts Data = new();

    /// <summary>All 2352 bytes: sync, header, data, EDC and ECC; or sound.</summary>
    public static readonly CdSectorParts Raw = new() { IsRaw = true };

    /// <summary>All 2352 bytes, and all eight sub-channels behind them: what says where on the disc it is, whatever it holds.</summary>
    public static readonly CdSectorParts RawWithSubChannels = new() { IsRaw = true, SubChannel = SubChannelSelection.Raw };

    /// <summary>Whether all 2352 bytes are returned, and not the user data only.</summary>
    public bool IsRaw { get; init; }

    /// <summary>Whether 294 bytes follow that have a bit for each of the 2352 that the drive could not correct.</summary>
    public bool WithC2 { get; init; }

    /// <summary>What follows of the sub-channel.</summary>
    public SubChannelSelection SubChannel { get; init; }

    /// <summary>Bytes of what is returned of one sector: 2048 or 2352, 294 of C2, 96 or 16 of sub-channel.</summary>
    public int Length => (IsRaw ? 2352 : 2048) + (WithC2 ? 294 : 0) + SubChannel switch
    {
        SubChannelSelection.Raw or SubChannelSelection.Packed => 96,
        SubChannelSelection.Q => 16,
        _ => 0,
    };

    // Sync 80h, all headers 60h, user data 10h, EDC and ECC 08h; C2 as one bit a byte 02h.
    internal byte SelectionByte => (byte)((IsRaw ? 0xF8 : 0x10) | (WithC2 ? 0x02 : 0));
}
