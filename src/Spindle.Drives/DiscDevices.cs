// SPDX-License-Identifier: MIT
using Spindle.Drives.Linux;
using Spindle.Drives.MacOS;
using Spindle.Drives.Windows;
using Spindle.Media;

namespace Spindle.Drives;

/// <summary>Finds the devices of this system. The only place that asks which system it is.</summary>
public static class DiscDevices
{
    /// <summary>Looks whether a path is a device.</summary>
    /// <returns>The device; null where the path is something else, or nothing.</returns>
    /// <exception cref="OperationFailedException">The device may not be opened, or devices of this system can't be read yet.</exception>
    public static IDiscDevice? TryOpen(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            return LinuxDiscDevice.TryOpen(path);
        }

        if (OperatingSystem.IsWindows())
        {
            return WindowsDiscDevice.TryOpen(path);
        }

        if (OperatingSystem.IsMacOS())
        {
            return MacMachine.This.TryOpen(path);
        }

        return path.StartsWith("/dev/", StringComparison.Ordinal) ? throw Failures.SystemNotSupported(path) : null;
    }

    /// <summary>What the system calls a device (<see cref="DeviceDescription.Node"/>, <see cref="DeviceDescription.Identity"/>).</summary>
    /// <remarks>On Linux without a word to the device: one that does not answer would hold up whoever asks for the names of all.</remarks>
    /// <returns>Null where the path is no device.</returns>
    /// <exception cref="OperationFailedException">The device may not be opened.</exception>
    public static (string Node, string? Identity)? NameOf(string path) =>
        OperatingSystem.IsLinux() ? LinuxDiscDevice.NameOf(path) : TryOpen(path)?.Describe() is { } drive ? (drive.Node, drive.Identity) : null;

    /// <summary>Opens a device that is told by SCSI commands to move things, such as <c>/dev/sg2</c>; whether it is one, it says itself.</summary>
    /// <exception cref="OperationFailedException">It may not be opened, or is not there, or robots can't be moved on this system.</exception>
    public static IScsiTransport OpenRobot(string path) => OperatingSystem.IsLinux() ? LinuxRobots.Open(path) : throw Failures.RobotsNotSupported(path);

    /// <summary>Paths of all devices that say that they are medium changers, in the system's order; none where the system is not supported.</summary>
    public static IReadOnlyList<string> Robots() => OperatingSystem.IsLinux() ? LinuxRobots.All() : [];

    /// <summary>Paths of all optical drives, in the system's order; none where the system is not supported yet.</summary>
    public static IReadOnlyList<string> OpticalDrives() =>
        OperatingSystem.IsLinux() ? LinuxDiscDevice.OpticalDrives()
        : OperatingSystem.IsWindows() ? WindowsDiscDevice.OpticalDrives()
        : OperatingSystem.IsMacOS() ? MacMachine.This.OpticalDrives()
        : [];
}
