// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Spindle.Drives;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Imaging.Tests.Sources;

/// <summary>A drive that is stuck, beside drives that are not.</summary>
public sealed class DriveLooksTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    private readonly ManualResetEventSlim _release = new();
    private int _asked;

    public void Dispose()
    {
        _release.Set();
        _release.Dispose();
    }

    [Fact]
    public async Task Drives_that_answer_are_told_of_and_the_other_one_as_far_as_it_is_known()
    {
        DriveLooks looks = new(() => ["/dev/sr0", "/dev/sr1", "/dev/sr2"], path => new Drive(this, path), _ => throw new InvalidOperationException());

        long began = Stopwatch.GetTimestamp();
        IReadOnlyList<DriveReport> seen = looks.All(Short);

        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
        Assert.Equal(["/dev/sr0", "/dev/sr1", "/dev/sr2"], seen.Select(drive => drive.Path));
        Assert.Equal([DriveStatus.TrayOpen, DriveStatus.NoAnswer, DriveStatus.TrayOpen], seen.Select(drive => drive.Status));
        Assert.Equal(("id-/dev/sr1", "no-answer", false), (seen[1].Identity, seen[1].Failure?.Code, seen[1].IsReady));

        // While it is stuck, it is not asked again, and what it says in the end is told.
        looks.All(TimeSpan.Zero);
        looks.All(TimeSpan.Zero);
        Assert.Equal(1, _asked);
        _release.Set();
        await Task.Delay(Short);
        Assert.Equal(DriveStatus.NoDisc, looks.All(TimeSpan.Zero)[1].Status);
        Assert.Equal(1, _asked);
        looks.All(Short);
        Assert.Equal(2, _asked); // what is known is not known for ever
    }

    private sealed class Drive(DriveLooksTests test, string path) : IDiscDevice
    {
        public string Path => path;

        public DeviceDescription Describe() => new() { Node = path, IsOptical = true, Identity = $"id-{path}" };

        public MediumStatus GetMediumStatus()
        {
            if (path != "/dev/sr1")
            {
                return MediumStatus.TrayOpen;
            }

            Interlocked.Increment(ref test._asked);
            test._release.Wait(TimeSpan.FromSeconds(30));
            return MediumStatus.NoDisc;
        }

        public DiscSurvey? TrySurvey() => null;

        public DriveTuning? TryTune() => null;

        public IScsiTransport OpenForWriting() => throw new NotSupportedException();

        public IReadOnlyList<DeviceMount> GetMounts() => [];

        public ISectorReader OpenMedium(long leadOut, out CacheBypass bypass) => throw new NotSupportedException();

        public void Unmount(DeviceMount mount) => throw new NotSupportedException();

        public void Mount(DeviceMount mount) => throw new NotSupportedException();

        public void Eject() => throw new NotSupportedException();
    }
}
