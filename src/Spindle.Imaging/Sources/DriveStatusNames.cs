// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Sources;

/// <summary>Names of what drives say.</summary>
public static class DriveStatusNames
{
    /// <summary>For people.</summary>
    public static string Title(this DriveStatus status) => status switch
    {
        DriveStatus.Ready => "disc ready",
        DriveStatus.NoDisc => "no disc",
        DriveStatus.TrayOpen => "tray open",
        DriveStatus.NotReady => "not ready yet",
        DriveStatus.Busy => "in use by another program",
        DriveStatus.Denied => "no permission",
        DriveStatus.Unreadable => "cannot be read",
        DriveStatus.NoAnswer => "does not answer",
        _ => "does not say",
    };
}
