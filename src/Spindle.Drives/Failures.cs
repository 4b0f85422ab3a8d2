// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Drives;

/// <summary>What a drive or device is not fit for, in the words that the user is shown: each code and sentence is here, and nowhere else.</summary>
/// <remarks>What the system said of it is given in its words.</remarks>
internal static class Failures
{
    public static OperationFailedException SystemNotSupported(string path) => new(new(
        "system-not-supported", $"drives cannot be read on this operating system yet, so {path} cannot", "image files can"));

    public static OperationFailedException WritingNotSupported(string path) => new(new(
        "system-not-supported", $"discs cannot be burned on this operating system yet, so {path} cannot", "a computer with Linux can"));

    public static OperationFailedException RobotsNotSupported(string path) => new(new(
        "robots-not-supported", $"robots cannot be moved on this operating system, so {path} cannot", "a computer with Linux can"));

    public static OperationFailedException NoRobot(string path, string said) => new(new(
        "robot-silent", $"the robot {path} cannot be opened: {said}", "'ls /dev/sg*' shows what there is; 'modprobe sg', where there is nothing"));

    public static OperationFailedException NoDrive(string path) => new(new("not-a-drive", $"{path} is no optical drive", "'spindle drives' lists them"));

    public static OperationFailedException DeniedToWrite(string path) => new(new(
        "source-denied", $"{path} may not be written to by this user", "join the group that owns it (often 'cdrom' or 'optical'), or run with sudo"));

    public static OperationFailedException NoSectors(string path) => new(new("empty-source", $"{path} has no sectors", "check that a disc is in, or that the device is set up"));

    public static OperationFailedException IsPipe(string path, Exception? cause) => new(
        new("source-is-pipe", $"{path} is no file or drive, but a pipe or another stream", "write it to a file first, and name that"), cause);

    public static OperationFailedException NoDisc(string path) => new(new("no-medium", $"{path} holds no disc", "insert a disc and close the tray"));

    public static OperationFailedException NoReadableDisc(string path) => new(new(
        "no-medium", $"{path} holds no readable disc", "insert a disc, close the tray, and wait until the drive's light stops blinking"));

    public static OperationFailedException TrayOpen(string path) => new(new("tray-open", $"the tray of {path} is open", "insert a disc and close the tray"));

    public static OperationFailedException NotReady(string path) => new(new(
        "not-ready", $"{path} is still looking at the disc", "wait until the drive's light stops blinking"));

    public static OperationFailedException Denied(string path) => new(new(
        "source-denied", $"{path} may not be read by this user", "join the group that owns it (often 'cdrom' or 'optical'), or run with sudo"));

    public static OperationFailedException DeniedOnWindows(string path) => new(new(
        "source-denied",
        $"Windows does not let this program open {path}",
        "close the program that has it locked, allow spindle in Windows Security's 'Controlled folder access', or run it as administrator"));

    public static OperationFailedException DeniedOnMac(string path) => new(new(
        "source-denied",
        $"{path} may not be read by this user",
        $"run with sudo: macOS gives a disc to the one user who sits at the screen, and to no other, nor to one who came by ssh"));

    public static OperationFailedException DeniedByPrivacy(string path) => new(new(
        "source-denied",
        $"macOS does not let this program read {path}, whoever runs it",
        "in System Settings, Privacy & Security, Full Disk Access (or Files and Folders, Removable Volumes), allow the terminal program, and start it anew"));

    /// <param name="said">What the system said.</param>
    public static OperationFailedException CannotListDrives(string said) => new(new(
        "cannot-list-drives", $"the system does not say which drives and discs it has: {said}", "try again; name an image file, if there is one"));

    public static OperationFailedException Busy(string path) => new(new("source-busy", $"another program is using {path}", "close that program and try again"));

    public static OperationFailedException NotConnected(string path) => new(new("drive-gone", $"{path} is not connected", "check its cable and power"));

    /// <param name="path">The drive.</param>
    /// <param name="said">What the system said; null for nothing.</param>
    public static OperationFailedException Vanished(string path, string? said) => new(new(
        "drive-gone",
        $"the drive {path} vanished while it was read{(said is null ? "" : $": {said}")}",
        "check its cable and power, and go on with --resume, in this drive or another one"));

    public static OperationFailedException DiscChanged(string path) => new(new(
        "disc-changed",
        $"the disc in {path} was taken out or changed while it was read; what may be of another disc was not kept",
        "put the disc that was begun back, and go on with --resume"));

    public static OperationFailedException CannotOpen(string path, string said) => new(new("source-unreadable", $"{path} cannot be opened: {said}"));

    public static OperationFailedException CannotUnmount(string path, string point, string said, bool isBusy) => new(new(
        "cannot-unmount",
        $"{point}, where {path} is mounted, cannot be unmounted: {said}",
        isBusy ? "close what uses files there" : "unmount it yourself, or run as a user who may"));

    /// <param name="path">The drive.</param>
    /// <param name="point">Where it was mounted.</param>
    /// <param name="why">Why it is not any more.</param>
    /// <param name="command">What mounts it there; null where nothing does now.</param>
    public static OperationFailedException NotMountedAgain(string path, string point, string why, string? command) => new(new(
        "not-mounted-again", $"{point}, where {path} was mounted before, is not mounted any more: {why}", command is null ? null : $"run {command}"));

    public static OperationFailedException CannotEject(string path, string said) => new(new(
        "cannot-eject", $"{path} did not eject the disc: {said}", "press the button of the drive"));
}
