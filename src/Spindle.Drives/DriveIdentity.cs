// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Drives;

/// <summary>Names a drive so that it is the same one tomorrow: <c>/dev/sr0</c> is what the kernel happened to count.</summary>
public static class DriveIdentity
{
    /// <summary>By what it says of itself.</summary>
    /// <param name="connection">How it is attached; null where that is not known, as the next two.</param>
    /// <param name="vendor">Who made it.</param>
    /// <param name="model">Which it is.</param>
    /// <param name="serial">Its serial number.</param>
    /// <returns>As Linux names links in <c>/dev/disk/by-id</c>; null without a serial number, for two of one model would be one.</returns>
    public static string? OfSerial(string? connection, string? vendor, string? model, string? serial) => string.IsNullOrWhiteSpace(serial)
        ? null
        : $"{connection ?? "drive"}-{Word(string.Join('_', new[] { vendor, model, serial }.Where(part => !string.IsNullOrWhiteSpace(part))))}";

    /// <summary>By where it hangs, which another drive in its place has, too.</summary>
    /// <param name="place">As /sys of Linux has it, such as <c>/sys/devices/pci0000:00/0000:00:1f.2/ata2/host1/target1:0:0/1:0:0:0/block/sr0</c>.</param>
    public static string OfPlace(string place)
    {
        const string Devices = "/sys/devices/", Block = "/block/";
        string path = place.StartsWith(Devices, StringComparison.Ordinal) ? place[Devices.Length..] : place;
        int end = path.LastIndexOf(Block, StringComparison.Ordinal);
        string[] parts = (end < 0 ? path : path[..end]).Split('/', StringSplitOptions.RemoveEmptyEntries);

        // Hosts are counted as they come; on USB and ATA, the port says the same for ever.
        bool hasPort = parts.Any(part => part.StartsWith("usb", StringComparison.Ordinal) || part.StartsWith("ata", StringComparison.Ordinal));
        IEnumerable<string> lasting = parts.Where(part => !part.StartsWith("target", StringComparison.Ordinal) && !(hasPort && part.StartsWith("host", StringComparison.Ordinal)));
        return "path-" + Word(string.Join('-', lasting.Select(part => IsAddress(part) && hasPort ? part[(part.IndexOf(':') + 1)..] : part)));
    }

    /// <summary>What udev of Linux knows of a block device: <c>/run/udev/data/bMAJOR:MINOR</c>.</summary>
    /// <returns>The link in <c>/dev/disk/by-id</c> that has the serial number; null where it knows none.</returns>
    public static string? OfUdev(string data)
    {
        const string Link = "S:disk/by-id/";
        string[] lines = data.Split('\n');
        string? serial = lines.FirstOrDefault(line => line.StartsWith("E:ID_SERIAL_SHORT=", StringComparison.Ordinal))?.Split('=', 2)[1];
        return string.IsNullOrEmpty(serial) ? null
            : lines.Where(line => line.StartsWith(Link, StringComparison.Ordinal) && line.Contains(serial, StringComparison.Ordinal)).Select(line => line[Link.Length..]).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>The serial number in a Unit Serial Number VPD page (SPC-4 §7.8.13).</summary>
    /// <returns>Null where it is blank, or no such page.</returns>
    public static string? SerialOf(ReadOnlySpan<byte> page)
    {
        const int HeaderLength = 4;
        if (page.Length < HeaderLength || page[1] != 0x80)
        {
            return null;
        }

        ReadOnlySpan<byte> text = page[HeaderLength..Math.Min(page.Length, HeaderLength + page[3])];
        string serial = Encoding.ASCII.GetString(text).Trim('\0', ' ');
        return serial.Length > 0 && serial.All(character => character is > ' ' and <= '~') ? serial : null;
    }

    /// <summary>SCSI host, channel, target and unit, as the kernel counts them: <c>1:0:0:0</c>.</summary>
    private static bool IsAddress(string part) => part.Count(character => character == ':') == 3 && part.All(character => char.IsAsciiDigit(character) || character == ':');

    private static string Word(string text) =>
        string.Concat(string.Join('_', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(character => char.IsAsciiLetterOrDigit(character) || "#+-.:=@_".Contains(character) ? character : '_'));
}
