// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Imaging.Discs;
using Spindle.Media;

namespace Spindle.Imaging.Sources;

/// <summary>An optical drive of this machine, and what is in it.</summary>
public sealed record DriveReport
{
    /// <summary>Its device, such as <c>/dev/sr0</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Who made it; null where the system does not know.</summary>
    public string? Vendor { get; init; }

    /// <summary>Which it is; null where the system does not know.</summary>
    public string? Model { get; init; }

    /// <summary>The version of its firmware; null where the system does not know.</summary>
    public string? Firmware { get; init; }

    /// <summary>How it is attached, such as <c>usb</c>; null where the system does not know.</summary>
    public string? Connection { get; init; }

    /// <summary>Names it beyond the next start of the system (<see cref="DriveIdentity"/>); null where nothing does.</summary>
    public string? Identity { get; init; }

    /// <summary>Names the port that it hangs on; null where the system does not say.</summary>
    public string? Port { get; init; }

    /// <summary>Whether it can be read now.</summary>
    public required DriveStatus Status { get; init; }

    /// <summary>Why it can't be read, or why there can be no image of its disc; null where there can.</summary>
    public Failure? Failure { get; init; }

    /// <summary>What disc is in it; <see cref="DiscClass.Unknown"/> where there is none, or the drive does not say.</summary>
    public DiscClass Disc { get; init; } = DiscClass.Unknown;

    /// <summary>What can be written onto the disc; null where there is none that can be written, or nothing is known of it.</summary>
    public WritableDisc? Writable { get; init; }

    /// <summary>Bytes that an image of the disc would have; null where there can be none.</summary>
    public long? Length { get; init; }

    /// <summary>Bytes of a sector; null where there is no disc.</summary>
    public int? SectorSize { get; init; }

    /// <summary>The volume's name; null where there is none.</summary>
    public string? VolumeIdentifier { get; init; }

    /// <summary>The file systems; empty where none is known.</summary>
    public IReadOnlyList<string> FileSystems { get; init; } = [];

    /// <summary>Where the disc is mounted.</summary>
    public IReadOnlyList<string> MountPoints { get; init; } = [];

    /// <summary>Whether an image can be made of what is in it, now.</summary>
    public bool IsReady => Status == DriveStatus.Ready && Failure is null;

    /// <summary>The paths of all optical drives, in the system's order.</summary>
    public static IReadOnlyList<string> Paths() => DiscDevices.OpticalDrives();

    /// <summary>Names the drive that a path is, without a look at its disc: a drive that is at work, or stuck, is not asked.</summary>
    /// <param name="path">What may be a drive, or another device.</param>
    /// <returns>As <see cref="Identity"/>; the system's own name where nothing names it beyond its next start; null where the path is no device.</returns>
    /// <exception cref="OperationFailedException">The device may not be opened.</exception>
    public static string? IdentityOf(string path) => IdentityOf(path, DiscDevices.TryOpen, DiscDevices.NameOf, Paths);

    /// <inheritdoc cref="IdentityOf(string)"/>
    internal static string? IdentityOf(string path, Func<string, IDiscDevice?> open, Func<string, (string Node, string? Identity)?> nameOf, Func<IReadOnlyList<string>> paths)
    {
        if (open(path)?.Describe() is not { } device)
        {
            return null;
        }

        bool IsTwin(string other)
        {
            try
            {
                return nameOf(other) is { } drive && drive.Node != device.Node && drive.Identity == device.Identity;
            }
            catch (OperationFailedException)
            {
                return false; // what is gone, or may not be opened, is not told apart by anybody
            }
        }

        return (device.Identity is not null && paths().Any(IsTwin) ? device.Port : device.Identity) ?? device.Node;
    }

    /// <summary>Bridges are made by the thousand with one serial number: drives that share one are told apart by their ports.</summary>
    internal static IReadOnlyList<DriveReport> ToldApart(IReadOnlyList<DriveReport> drives)
    {
        ILookup<string?, DriveReport> byIdentity = drives.ToLookup(drive => drive.Identity);
        return [.. drives.Select(drive => byIdentity[drive.Identity].Count() > 1 ? drive with { Identity = drive.Port } : drive)];
    }

    /// <summary>The same of a drive that has not answered.</summary>
    /// <param name="waited">For how long.</param>
    internal DriveReport Unanswered(TimeSpan waited) => this with
    {
        Status = DriveStatus.NoAnswer,
        Failure = new("no-answer", $"{Path} has not answered for {Figures.Duration(waited)}", "wait: it may be stuck in a bad disc; if that lasts, press its button, or disconnect it"),
    };

    /// <summary>Looks at one drive.</summary>
    /// <param name="path">Its device.</param>
    /// <param name="open">Opens devices.</param>
    /// <param name="openSource">Opens the disc in one.</param>
    /// <param name="described">Is told what is known before the drive itself is asked.</param>
    internal static DriveReport Of(string path, Func<string, IDiscDevice?> open, Func<string, IDiscSource> openSource, Action<DriveReport>? described = null)
    {
        DriveReport report = new() { Path = path, Status = DriveStatus.Unknown };
        try
        {
            if (open(path) is not { } device)
            {
                return report;
            }

            DeviceDescription description = device.Describe();
            report = report with
            {
                Vendor = description.Vendor,
                Model = description.Model,
                Firmware = description.Firmware,
                Connection = description.Connection,
                Identity = description.Identity,
                Port = description.Port,
            };
            described?.Invoke(report);
            MediumStatus status = device.GetMediumStatus();
            report = report with { Status = StatusOf(status), MountPoints = [.. device.GetMounts().Select(mount => mount.Point)] };
            return status is MediumStatus.Ready or MediumStatus.Unknown ? WithDisc(report, device, openSource) : report with { Failure = FailureOf(path, report.Status) };
        }
        catch (OperationFailedException e)
        {
            return report with { Failure = e.Failure, Status = StatusOf(e.Failure) };
        }
    }

    private static DriveReport WithDisc(DriveReport report, IDiscDevice device, Func<string, IDiscSource> openSource)
    {
        if (device.TrySurvey() is { } survey)
        {
            if (survey.NotReady is { } sense)
            {
                DriveStatus status = sense.IsBecomingReady ? DriveStatus.NotReady : sense is { IsNoMedium: true, Qualifier: 0x02 } ? DriveStatus.TrayOpen
                    : sense is { IsNoMedium: true, Code: 0x3A } ? DriveStatus.NoDisc : DriveStatus.Unreadable;
                return report with { Status = status, Failure = FailureOf(report.Path, status) ?? new("source-unreadable", $"{report.Path} cannot be read: {sense}") };
            }

            DiscClass disc = DiscClassifier.Classify(survey, report.Path);
            report = report with { Disc = disc, Writable = WritableDisc.Of(survey), Failure = disc.Refusal, Status = DriveStatus.Ready, SectorSize = survey.Capacity?.SectorSize };
        }

        if (report.Failure is not null)
        {
            return report;
        }

        using IDiscSource source = openSource(report.Path);
        SourceDescription description = source.Description;
        return report with
        {
            Status = DriveStatus.Ready,
            Length = description.Length,
            SectorSize = description.SectorSize,
            VolumeIdentifier = description.Structure.VolumeIdentifier,
            FileSystems = description.Structure.FileSystems,
        };
    }

    private static Failure? FailureOf(string path, DriveStatus status) => status switch
    {
        DriveStatus.NoDisc => new("no-medium", $"{path} holds no disc", "insert a disc and close the tray"),
        DriveStatus.TrayOpen => new("tray-open", $"the tray of {path} is open", "insert a disc and close the tray"),
        DriveStatus.NotReady => new("not-ready", $"{path} is still looking at the disc", "wait until the drive's light stops blinking"),
        _ => null,
    };

    private static DriveStatus StatusOf(MediumStatus status) => status switch
    {
        MediumStatus.NoDisc => DriveStatus.NoDisc,
        MediumStatus.TrayOpen => DriveStatus.TrayOpen,
        MediumStatus.NotReady => DriveStatus.NotReady,
        MediumStatus.Ready => DriveStatus.Ready,
        _ => DriveStatus.Unknown,
    };

    private static DriveStatus StatusOf(Failure failure) => failure.Code switch
    {
        "source-denied" => DriveStatus.Denied,
        "source-busy" => DriveStatus.Busy,
        "no-medium" => DriveStatus.NoDisc,
        "tray-open" => DriveStatus.TrayOpen,
        "not-ready" => DriveStatus.NotReady,
        _ => DriveStatus.Unreadable,
    };
}
