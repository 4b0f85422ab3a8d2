// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Drives.Mmc;

namespace Spindle.Drives.MacOS;

/// <summary>Asks the system's registry of devices (I/O Registry) for optical drives, by <c>ioreg</c>.</summary>
internal static class DeviceRegistry
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The drivers of optical drives (IOSCSIArchitectureModelFamily): none of the classes is a kind of another.</summary>
    private static readonly string[] Services = ["IOCompactDiscServices", "IODVDServices", "IOBDServices"];

    /// <summary>What a disc is called by IOCDMedia.h, IODVDMedia.h and IOBDMedia.h.</summary>
    private static readonly Dictionary<string, Profile> Types = new()
    {
        ["CD-ROM"] = Profile.CdRom,
        ["CD-R"] = Profile.CdR,
        ["CD-RW"] = Profile.CdRw,
        ["DVD-ROM"] = Profile.DvdRom,
        ["DVD-R"] = Profile.DvdMinusR,
        ["DVD-RW"] = Profile.DvdMinusRwSequential,
        ["DVD-RAM"] = Profile.DvdRam,
        ["DVD+R"] = Profile.DvdPlusR,
        ["DVD+RW"] = Profile.DvdPlusRw,
        ["HD DVD-ROM"] = Profile.HdDvdRom,
        ["HD DVD-R"] = Profile.HdDvdR,
        ["HD DVD-RAM"] = Profile.HdDvdRam,
        ["BD-ROM"] = Profile.BdRom,
        ["BD-R"] = Profile.BdRSequential,
        ["BD-RE"] = Profile.BdRe,
    };

    /// <summary>All optical drives that are attached, in the order in which they were.</summary>
    /// <exception cref="Media.OperationFailedException"><c>cannot-list-drives</c>.</exception>
    public static IReadOnlyList<RegisteredDrive> Drives(SystemPrograms programs) =>
        [.. Services.SelectMany(service => Drives(programs, service)).DistinctBy(drive => drive.Identity).OrderBy(drive => drive.Identity)];

    private static IEnumerable<RegisteredDrive> Drives(SystemPrograms programs, string service)
    {
        // Recursively from each such driver, with all properties, lines uncut, as a property list: nothing at all where there is none.
        ProgramOutcome outcome = programs.Run("ioreg", Patience, "-r", "-c", service, "-l", "-w", "0", "-a");
        if (!outcome.IsDone)
        {
            throw Failures.CannotListDrives(outcome.Said);
        }

        if (outcome.Output.Length == 0)
        {
            return [];
        }

        Plist list = Plist.Parse(outcome.Output) ?? throw Failures.CannotListDrives("ioreg printed no property list that can be read");
        return list.Items.Select(entry => DriveOf(entry, service));
    }

    private static RegisteredDrive DriveOf(Plist entry, string service)
    {
        Plist? characteristics = entry["Device Characteristics"];
        return new(entry.Number("IORegistryEntryID") ?? 0, service)
        {
            Vendor = characteristics?.Text("Vendor Name"),
            Model = characteristics?.Text("Product Name"),
            Firmware = characteristics?.Text("Product Revision Level"),
            Serial = characteristics?.Text("Serial Number"),
            Connection = ConnectionOf(entry["Protocol Characteristics"]?.Text("Physical Interconnect")),
            Disc = FindDisc(entry),
        };
    }

    /// <summary>IOStorageProtocolCharacteristics.h, in the words of Linux.</summary>
    private static string? ConnectionOf(string? interconnect) => interconnect switch
    {
        "USB" => "usb",
        "ATA" or "ATAPI" or "SATA" => "ata",
        "SCSI" or "SCSI Parallel" or "SAS" or "FireWire" => "scsi",
        _ => interconnect?.ToLower(CultureInfo.InvariantCulture),
    };

    /// <summary>The whole disc below a driver; its parts lie below that, and are none.</summary>
    private static RegisteredDisc? FindDisc(Plist entry)
    {
        foreach (Plist child in entry.Array("IORegistryEntryChildren"))
        {
            if (child.Text("BSD Name") is { } name && child.Flag("Whole") == true && DiskName.Parse(name) is { Whole: { } whole, Part: null })
            {
                return DiscOf(child, whole);
            }

            if (FindDisc(child) is { } below)
            {
                return below;
            }
        }

        return null;
    }

    private static RegisteredDisc DiscOf(Plist entry, string name)
    {
        Profile profile = Types.GetValueOrDefault(entry.Text("Type") ?? "");
        DiscFamily family = entry.Text("IOObjectClass") switch
        {
            "IOCDMedia" => DiscFamily.Cd,
            "IODVDMedia" => profile.Family() == DiscFamily.HdDvd ? DiscFamily.HdDvd : DiscFamily.Dvd,
            "IOBDMedia" => DiscFamily.Bluray,
            _ => profile.Family(),
        };
        return new(name, family, profile);
    }
}
