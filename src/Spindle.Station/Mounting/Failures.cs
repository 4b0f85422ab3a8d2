// SPDX-License-Identifier: MIT
using Spindle.Files.Mounting;
using Spindle.Media;

namespace Spindle.Station.Mounting;

/// <summary>What keeps an archive from being a drive, in the words that the user is shown.</summary>
internal static class Failures
{
    public static Failure Stopped { get; } = new("cancelled", "stopped; the drive is not there", "the same command shows it again");

    public static OperationFailedException NoDirectory(string directory) => new(
        new Failure("mount-no-directory", $"{directory} is no directory", "make an empty one: the archive is shown there"));

    public static OperationFailedException NotEmpty(string directory) => new(
        new Failure("mount-not-empty", $"{directory} holds something, which nobody would see while the archive is shown there", "name an empty directory"));

    public static OperationFailedException Of(string directory, MountFailedException e) => new(
        e.Obstacle switch
        {
            MountObstacle.OtherSystem => new Failure("mount-unsupported", $"an archive can be a drive on Linux only: {e.Message}", "'spindle serve --webdav-urls' shows a vault to any system; 'spindle restore' gets files back"),
            MountObstacle.NoFuse => new Failure("mount-no-fuse", $"there is no /dev/fuse: {e.Message}", "as root 'modprobe fuse'; a container needs '--device /dev/fuse --cap-add SYS_ADMIN'"),
            MountObstacle.NoHelper => new Failure("mount-no-helper", "fusermount3 is not installed, and without it only root can mount", "install the package fuse3, or mount as root"),
            MountObstacle.Denied => new Failure("mount-denied", $"{directory} can't be mounted: {e.Message}", "a container needs '--cap-add SYS_ADMIN'"),
            MountObstacle.Stale => new Failure("mount-stale", $"{directory} is a drive that nobody answers for: the program that showed it was killed", $"'fusermount3 -u {directory}', or as root 'umount {directory}', takes it away; then mount again"),
            _ => new Failure("mount-refused", $"{directory} can't be mounted: {e.Message}", "an empty directory of this user, on a file system that takes mounts"),
        },
        e);
}
