// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Media;

namespace Spindle.Imaging.Sources;

/// <summary>What is imaged: a disc in a drive, a block device, or an image file.</summary>
public interface IDiscSource : IDisposable
{
    /// <summary>The medium. Opened when the source was.</summary>
    ISectorReader Reader { get; }

    /// <summary>What is known of the source without reading all of it.</summary>
    SourceDescription Description { get; }

    /// <summary>Asks whether the disc in the drive is still the one that was opened.</summary>
    /// <exception cref="OperationFailedException">It was taken out or changed, or the drive is gone.</exception>
    void CheckMedium();

    /// <summary>Opens the medium once more, so that nothing the system remembers of the first reading is read again.</summary>
    SecondReading OpenAgain();

    /// <summary>Opens what changes how the drive reads.</summary>
    /// <returns>Null where the source is no drive, or this user may not set anything.</returns>
    DriveTuning? TryTune();

    /// <summary>Unmounts what is mounted from the disc.</summary>
    /// <returns>Where it was mounted; empty where it was not.</returns>
    /// <exception cref="OperationFailedException">A program uses it, or this user may not unmount it.</exception>
    IReadOnlyList<DeviceMount> Unmount();

    /// <summary>Mounts again what <see cref="Unmount"/> gave back.</summary>
    /// <exception cref="OperationFailedException">It is not mounted, and why: another disc is in the drive, say.</exception>
    void Mount(DeviceMount mount);

    /// <summary>Ejects the disc, where the source is a drive that can.</summary>
    /// <returns>Whether it is a drive that can.</returns>
    /// <exception cref="OperationFailedException">The drive refused.</exception>
    bool Eject();
}
