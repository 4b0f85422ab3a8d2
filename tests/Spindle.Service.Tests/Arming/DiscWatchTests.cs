// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Service.Arming;
using Spindle.Service.Jobs;
using Spindle.Station.Contract;
using Spindle.Station.Drives;
using Spindle.Testing;

namespace Spindle.Service.Tests.Arming;

/// <summary>Discs that begin by themselves: each once, none twice, and one drive holds up no other.</summary>
public sealed class DiscWatchTests : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TempDirectory _directory = new();
    private readonly IRegister _register;
    private readonly ArmedDrives _armed;
    private readonly DiscWatch _watch;
    private readonly Dictionary<string, DriveReport> _drives = [];
    private readonly StationSession _station = new("here", Guid.NewGuid());
    private int _looks;

    public DiscWatchTests()
    {
        _register = JobsFile.Open(_directory["jobs.db"]);
        _armed = ArmedDrives.In(_directory.Path);
        Equipment equipment = Equipment.OfThisMachine() with
        {
            Folder = _directory.Path,
            Drives = _ => [.. _drives.Values],
            DriveIdentity = path => _drives.Values.FirstOrDefault(drive => drive.Path == path)?.Identity,
        };
        Task<DrivesDocument> LookAsync(CancellationToken cancellationToken)
        {
            _looks++;
            return DrivesVerb.Verb.RunAsync(new(), Work.Unattended(equipment), cancellationToken);
        }

        _watch = new(_armed, LookAsync, _register, equipment, _ => { });
        Put("left", DriveStatus.TrayOpen);
        Put("right", DriveStatus.TrayOpen);
    }

    [Fact]
    public async Task Each_disc_is_begun_once_and_named_on_over_both_drives()
    {
        Arm("left", "box{batch}-{nn}");
        Arm("right", "box{batch}-{nn}");
        await _watch.LookAsync(None);
        Put("left", DriveStatus.Ready, "ONE");
        Put("right", DriveStatus.Ready, "TWO");

        await _watch.LookAsync(None);
        await _watch.LookAsync(None); // both still lie there

        Assert.Equal(["box7-01", "box7-02"], await TitlesAsync());
        Assert.All(await _register.ListAsync(JobFilter.All, null, 9, None), job => Assert.Equal("7", job.Order.Batch));
        Assert.Equal(["drive:id-left", "drive:id-right"], (await _register.ListAsync(JobFilter.All, null, 9, None)).SelectMany(job => job.Order.Resources).Where(name => name.StartsWith("drive:", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task What_stays_in_after_its_job_ended_is_not_begun_again()
    {
        Arm("left", null);
        Put("left", DriveStatus.Ready, "ONE");
        await _watch.LookAsync(None);
        await EndAsync(JobOutcome.Failed);

        await _watch.LookAsync(None);
        Assert.Single(await TitlesAsync());

        Put("left", DriveStatus.TrayOpen);
        await _watch.LookAsync(None);
        Put("left", DriveStatus.Ready, "TWO");
        await _watch.LookAsync(None);
        Assert.Equal(2, (await TitlesAsync()).Length);
    }

    [Fact]
    public async Task A_disc_that_was_done_is_told_and_not_begun_also_by_another_run_and_in_another_drive()
    {
        Arm("left", null);
        Put("left", DriveStatus.Ready, "ONE");
        await _watch.LookAsync(None);
        await EndAsync(JobOutcome.Done, "ONE");
        Arm("right", null);
        Put("right", DriveStatus.Ready, "ONE");

        await _watch.LookAsync(None);

        Assert.Single(await TitlesAsync());
        Assert.Contains("was not begun again", _watch.NoticeOf("id-right"), StringComparison.Ordinal);

        Put("right", DriveStatus.NoDisc);
        await _watch.LookAsync(None);
        Assert.Null(_watch.NoticeOf("id-right"));
    }

    [Fact]
    public async Task A_disc_that_was_changed_between_two_looks_is_begun()
    {
        Arm("left", null);
        Put("left", DriveStatus.Ready, "ONE");
        await _watch.LookAsync(None);
        await EndAsync(JobOutcome.Incomplete);
        Put("left", DriveStatus.Ready, "TWO"); // nobody saw the tray open

        await _watch.LookAsync(None);

        Assert.Equal(2, (await TitlesAsync()).Length);
    }

    [Fact]
    public async Task A_blank_disc_behind_one_with_a_name_is_another_one_also_where_nobody_saw_the_tray_open()
    {
        Arm("left", null);
        Put("left", DriveStatus.Ready, "ONE");
        await _watch.LookAsync(None);
        await EndAsync(JobOutcome.Done, "ONE");
        Put("left", DriveStatus.Ready);
        _drives["left"] = _drives["left"] with { Disc = DiscClass.Unknown with { Kind = DiscKind.Blank }, Failure = new("blank-disc", "it is blank") };

        await _watch.LookAsync(None);

        Assert.Equal(2, (await TitlesAsync()).Length);
    }

    [Fact]
    public async Task A_tray_that_closes_by_itself_does_not_begin_its_disc_again_and_again()
    {
        Arm("left", null);
        Put("left", DriveStatus.Ready, "ONE");
        await _watch.LookAsync(None);
        await EndAsync(JobOutcome.Incomplete);
        Put("left", DriveStatus.TrayOpen);
        await _watch.LookAsync(None);
        Put("left", DriveStatus.Ready, "ONE");

        await _watch.LookAsync(None);

        Assert.Single(await TitlesAsync());
        Assert.Contains("looks like the one that was in the drive before", _watch.NoticeOf("id-left"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discs_of_which_nothing_is_known_are_each_begun_when_the_tray_was_open_between_them()
    {
        Arm("left", "d{nn}");
        foreach (DriveStatus status in (DriveStatus[])[DriveStatus.Unreadable, DriveStatus.Unreadable, DriveStatus.TrayOpen, DriveStatus.Unreadable])
        {
            Put("left", status);
            await _watch.LookAsync(None);
            if ((await _register.ListAsync(new() { States = [JobState.Queued] }, null, 1, None)).Count > 0)
            {
                await EndAsync(JobOutcome.Failed);
            }
        }

        Assert.Equal(["d01", "d02"], await TitlesAsync());
    }

    [Fact]
    public async Task A_blank_disc_is_begun_so_that_the_batch_tells_of_it()
    {
        Arm("left", "d{nn}");
        Put("left", DriveStatus.Ready);
        _drives["left"] = _drives["left"] with { Disc = DiscClass.Unknown with { Kind = DiscKind.Blank }, Failure = new("blank-disc", "it is blank") };

        await _watch.LookAsync(None);

        Assert.Equal(["d01"], await TitlesAsync());
    }

    [Fact]
    public async Task Drives_that_are_at_work_or_not_armed_are_left_alone()
    {
        await _watch.LookAsync(None);
        Assert.Equal(0, _looks);

        Arm("left", null);
        Put("left", DriveStatus.Ready, "ONE");
        await _watch.LookAsync(None);
        Put("right", DriveStatus.Ready, "TWO");
        await _watch.LookAsync(None); // left has a job, right is not armed

        Assert.Equal(1, _looks);
        Assert.Single(await TitlesAsync());
    }

    [Fact]
    public void What_is_armed_survives_the_service_and_no_number_is_given_twice()
    {
        Arm("left", "x{n}");
        Assert.Equal([1, 2], new[] { _armed.NextNumber(_armed.Of("id-left")!), _armed.NextNumber(_armed.Of("id-left")!) });

        ArmedDrives again = ArmedDrives.In(_directory.Path);

        Assert.Equal("x{n}", again.Of("id-left")!.NameTemplate);
        Assert.Equal(3, again.NextNumber(again.Of("id-left")!));
        again.Disarm("id-left");
        Assert.Empty(ArmedDrives.In(_directory.Path).All);
    }

    [Fact]
    public void A_file_that_is_none_is_told()
    {
        File.WriteAllText(_directory["armed.json"], "{");

        Assert.Equal("armed-unreadable", Assert.Throws<OperationFailedException>(() => ArmedDrives.In(_directory.Path)).Failure.Code);
    }

    public async ValueTask DisposeAsync()
    {
        await _register.DisposeAsync();
        _directory.Dispose();
    }

    private void Arm(string drive, string? template) => _armed.Arm(new() { Drive = $"id-{drive}", NameTemplate = template, Batch = "7", Request = new JsonObject { ["directory"] = _directory["out"] }.ToJsonString() });

    private void Put(string drive, DriveStatus status, string? volume = null) => _drives[drive] = new()
    {
        Path = $"/dev/{drive}",
        Identity = $"id-{drive}",
        Status = status,
        VolumeIdentifier = volume,
        Length = volume is null ? null : 1_000_000,
    };

    private async Task<string[]> TitlesAsync() => [.. (await _register.ListAsync(JobFilter.All, null, 9, None)).Select(job => job.Order.Title).Order(StringComparer.Ordinal)];

    private async Task EndAsync(JobOutcome outcome, string? volume = null)
    {
        await _register.EnterAsync(_station, "test", None);
        Job job = (await _register.ClaimAsync(_station, Guid.NewGuid(), None))!;
        string? document = volume is null ? null : $$$"""{"source":{"volumeIdentifier":"{{{volume}}}","bytes":1000000}}""";
        Assert.Equal(Reported.Current, await _register.EndAsync(job.Claim!.Value, new() { Outcome = outcome, Document = document }, None));
    }
}
