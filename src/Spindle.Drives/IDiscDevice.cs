// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Drives;

/// <summary>A device that a disc is in: an optical drive, or a block device that holds a disc's contents.</summary>
/// <remarks>All that differs between operating systems is behind this. Nothing here closes an open tray or waits for a disc.</remarks>
public interface IDiscDevice
{
    /// <summary>The device as the user named it, such as <c>/dev/sr0</c>.</summary>
    string Path { get; }

    /// <summary>What the system knows of the device.</summary>
    DeviceDescription Describe();

    /// <summary>Whether there is a disc that can be read now.</summary>
    MediumStatus GetMediumStatus();

    /// <summary>Asks an optical drive for all that it knows of its disc, without reading its data.</summary>
    /// <returns>Null where the device is none, or takes no commands from this user.</returns>
    DiscSurvey? TrySurvey();

    /// <summary>Opens what changes how an optical drive reads.</summary>
    /// <returns>Null where the device is none, or this user may not set anything.</returns>
    DriveTuning? TryTune();

    /// <summary>Opens an optical drive to write the disc in it: no other program can open it for that, or mount the disc, meanwhile.</summary>
    /// <exception cref="OperationFailedException">Another program has it, this user may not write to it, or discs can't be written on this system yet.</exception>
    IScsiTransport OpenForWriting();

    /// <summary>Where the file systems of the disc are mounted.</summary>
    IReadOnlyList<DeviceMount> GetMounts();

    /// <summary>Opens the disc for reading, past the system's cache where that can be had.</summary>
    /// <param name="leadOut">
    /// Sectors that the table of contents gives the disc; 0 where it has none. Where the drive says that there are fewer, these are
    /// read all the same.
    /// </param>
    /// <param name="bypass"><see cref="CacheBypass.Direct"/> where it was to be had, else <see cref="CacheBypass.None"/>.</param>
    /// <exception cref="OperationFailedException">No disc, or no permission, or the device is gone.</exception>
    ISectorReader OpenMedium(long leadOut, out CacheBypass bypass);

    /// <summary>Unmounts one of <see cref="GetMounts"/>.</summary>
    /// <exception cref="OperationFailedException">A program uses it, or this user may not unmount it.</exception>
    void Unmount(DeviceMount mount);

    /// <summary>Mounts again what <see cref="Unmount"/> took away: the same place, file system and options.</summary>
    /// <exception cref="OperationFailedException">It is not mounted, and why.</exception>
    void Mount(DeviceMount mount);

    /// <summary>Opens the tray. Only for optical drives.</summary>
    /// <exception cref="OperationFailedException">The drive refused: something has it open, or the door is locked.</exception>
    void Eject();
}
