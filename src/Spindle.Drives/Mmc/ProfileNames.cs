// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Drives.Mmc;

/// <summary>What follows from a profile.</summary>
public static class ProfileNames
{
    /// <summary>The kind of disc as it is printed on discs.</summary>
    public static string Title(this Profile profile) => profile switch
    {
        Profile.None => "no disc",
        Profile.RemovableDisk => "removable disk",
        Profile.MagnetoOptical => "magneto-optical disk",
        Profile.OpticalWriteOnce => "optical disk, written once",
        Profile.CdRom => "CD-ROM",
        Profile.CdR => "CD-R",
        Profile.CdRw => "CD-RW",
        Profile.DvdRom => "DVD-ROM",
        Profile.DvdMinusR => "DVD-R",
        Profile.DvdRam => "DVD-RAM",
        Profile.DvdMinusRwRestrictedOverwrite or Profile.DvdMinusRwSequential => "DVD-RW",
        Profile.DvdMinusRDualLayer or Profile.DvdMinusRDualLayerJump => "DVD-R DL",
        Profile.DvdMinusRwDualLayer => "DVD-RW DL",
        Profile.DvdPlusRw => "DVD+RW",
        Profile.DvdPlusR => "DVD+R",
        Profile.DvdPlusRwDualLayer => "DVD+RW DL",
        Profile.DvdPlusRDualLayer => "DVD+R DL",
        Profile.BdRom => "BD-ROM",
        Profile.BdRSequential or Profile.BdRRandom => "BD-R",
        Profile.BdRe => "BD-RE",
        Profile.HdDvdRom => "HD DVD-ROM",
        Profile.HdDvdR => "HD DVD-R",
        Profile.HdDvdRam => "HD DVD-RAM",
        _ => string.Create(CultureInfo.InvariantCulture, $"profile {(int)profile:X4}h"),
    };

    /// <summary>Which family of discs it is.</summary>
    public static DiscFamily Family(this Profile profile) => (int)profile switch
    {
        >= 0x08 and <= 0x0F => DiscFamily.Cd,
        >= 0x10 and <= 0x2F => DiscFamily.Dvd,
        >= 0x40 and <= 0x4F => DiscFamily.Bluray,
        >= 0x50 and <= 0x5F => DiscFamily.HdDvd,
        _ => DiscFamily.Unknown,
    };

    /// <summary>
    /// Whether such discs are written anywhere, like a disk, and their capacity is what they were formatted to: much of it may never
    /// have been written.
    /// </summary>
    public static bool IsFormatted(this Profile profile) => profile is Profile.DvdRam or Profile.DvdMinusRwRestrictedOverwrite
        or Profile.DvdPlusRw or Profile.DvdPlusRwDualLayer or Profile.BdRe or Profile.BdRRandom or Profile.MagnetoOptical
        or Profile.RemovableDisk or Profile.HdDvdRam;

    /// <summary>Whether such discs are written by drives like ours, and not pressed.</summary>
    public static bool IsRecordable(this Profile profile) =>
        profile.Family() != DiscFamily.Unknown && profile is not (Profile.CdRom or Profile.DvdRom or Profile.BdRom or Profile.HdDvdRom);
}
