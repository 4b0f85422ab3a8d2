// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Changers;

/// <summary>Why a robot can't be used, in the words that the user is shown: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    private const string LookAtIt = "look at the robot itself, and then 'spindle robot status'";

    /// <param name="name">The device.</param>
    /// <param name="said">What it says that it is; null for nothing.</param>
    public static OperationFailedException NoChanger(string name, string? said) => new(new(
        "not-a-robot", $"{name} is no medium changer{(said is null ? "" : $", but {said}")}", "'lsscsi -g' shows the device of each: a changer is a 'mediumx'"));

    /// <param name="name">The robot.</param>
    /// <param name="said">What it said last; null for nothing.</param>
    public static OperationFailedException NoAnswer(string name, string? said) => new(new(
        "robot-silent", $"the robot {name} does not answer{(said is null ? "" : $": {said}")}", "check its cable and power; nothing was moved by Spindle since it was heard of last"));

    public static OperationFailedException NotReady(string name, Sense sense) => new(new(
        "robot-not-ready", $"the robot {name} is not ready: {sense}", LookAtIt));

    public static OperationFailedException Refused(string name, string what, Sense sense) => new(new(
        "robot-refused", $"the robot {name} did not tell {what}: {sense}", LookAtIt));

    /// <param name="name">The robot.</param>
    /// <param name="what">What is wrong with what it said.</param>
    public static OperationFailedException Nonsense(string name, string what) => new(new(
        "robot-nonsense", $"the robot {name} tells what can't be: {what}", "its firmware may be newer or older than its makers' programs; nothing was moved"));

    public static OperationFailedException NoProgram(string program, Exception cause) => new(new(
        "no-robot-program", $"the program of the robot can't be run: {program}: {cause.Message}", "name a script that takes the arguments of Bareos' mtx-changer, and may be executed"), cause);

    public static OperationFailedException ProgramFailed(string program, string command, string said) => new(new(
        "robot-program-failed", $"the program of the robot failed: {program} … {command}: {said}", "run it by hand with the same arguments"));

    public static OperationFailedException Busy(string name) => new(new(
        "robot-busy", $"another program of Spindle has had the robot {name} for long", "wait until its move has ended"));

    public static OperationFailedException NotRemembered(string path, Exception cause) => new(new(
        "robot-state-unreadable", $"what is known of the robot, in {path}, can't be read: {cause.Message}",
        "look where the discs are, and remove that file: all slots are unknown then"), cause);

    public static OperationFailedException Mounted(string drive, string point) => new(new(
        "disc-mounted", $"the disc in {drive} is mounted at {point}", "unmount it first, if nothing on it is needed any more"));

    public static OperationFailedException TrayShut(string drive) => new(new("tray-stuck", $"the tray of {drive} does not come out", "press the button of the drive"));

    public static OperationFailedException DriveRefused(string drive, Sense sense) => new(new("drive-refused", $"{drive} does not let go of its disc: {sense}", "press the button of the drive"));

    /// <param name="drive">The drive.</param>
    /// <param name="said">What the system said; null for nothing.</param>
    public static OperationFailedException DriveGone(string drive, string? said) => new(new("drive-gone", $"{drive} is not connected{(said is null ? "" : $": {said}")}", "check its cable and power"));

    public static OperationFailedException Settings(string what) => new(new("usage", what, "docs/formats/robots.md tells what a robot needs"));

    public static OperationFailedException NoSuchDrive(string drive) => new(new("usage", $"there is no drive {drive}, which the robot is to serve", "'spindle drives' shows them"));

    public static OperationFailedException WhichChanger(IReadOnlyList<string> devices)
    {
        string what = devices.Count == 0 ? "this computer has no medium changer" : $"this computer has several medium changers: {string.Join(", ", devices)}";
        return new(new("which-robot", what, devices.Count == 0 ? "other robots are named with --driver, or in robots.json (docs/manual/robots.md)" : "name one with --device"));
    }
}
