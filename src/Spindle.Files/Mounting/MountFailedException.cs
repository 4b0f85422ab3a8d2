// SPDX-License-Identifier: MIT
namespace Spindle.Files.Mounting;

/// <summary>A drive could not be mounted. The system's words are in the message.</summary>
public sealed class MountFailedException(MountObstacle obstacle, string message) : IOException(message)
{
    /// <summary>What stands in the way.</summary>
    public MountObstacle Obstacle => obstacle;
}

/// <summary>What stands in the way of a drive.</summary>
public enum MountObstacle
{
    /// <summary>This system can't show a drive that a program makes, or not in a way that is known here.</summary>
    OtherSystem,

    /// <summary>There is no <c>/dev/fuse</c>.</summary>
    NoFuse,

    /// <summary>There is no <c>fusermount3</c>, without which only root mounts.</summary>
    NoHelper,

    /// <summary>This user may not.</summary>
    Denied,

    /// <summary>The directory is a drive that nobody answers for: what showed it has ended without taking it down.</summary>
    Stale,

    /// <summary>The system says no for another reason.</summary>
    Refused,
}
