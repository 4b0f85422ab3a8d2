// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using System.Text;

namespace Spindle.Drives.Linux;

/// <summary>What /sys tells of a block device (Documentation/ABI/testing/sysfs-block of the kernel).</summary>
/// <param name="name">The kernel's name, such as <c>sr0</c>.</param>
[SupportedOSPlatform("linux")]
internal sealed class SysfsBlockDevice(string name)
{
    private const string ClassFolder = "/sys/class/block";

    private readonly string _folder = Path.Combine(ClassFolder, name);

    public string Name => name;

    // SCSI peripheral device type 5 (SPC-4 §6.4.2); drives on other buses are known by their name.
    public bool IsOptical => Read("device/type") == "5" || name.StartsWith("sr", StringComparison.Ordinal);

    public string? Vendor => Read("device/vendor");

    public string? Model => Read("device/model");

    public string? Firmware => Read("device/rev");

    public bool? IsRemovable => Read("removable") is { } flag ? flag == "1" : null;

    /// <summary>Where the device hangs, such as <c>…/host1/target1:0:0/1:0:0:0/block/sr0</c>; null where it is no more, or /sys is not there.</summary>
    public string? Place => Directory.Exists(_folder) ? new DirectoryInfo(_folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName : null;

    /// <summary>Whether the system has given the device up (scsi_device_state of the kernel).</summary>
    public bool IsOffline => Read("device/state") is "offline" or "transport-offline" or "cancel" or "deleted";

    public string? Connection
    {
        get
        {
            return Place switch
            {
                null => null,
                { } target when target.Contains("/usb", StringComparison.Ordinal) => "usb",
                { } target when target.Contains("/ata", StringComparison.Ordinal) => "ata",
                { } target when target.Contains("/virtual/", StringComparison.Ordinal) => "virtual",
                { } target when target.Contains("/host", StringComparison.Ordinal) => "scsi",
                _ => null,
            };
        }
    }

    /// <summary>By its serial number, as udev, the drive (SPC-4 §7.8.13) or its USB bridge tell it; null where none does.</summary>
    public string? Identity =>
        DriveIdentity.OfUdev(Text($"/run/udev/data/b{Read("dev")}") ?? "")
        ?? DriveIdentity.OfSerial(Connection, Vendor, Model, DriveIdentity.SerialOf(Bytes(Path.Combine(_folder, "device/vpd_pg80"))) ?? UsbSerial);

    /// <summary>By where it hangs; null where /sys is not there.</summary>
    public string? Port => Place is { } place ? DriveIdentity.OfPlace(place) : null;

    /// <summary>Of the nearest device above that has one: on USB, the bridge that the drive hangs on.</summary>
    private string? UsbSerial
    {
        get
        {
            for (string? above = Connection == "usb" ? Path.GetDirectoryName(Place) : null; above is not null && above.Contains("/usb", StringComparison.Ordinal); above = Path.GetDirectoryName(above))
            {
                if (File.Exists(Path.Combine(above, "idVendor")))
                {
                    return Text(Path.Combine(above, "serial"))?.Trim();
                }
            }

            return null;
        }
    }

    public static IEnumerable<SysfsBlockDevice> All() => Directory.Exists(ClassFolder)
        ? Directory.EnumerateFileSystemEntries(ClassFolder).Select(path => new SysfsBlockDevice(Path.GetFileName(path)))
        : [];

    /// <summary>Device numbers (<c>major:minor</c>) of the device and of its partitions.</summary>
    public IReadOnlyList<string> DeviceNumbers()
    {
        IEnumerable<string?> partitions = Directory.Exists(_folder)
            ? Directory.EnumerateDirectories(_folder, $"{name}*").Select(partition => Read($"{Path.GetFileName(partition)}/dev"))
            : [];
        return [.. partitions.Prepend(Read("dev")).OfType<string>()];
    }

    private string? Read(string attribute)
    {
        string? text = Text(Path.Combine(_folder, attribute))?.Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    private static string? Text(string path) => Bytes(path) is { Length: > 0 } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <returns>Empty where it is not there: not every device has every attribute, and a device may vanish while it is looked at.</returns>
    private static byte[] Bytes(string path)
    {
        try
        {
            // What such a file is said to have is a page; there is an end where reading ends.
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            using MemoryStream bytes = new();
            file.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
