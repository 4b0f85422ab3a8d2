// SPDX-License-Identifier: MIT
using Spindle.Service.Arming;
using Spindle.Service.Documents;
using Spindle.Station.Drives;

namespace Spindle.Service.Drives;

/// <summary>A drive of this station: what it says, and what is to be done with it.</summary>
/// <param name="Drive">What the drive says.</param>
/// <param name="Job">The job that has it; null where none has.</param>
/// <param name="Armed">What begins by itself when a disc is put in; null where nothing does.</param>
/// <param name="IsPaused">Whether a person keeps it back: no job begins in it.</param>
/// <param name="Notice">Why the disc in it did not begin by itself; null where there is nothing to say.</param>
internal sealed record StationDrive(DrivePart Drive, JobPart? Job, ArmedDrive? Armed, bool IsPaused, string? Notice)
{
    /// <summary>What it is in addresses: its identity, or its path where nothing else tells it apart.</summary>
    public string Key => KeyOf(Drive);

    /// <summary>The resource that its jobs have.</summary>
    public string Resource => ResourceOf(Drive);

    /// <summary>What people call it.</summary>
    public string Called => Drive.Name ?? string.Join(' ', new[] { Drive.Vendor, Drive.Model, Drive.Path }.Where(word => !string.IsNullOrWhiteSpace(word)));

    /// <summary>What a drive is in addresses.</summary>
    public static string KeyOf(DrivePart drive) => drive.Identity ?? drive.Path;

    /// <summary>The resource that jobs of a drive have.</summary>
    public static string ResourceOf(DrivePart drive) => $"drive:{KeyOf(drive)}";
}
