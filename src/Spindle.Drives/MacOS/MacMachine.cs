// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.Versioning;
using Spindle.Media;

namespace Spindle.Drives.MacOS;

/// <summary>A Mac: its drives and discs, by their names.</summary>
/// <remarks>
/// A drive has no name of its own that people would know, and none in <c>/dev</c> while it is empty: it is called as the disc in it, or by
/// its number among all drives. The next disc in it may be called otherwise; so for as long as this process runs, a name means the
/// drive that it meant first.
/// </remarks>
/// <param name="calls">How discs are read.</param>
/// <param name="programs">How the system is asked for them.</param>
internal sealed class MacMachine(IMacCalls calls, SystemPrograms programs)
{
    private readonly ConcurrentDictionary<string, long> _meant = new(StringComparer.Ordinal);

    /// <summary>How discs are read.</summary>
    public IMacCalls Calls => calls;

    /// <summary>How they are mounted and ejected.</summary>
    public DiskUtility Disks { get; } = new(programs);

    /// <summary>The one that this program runs on.</summary>
    [SupportedOSPlatform("macos")]
    public static MacMachine This { get; } = new(new MacCalls(), new SystemPrograms("/usr/sbin", "/usr/bin"));

    /// <summary>The drives by their names, in the order in which they were attached.</summary>
    /// <exception cref="OperationFailedException"><c>cannot-list-drives</c>.</exception>
    public IReadOnlyList<string> OpticalDrives()
    {
        IReadOnlyList<RegisteredDrive> drives = Drives();
        return [.. drives.Select((drive, index) => drive.Disc is { } disc && IsOf(disc.Name, drive) ? disc.Name : NameOf(index))];

        // What its disc is called may mean another drive already.
        bool IsOf(string name, RegisteredDrive drive) => !_meant.TryGetValue(name, out long identity) || identity == drive.Identity || drives.All(other => other.Identity != identity);
    }

    /// <summary>Looks whether a path names a drive or a disc.</summary>
    /// <returns>Null where it names something else, or nothing.</returns>
    /// <exception cref="OperationFailedException"><c>cannot-list-drives</c>, <c>source-is-pipe</c>.</exception>
    public MacDiscDevice? TryOpen(string path)
    {
        if (DiskName.Parse(path) is not { } name)
        {
            // To open a pipe as a file waits for somebody who writes into it, who may never come.
            return calls.IsStream(path) ? throw Failures.IsPipe(path, cause: null) : null;
        }

        IReadOnlyList<RegisteredDrive> drives = Drives();
        if (FindDrive(drives, name, path) is { } drive)
        {
            _meant[name.Whole ?? path] = drive.Identity;
            return new(this, path, drive, null);
        }

        // A disk that is in no optical drive: a part of it is a disk of its own.
        string? disk = name.Part ?? name.Whole;
        return disk is not null && Disks.Describe(disk) is { } description ? new(this, path, null, new(disk, description)) : null;
    }

    /// <summary>All optical drives that are attached.</summary>
    public IReadOnlyList<RegisteredDrive> Drives() => DeviceRegistry.Drives(programs);

    private RegisteredDrive? FindDrive(IReadOnlyList<RegisteredDrive> drives, DiskName name, string path)
    {
        if (_meant.TryGetValue(name.Whole ?? path, out long identity) && drives.FirstOrDefault(drive => drive.Identity == identity) is { } meant)
        {
            return meant;
        }

        return name.Whole is null ? drives.ElementAtOrDefault(name.Drive - 1) : drives.FirstOrDefault(drive => drive.Disc?.Name == name.Whole);
    }

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"drive{index + 1}");
}
