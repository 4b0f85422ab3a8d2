// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>What kind of disc a drive takes the one in it for (MMC-6, GET CONFIGURATION, profile list).</summary>
/// <remarks>Not all numbers have a name here: drives may report any.</remarks>
public enum Profile
{
    /// <summary>No disc, or none that the drive knows.</summary>
    None = 0x0000,

    /// <summary>A disk that can be taken out.</summary>
    RemovableDisk = 0x0002,

    /// <summary>Magneto-optical, erasable.</summary>
    MagnetoOptical = 0x0003,

    /// <summary>Optical, written once.</summary>
    OpticalWriteOnce = 0x0004,

    /// <summary>CD-ROM: pressed.</summary>
    CdRom = 0x0008,

    /// <summary>CD-R.</summary>
    CdR = 0x0009,

    /// <summary>CD-RW.</summary>
    CdRw = 0x000A,

    /// <summary>DVD-ROM: pressed, and what a drive that cannot write takes for it.</summary>
    DvdRom = 0x0010,

    /// <summary>DVD-R, written from front to back.</summary>
    DvdMinusR = 0x0011,

    /// <summary>DVD-RAM.</summary>
    DvdRam = 0x0012,

    /// <summary>DVD-RW, written anywhere.</summary>
    DvdMinusRwRestrictedOverwrite = 0x0013,

    /// <summary>DVD-RW, written from front to back.</summary>
    DvdMinusRwSequential = 0x0014,

    /// <summary>DVD-R of two layers, written from front to back.</summary>
    DvdMinusRDualLayer = 0x0015,

    /// <summary>DVD-R of two layers, written layer by layer.</summary>
    DvdMinusRDualLayerJump = 0x0016,

    /// <summary>DVD-RW of two layers.</summary>
    DvdMinusRwDualLayer = 0x0017,

    /// <summary>DVD+RW.</summary>
    DvdPlusRw = 0x001A,

    /// <summary>DVD+R.</summary>
    DvdPlusR = 0x001B,

    /// <summary>DVD+RW of two layers.</summary>
    DvdPlusRwDualLayer = 0x002A,

    /// <summary>DVD+R of two layers.</summary>
    DvdPlusRDualLayer = 0x002B,

    /// <summary>BD-ROM: pressed.</summary>
    BdRom = 0x0040,

    /// <summary>BD-R, written from front to back.</summary>
    BdRSequential = 0x0041,

    /// <summary>BD-R, written anywhere.</summary>
    BdRRandom = 0x0042,

    /// <summary>BD-RE.</summary>
    BdRe = 0x0043,

    /// <summary>HD DVD-ROM.</summary>
    HdDvdRom = 0x0050,

    /// <summary>HD DVD-R.</summary>
    HdDvdR = 0x0051,

    /// <summary>HD DVD-RAM.</summary>
    HdDvdRam = 0x0052,
}
