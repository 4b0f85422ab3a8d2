// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Drives.MacOS;

/// <summary>An optical drive of a Mac, or another disk.</summary>
/// <remarks>
/// All that is asked of drive and disc goes by what the system gives to its users: programs for what is attached and mounted, and the raw
/// node of the disc for its sectors and its table of contents. Nothing needs to be unmounted for that.
/// </remarks>
/// <param name="machine">The Mac.</param>
/// <param name="path">As the user named it.</param>
/// <param name="drive">The drive, as it was when it was named; null for another disk.</param>
/// <param name="disk">The other disk; null for a drive.</param>
internal sealed class MacDiscDevice(MacMachine machine, string path, RegisteredDrive? drive, OtherDisk? disk) : IDiscDevice
{
    /// <summary>Which BSD name was mounted where, as <see cref="GetMounts"/> saw it.</summary>
    private readonly ConcurrentDictionary<string, string> _mounted = new(StringComparer.Ordinal);

    public string Path => path;

    public DeviceDescription Describe() => drive is null
        ? new()
        {
            Node = "/dev/" + disk!.Name,
            IsOptical = false,
            Model = disk.Description.Text("MediaName"),
            Connection = disk.Description.Text("BusProtocol")?.ToLowerInvariant(),
            IsRemovable = disk.Description.Flag("RemovableMedia"),
            IsReadOnly = !disk.Description.Flag("WritableMedia"),
        }
        : new()
        {
            Node = CurrentDisc() is { } disc ? "/dev/" + disc.Name : path,
            IsOptical = true,
            Vendor = drive.Vendor,
            Model = drive.Model,
            Firmware = drive.Firmware,
            IsRemovable = true,
            Connection = drive.Connection,
            Identity = DriveIdentity.OfSerial(drive.Connection, drive.Vendor, drive.Model, drive.Serial),
        };

    public MediumStatus GetMediumStatus() =>
        drive is null || Current() is not { } now ? MediumStatus.Unknown
        : now.Disc is null ? MediumStatus.NoDisc
        : MediumStatus.Ready; // what the drive is still looking at is no disc to the system yet

    public DiscSurvey? TrySurvey() => Ask(DiscSurveyor.Survey);

    public DriveTuning? TryTune() => drive is null ? null : TryConnect(out _) is { } transport ? new(new(transport)) : null;

    public IScsiTransport OpenForWriting() => throw Failures.WritingNotSupported(Path);

    public IReadOnlyList<DeviceMount> GetMounts()
    {
        List<DeviceMount> mounts = [];
        foreach ((string name, DeviceMount mount) in CurrentName() is { } whole ? machine.Disks.Mounts(whole) : [])
        {
            _mounted[mount.Point] = name;
            mounts.Add(mount);
        }

        return mounts;
    }

    public ISectorReader OpenMedium(long leadOut, out CacheBypass bypass)
    {
        bypass = CacheBypass.Direct; // a raw node has no cache (rdisk)
        if (drive is not null && Current() is { Disc: null })
        {
            throw Failures.NoDisc(Path);
        }

        MacTransport? transport = TryConnect(out int error);
        return transport is null ? throw MacError.Of(Path, error) : CommandReader.Open(Path, transport, leadOut);
    }

    public void Unmount(DeviceMount mount)
    {
        ProgramOutcome outcome = machine.Disks.Unmount(mount.Point);
        if (!outcome.IsDone)
        {
            throw Failures.CannotUnmount(Path, mount.Point, outcome.Said, DiskUtility.SaysBusy(outcome));
        }
    }

    public void Mount(DeviceMount mount)
    {
        // The system may have been quicker: it mounts what comes.
        if (GetMounts().Any(there => there.Point == mount.Point))
        {
            return;
        }

        if (CurrentName() is not { } whole)
        {
            throw Failures.NotMountedAgain(Path, mount.Point, "the disc is not in the drive", command: null);
        }

        string name = _mounted.GetValueOrDefault(mount.Point, whole);
        ProgramOutcome outcome = machine.Disks.Mount(name);
        IReadOnlyList<DeviceMount> now = GetMounts();
        if (!outcome.IsDone || now.All(there => there.Point != mount.Point))
        {
            string why = outcome.IsDone ? $"the system mounted it at {now.Select(there => there.Point).FirstOrDefault() ?? "another place"}" : outcome.Said;
            throw Failures.NotMountedAgain(Path, mount.Point, why, $"diskutil mount {name}");
        }
    }

    public void Eject()
    {
        ProgramOutcome outcome = CurrentName() is { } whole ? machine.Disks.Eject(whole) : ProgramOutcome.Failed("there is none in it");
        if (!outcome.IsDone)
        {
            throw Failures.CannotEject(Path, outcome.Said);
        }
    }

    /// <summary>The drive as it is now; null where it is not attached any more.</summary>
    private RegisteredDrive? Current() => machine.Drives().FirstOrDefault(now => now.Identity == drive?.Identity);

    private RegisteredDisc? CurrentDisc() => Current()?.Disc;

    private string? CurrentName() => drive is null ? disk!.Name : CurrentDisc()?.Name;

    private DiscSurvey? Ask(Func<OpticalDrive, DiscSurvey> ask)
    {
        if (drive is null || TryConnect(out _) is not { } transport)
        {
            return null;
        }

        using OpticalDrive asked = new(transport);
        try
        {
            return ask(asked);
        }
        catch (IOException)
        {
            return null; // gone
        }
    }

    /// <summary>Opens the disc; of an empty drive, what answers for it.</summary>
    /// <param name="error">Why that is not possible; 0 where it is.</param>
    private MacTransport? TryConnect(out int error)
    {
        error = 0;
        RegisteredDrive? now = drive is null ? null : Current();
        if (drive is not null && now is null)
        {
            error = MacError.NoSuchDevice;
            return null;
        }

        RegisteredDisc? disc = now is null ? new(disk!.Name, DiscFamily.Unknown, Profile.None) : now.Disc;
        int descriptor = disc is null ? -1 : machine.Calls.Open(disc.RawNode);
        if (disc is not null && descriptor < 0)
        {
            error = -descriptor;
            return null;
        }

        return new(machine.Calls, Path, descriptor, now, disc, () => drive is null || Current() is not null);
    }
}

/// <summary>A disk that is in no optical drive.</summary>
/// <param name="Name">Its BSD name.</param>
/// <param name="Description">What <c>diskutil info</c> says of it.</param>
internal sealed record OtherDisk(string Name, Plist Description);
