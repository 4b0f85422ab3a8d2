// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Imaging.Simulating;

/// <summary>A drive that is a folder: whoever has no drive sees with it what Spindle does with one, and records say that it was none.</summary>
/// <remarks>
/// <c>tray/</c> holds the disc that is in it: an image of 2048-byte sectors, or a file that ends in <c>.blank</c>. A file beside an image, named as it is and <c>.bad</c>, has the
/// sectors that can't be read, a line each: the first one, and how many. <c>stack/</c> has the discs that wait: some time after one was ejected, the first of them is put in.
/// Where a disc is can be seen by any process at any time: it is renamed from one folder into the other.
/// </remarks>
/// <param name="folder">Its folder.</param>
/// <param name="time">The clock by which discs are changed and read.</param>
internal sealed class SimulatedDrive(string folder, TimeProvider time) : IDiscDevice
{
    /// <summary>The name of a file that is a blank disc ends so.</summary>
    public const string Blank = ".blank";

    /// <summary>The name of the list of bad sectors of an image is its own, and this.</summary>
    public const string Bad = ".bad";

    /// <summary>How long the tray stays open before somebody has put in the next disc.</summary>
    public static TimeSpan Change { get; } = TimeSpan.FromSeconds(4);

    /// <inheritdoc/>
    public string Path => folder;

    /// <summary>Its folder of discs that wait.</summary>
    public string Stack => System.IO.Path.Combine(folder, "stack");

    private string Tray => System.IO.Path.Combine(folder, "tray");

    private string Done => System.IO.Path.Combine(folder, "done");

    /// <inheritdoc/>
    public DeviceDescription Describe() => new()
    {
        Node = folder,
        IsOptical = true,
        Vendor = "SPINDLE",
        Model = "Simulated drive",
        Firmware = "1.0",
        IsRemovable = true,
        Connection = "simulated",
        Identity = $"simulated-{System.IO.Path.GetFileName(folder)}",
        Port = folder,
    };

    /// <inheritdoc/>
    public MediumStatus GetMediumStatus()
    {
        if (Disc() is not null)
        {
            return MediumStatus.Ready;
        }

        if (time.GetUtcNow() - new DateTimeOffset(Directory.GetLastWriteTimeUtc(Tray), TimeSpan.Zero) < Change)
        {
            return MediumStatus.TrayOpen;
        }

        return Load() ? MediumStatus.Ready : MediumStatus.TrayOpen;
    }

    /// <inheritdoc/>
    public DiscSurvey? TrySurvey() => Disc() is not { } disc || !disc.EndsWith(Blank, StringComparison.Ordinal) ? null : new()
    {
        Configuration = new(Profile.DvdMinusR, []),
        Disc = new()
        {
            State = DiscState.Blank,
            LastSession = SessionState.Empty,
            IsErasable = false,
            FirstTrack = 1,
            Sessions = 1,
            FirstTrackOfLastSession = 1,
            LastTrack = 1,
            CdType = 0,
        },
    };

    /// <inheritdoc/>
    public IScsiTransport OpenForWriting() => throw new OperationFailedException(new("system-not-supported", $"{folder} is a simulated drive, and burns nothing", "name a real one"));

    public DriveTuning? TryTune() => null;

    /// <inheritdoc/>
    public IReadOnlyList<DeviceMount> GetMounts() => [];

    /// <inheritdoc/>
    public ISectorReader OpenMedium(long leadOut, out CacheBypass bypass)
    {
        bypass = CacheBypass.None;
        return new SimulatedMedium(folder, Disc() ?? throw new OperationFailedException(new("no-medium", $"{folder} holds no disc", "insert a disc and close the tray")), time);
    }

    /// <inheritdoc/>
    public void Unmount(DeviceMount mount) => throw new InvalidOperationException("nothing is mounted from a simulated drive");

    /// <inheritdoc/>
    public void Mount(DeviceMount mount) => throw new InvalidOperationException("nothing is mounted from a simulated drive");

    /// <inheritdoc/>
    public void Eject()
    {
        if (Disc() is { } disc)
        {
            Directory.CreateDirectory(Done);
            Move(disc, Done);
        }
    }

    /// <summary>Makes the folders of a new drive.</summary>
    public void Make()
    {
        Directory.CreateDirectory(Tray);
        Directory.CreateDirectory(Stack);
    }

    private string? Disc() => Directory.Exists(Tray) ? Discs(Tray).FirstOrDefault() : null;

    private bool Load() => Directory.Exists(Stack) && Discs(Stack).FirstOrDefault() is { } next && Move(next, Tray);

    private static IEnumerable<string> Discs(string place) =>
        Directory.EnumerateFiles(place).Where(path => !path.EndsWith(Bad, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>The list of bad sectors goes first: a disc is never seen without it.</summary>
    private static bool Move(string disc, string place)
    {
        string To(string path) => System.IO.Path.Combine(place, System.IO.Path.GetFileName(path));
        try
        {
            if (File.Exists(disc + Bad))
            {
                File.Move(disc + Bad, To(disc + Bad), overwrite: true);
            }

            File.Move(disc, To(disc), overwrite: true);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false; // another process has done it just now
        }
    }

    /// <summary>The sectors of a disc that can't be read.</summary>
    internal static IReadOnlyList<SectorRange> BadSectors(string disc) => !File.Exists(disc + Bad) ? [] :
    [
        .. File.ReadLines(disc + Bad).Select(line => line.Split(' ')).Where(words => words.Length == 2)
            .Select(words => new SectorRange(long.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture))),
    ];
}
