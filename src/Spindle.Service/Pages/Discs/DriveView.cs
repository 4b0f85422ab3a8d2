// SPDX-License-Identifier: MIT
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Station.Drives;

namespace Spindle.Service.Pages.Discs;

/// <summary>A drive as pages show it: what the drive says, and the job that has it.</summary>
/// <param name="Drive">What the drive says.</param>
/// <param name="Job">The job that has it; null where none has.</param>
internal sealed record DriveView(DrivePart Drive, JobPart? Job)
{
    /// <summary>What it is in addresses: its identity, or its path where nothing else tells it apart.</summary>
    public string Key => Drive.Identity ?? Drive.Path;

    /// <summary>The resource that its jobs have.</summary>
    public string Resource => $"drive:{Key}";

    /// <summary>What people call it.</summary>
    public string Called => Drive.Name ?? string.Join(' ', new[] { Drive.Vendor, Drive.Model, Drive.Path }.Where(word => !string.IsNullOrWhiteSpace(word)));

    /// <summary>What to do with it now: in a few words, for somebody who stands before it.</summary>
    public string Word => Job is not null ? "do not open" : Drive.Status switch
    {
        DriveStatus.Ready => "a disc is in it",
        DriveStatus.NoDisc or DriveStatus.TrayOpen => "insert a disc",
        DriveStatus.NotReady => "it is looking at the disc",
        DriveStatus.Busy => "another program has it",
        DriveStatus.Denied => "this service may not read it",
        DriveStatus.Unreadable => "take the disc out",
        _ => "it does not say",
    };

    /// <summary>What is in it; empty where nothing is known.</summary>
    public string Disc => Drive.Disc is not { } disc ? "" : string.Join(" · ", new[]
    {
        disc.Profile,
        disc.VolumeIdentifier is { Length: > 0 } volume ? volume : disc.Class == Spindle.Imaging.Discs.DiscKind.Blank ? "blank" : null,
        disc.Bytes is { } bytes ? Figures.Size(bytes) : null,
        disc.Protection,
    }.Where(word => !string.IsNullOrEmpty(word)));
}
