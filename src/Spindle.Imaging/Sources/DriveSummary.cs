// SPDX-License-Identifier: MIT
using Spindle.Drives;

namespace Spindle.Imaging.Sources;

/// <summary>An optical drive of this machine, and whether it can be read now.</summary>
/// <param name="Path">Its device, such as <c>/dev/sr0</c>.</param>
/// <param name="Model">Vendor and model; null where the system does not know.</param>
/// <param name="IsReady">Whether there is a disc that can be read.</param>
/// <param name="Status">What the drive says, in words.</param>
public sealed record DriveSummary(string Path, string? Model, bool IsReady, string Status)
{
    /// <summary>All optical drives, in the system's order. Looking does not close an open tray.</summary>
    public static IReadOnlyList<DriveSummary> All() =>
        [.. DiscDevices.OpticalDrives().Select(DiscDevices.TryOpen).OfType<IDiscDevice>().Select(Of)];

    private static DriveSummary Of(IDiscDevice device)
    {
        DeviceDescription description = device.Describe();
        MediumStatus status = device.GetMediumStatus();
        string model = $"{description.Vendor} {description.Model}".Trim();
        return new(device.Path, model.Length > 0 ? model : null, status == MediumStatus.Ready, status switch
        {
            MediumStatus.NoDisc => "no disc",
            MediumStatus.TrayOpen => "tray open",
            MediumStatus.NotReady => "not ready yet",
            MediumStatus.Ready => "disc ready",
            _ => "does not say",
        });
    }
}
