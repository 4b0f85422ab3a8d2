// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Media;

namespace Spindle.Changers.Moving;

/// <summary>A drive that a robot serves, from the side of the computer: it has to let go of its disc, and says what it has got.</summary>
public interface IRobotDrive
{
    /// <summary>Its device.</summary>
    string Path { get; }

    /// <summary>What it says of its disc, without touching it.</summary>
    MediumStatus Status();

    /// <summary>Has it let go of its disc: what it holds back is written, and its door unlocked.</summary>
    /// <exception cref="OperationFailedException">The disc is mounted, or another program has the drive.</exception>
    void Release();

    /// <summary>Moves its tray out, and waits for that.</summary>
    /// <exception cref="OperationFailedException">It stays in.</exception>
    void OpenTray();

    /// <summary>Moves its tray in; what it holds is seen afterwards.</summary>
    /// <exception cref="OperationFailedException">The drive is gone.</exception>
    void CloseTray();
}
