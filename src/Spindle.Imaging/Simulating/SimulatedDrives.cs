// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Imaging.Running;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Imaging.Simulating;

/// <summary>Drives that are folders, beside the files of this machine: all that is done with drives can be done with them.</summary>
/// <param name="root">The folder that has a folder for each drive. A path below it names a drive; all other paths are what they are.</param>
/// <param name="time">The clock by which discs are changed and read.</param>
public sealed class SimulatedDrives(string root, TimeProvider time)
{
    private readonly string _root = Path.GetFullPath(root);

    /// <summary>The paths of the drives, in their order.</summary>
    public IReadOnlyList<string> Paths() => Directory.Exists(_root) ? [.. Directory.EnumerateDirectories(_root).Order(StringComparer.Ordinal)] : [];

    /// <summary>Looks at the drives.</summary>
    public IReadOnlyList<DriveReport> All() => [.. Paths().Select(path => DriveReport.Of(path, TryOpen, drive => Open(drive, SourceChoice.Whole)))];

    /// <summary>Names the drive that a path is; null where it is none.</summary>
    public string? IdentityOf(string path) => TryOpen(path)?.Describe().Identity;

    /// <summary>Opens what a path names: a drive, or a file.</summary>
    /// <exception cref="OperationFailedException">There is nothing, or it can't be read.</exception>
    public DiscSource Open(string path, SourceChoice choice) => DiscSource.Open(path, choice, TryOpen);

    /// <summary>The tray of the drive that a path is; null where it is none.</summary>
    public DriveTray? Tray(string path) => DriveTray.Of(() => TryOpen(path), time);

    /// <summary>What makes images of their discs, and of files.</summary>
    public Imager Imager() => new(request => Open(request.Source, new(request.Session, IsAlone: request.Session is not null)), new ImageFiles(), time);

    /// <summary>Makes a drive.</summary>
    /// <param name="name">The name of its folder.</param>
    /// <returns>The folder of the discs that wait for it: images, files that end in <c>.blank</c>, lists of bad sectors.</returns>
    public string Make(string name)
    {
        SimulatedDrive drive = new(Path.Combine(_root, name), time);
        drive.Make();
        return drive.Stack;
    }

    private SimulatedDrive? TryOpen(string path)
    {
        string whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return string.Equals(Path.GetDirectoryName(whole), _root, StringComparison.Ordinal) && Directory.Exists(whole) ? new SimulatedDrive(whole, time) : null;
    }
}
