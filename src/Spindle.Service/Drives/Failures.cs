// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Service.Drives;

/// <summary>What can't be done with a drive, whoever asks: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    public static OperationFailedException NoDrive(string name) => new(new("no-such-drive", $"there is no drive {name}", "'spindle drives' lists those that there are"));

    public static OperationFailedException WatchesNone() => new(new("usage", "this service runs no jobs (--no-jobs), and watches no drives", "set it up at the service that runs them"));

    public static OperationFailedException HasJob(string drive, long job) => new(new(
        "drive-busy", string.Create(CultureInfo.InvariantCulture, $"job {job} has {drive}"), string.Create(CultureInfo.InvariantCulture, $"wait for it, or stop it: 'spindle jobs stop {job}'")));

    public static OperationFailedException NoRoom(string folder, long free, long needed) => new(new(
        "no-space", string.Create(CultureInfo.InvariantCulture, $"{folder} has {free:N0} bytes free, and the disc in the drive has {needed:N0}"), TargetFailure.MakeRoom));

    public static OperationFailedException NoTray(string path) => new(new("cannot-eject", $"{path} did not eject the disc: it says that it is no optical drive", "press the button of the drive"));

    public static OperationFailedException NoAnswer(string path, TimeSpan waited) => new(new(
        "cannot-eject", $"{path} did not eject the disc: it has not answered for {Figures.Duration(waited)}", "press the button of the drive; if that does not help, disconnect it"));
}
