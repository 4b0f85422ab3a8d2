// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Drives.MacOS;

/// <summary>An optical drive as the system's registry of devices (I/O Registry) has it: also one that is empty.</summary>
/// <param name="Identity">The registry's number for it, as long as it is attached.</param>
/// <param name="Service">The class of its driver: <c>IOCompactDiscServices</c>, <c>IODVDServices</c> or <c>IOBDServices</c>.</param>
internal sealed record RegisteredDrive(long Identity, string Service)
{
    /// <summary>Vendor identification, without padding; null where it is not told, as are the following.</summary>
    public string? Vendor { get; init; }

    /// <summary>Product identification.</summary>
    public string? Model { get; init; }

    /// <summary>Product revision level.</summary>
    public string? Firmware { get; init; }

    /// <summary>Its serial number.</summary>
    public string? Serial { get; init; }

    /// <summary>How it is attached, in the words that are used for drives of other systems: <c>usb</c>, <c>ata</c>, <c>scsi</c>.</summary>
    public string? Connection { get; init; }

    /// <summary>The disc that is in it.</summary>
    public RegisteredDisc? Disc { get; init; }

    /// <summary>The kinds of discs that a drive with such a driver reads, at least.</summary>
    public IReadOnlyList<Profile> Reads => Service switch
    {
        "IOBDServices" => [Profile.BdRom, Profile.DvdRom, Profile.CdRom],
        "IODVDServices" => [Profile.DvdRom, Profile.CdRom],
        _ => [Profile.CdRom],
    };
}

/// <summary>A disc in a drive, or another disk, as the system has it.</summary>
/// <param name="Name">Its BSD name, such as <c>disk2</c>.</param>
/// <param name="Family">By the class of its object: which calls it takes.</param>
/// <param name="Profile">What kind of disc it is.</param>
internal sealed record RegisteredDisc(string Name, DiscFamily Family, Profile Profile)
{
    /// <summary>The node that lets itself be read without the system's cache, and while a file system of it is mounted.</summary>
    public string RawNode => "/dev/r" + Name;
}
