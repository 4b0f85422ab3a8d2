// SPDX-License-Identifier: MIT
using Spindle.Imaging.Discs;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Service.Drives;

namespace Spindle.Service.Pages.Discs;

/// <summary>What pages say of a drive.</summary>
internal static class DriveWords
{
    /// <summary>What to do with it now: in a few words, for somebody who stands before it.</summary>
    public static string Word(StationDrive drive) => drive.Job is not null ? "do not open" : drive.Drive.Status switch
    {
        DriveStatus.Ready => "a disc is in it",
        DriveStatus.NoDisc or DriveStatus.TrayOpen => "insert a disc",
        DriveStatus.NotReady => "it is looking at the disc",
        DriveStatus.Busy => "another program has it",
        DriveStatus.NoAnswer => "it does not answer",
        DriveStatus.Denied => "this service may not read it",
        DriveStatus.Unreadable => "take the disc out",
        _ => "it does not say",
    };

    /// <summary>What is in it; empty where nothing is known.</summary>
    public static string Disc(StationDrive drive) => drive.Drive.Disc is not { } disc ? "" : string.Join(" · ", new[]
    {
        disc.Profile,
        disc.VolumeIdentifier is { Length: > 0 } volume ? volume : disc.Class == DiscKind.Blank ? "blank" : null,
        disc.Bytes is { } bytes ? Figures.Size(bytes) : null,
        disc.Protection,
    }.Where(word => !string.IsNullOrEmpty(word)));
}
