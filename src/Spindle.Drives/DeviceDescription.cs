// SPDX-License-Identifier: MIT
namespace Spindle.Drives;

/// <summary>What the system knows of a device. What it does not know is null.</summary>
public sealed record DeviceDescription
{
    /// <summary>The system's own name of the device, links resolved, such as <c>/dev/sr0</c> for <c>/dev/cdrom</c>.</summary>
    public required string Node { get; init; }

    /// <summary>Whether it is an optical drive (SCSI peripheral device type 5, SPC-4 §6.4.2).</summary>
    public required bool IsOptical { get; init; }

    /// <summary>Vendor identification (SPC-4 §6.4.2), without padding.</summary>
    public string? Vendor { get; init; }

    /// <summary>Product identification (SPC-4 §6.4.2), without padding.</summary>
    public string? Model { get; init; }

    /// <summary>Product revision level (SPC-4 §6.4.2): the firmware's version.</summary>
    public string? Firmware { get; init; }

    /// <summary>Whether the medium can be taken out.</summary>
    public bool? IsRemovable { get; init; }

    /// <summary>Whether the system refuses writes to the medium.</summary>
    public bool? IsReadOnly { get; init; }

    /// <summary>How the device is attached: <c>usb</c>, <c>ata</c>, <c>scsi</c>.</summary>
    public string? Connection { get; init; }

    /// <summary>Names the drive beyond the next start of the system: by its serial number, else by where it hangs (<see cref="DriveIdentity"/>).</summary>
    public string? Identity { get; init; }

    /// <summary>Names the port that the drive hangs on: for drives whose serial number another one has, too.</summary>
    public string? Port { get; init; }
}
