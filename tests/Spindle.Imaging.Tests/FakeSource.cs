// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests;

/// <summary>A simulated disc in a drive that tells what was done to it.</summary>
internal sealed class FakeSource(SimulatedDisc disc) : IDiscSource
{
    /// <summary>The disc at the second reading; null for the same.</summary>
    public SimulatedDisc? Again { get; init; }

    public ISectorReader Reader => disc;

    public SourceStructure Structure { get; init; } = SourceStructure.None;

    public IReadOnlyList<long> FoundUnreadable { get; init; } = [];

    /// <summary>What the drive tells of tracks.</summary>
    public IReadOnlyList<DiscTrackSummary> Tracks { get; init; } = [];

    /// <summary>The name of a copy protection that the disc bears the mark of.</summary>
    public string? ProtectionMark { get; init; }

    public bool WasEjected { get; private set; }

    public Failure? EjectFailure { get; init; }

    public SourceDescription Description => new()
    {
        Path = "/dev/simulated",
        Kind = SourceKind.OpticalDrive,
        SectorSize = disc.SectorSize,
        Length = disc.Length,
        Structure = Structure,
        FoundUnreadable = FoundUnreadable,
        Disc = DiscClass.Unknown with { Family = Family, Tracks = Tracks },
        ProtectionMark = ProtectionMark,
    };

    /// <summary>What the drive says when it is asked whether the disc is still the same; throws where it is not.</summary>
    public Action Check { get; init; } = () => { };

    public void CheckMedium() => Check();

    /// <summary>What is known of the second reading.</summary>
    public CacheBypass Bypass { get; init; } = CacheBypass.Direct;

    public SecondReading OpenAgain() => new(Again ?? disc, Bypass);

    /// <summary>Answers commands that change how it reads; null where it takes none.</summary>
    public IScsiTransport? Settings { get; init; }

    /// <summary>Which discs it is like.</summary>
    public DiscFamily Family { get; init; }

    public DriveTuning? TryTune() => Settings is null ? null : new(new(Settings));

    public IReadOnlyList<DeviceMount> Unmount() => [new("/media/disc", "iso9660", IsWritable: false)];

    /// <summary>Why nothing can be mounted again; null where it can.</summary>
    public Failure? MountFailure { get; init; }

    public List<string> MountedAgain { get; } = [];

    public void Mount(DeviceMount mount)
    {
        if (MountFailure is not null)
        {
            throw new OperationFailedException(MountFailure);
        }

        MountedAgain.Add(mount.Point);
    }

    public bool Eject()
    {
        WasEjected = true;
        return EjectFailure is null ? true : throw new OperationFailedException(EjectFailure);
    }

    public void Dispose()
    {
    }
}
