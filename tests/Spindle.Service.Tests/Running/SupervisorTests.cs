// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Running;
using Spindle.Testing;

namespace Spindle.Service.Tests.Running;

/// <summary>Jobs as processes of their own: what the service is told of them, whatever becomes of them, of it, and of both.</summary>
public sealed class SupervisorTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly TempDirectory _directory = new();
    private readonly List<int> _processes = [];

    [Theory]
    [InlineData("done", JobOutcome.Done, 0, null)]
    [InlineData("lacking", JobOutcome.Incomplete, 2, null)]
    [InlineData("fail", JobOutcome.Failed, 1, "no-medium")]
    public async Task What_a_process_ends_with_is_what_its_job_came_to(string play, JobOutcome outcome, int code, string? failure)
    {
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path);
        JobOrder order = PlayedJob.Order(play);
        await service.OrderAsync(order);

        Job job = await service.EndedAsync(order);

        Assert.Equal((outcome, code, failure, 1), (job.Outcome, job.ExitCode, job.Failure?.Code, job.Attempt));
        Assert.Contains("spindle/image/1", await service.Register.DocumentAsync(order.Id, CancellationToken.None), StringComparison.Ordinal);
        Assert.True(File.Exists(job.DocumentPath));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.GetDirectoryName(job.DocumentPath)!) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        Assert.Null(await service.Register.RetryAsync(Guid.NewGuid(), Guid.NewGuid(), null, CancellationToken.None));
        Assert.Single(await service.Register.ListAsync(JobFilter.All, null, 10, CancellationToken.None)); // not tried again
    }

    [Theory]
    [InlineData("break")]
    [InlineData("odd")]
    public async Task What_crashes_is_begun_again_once(string play)
    {
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path);
        JobOrder order = PlayedJob.Order(play);
        await service.OrderAsync(order);
        Job first = await service.EndedAsync(order);

        Job second = await UntilThereAsync(service, job => job.RetryOf == order.Id && job.State == JobState.Ended);

        Assert.Equal((JobOutcome.Crashed, "job-crashed"), (first.Outcome, first.Failure!.Code));
        Assert.Equal(JobOutcome.Crashed, second.Outcome);
        Assert.Equal(play == "odd" ? (7, null) : (null, 6), (first.ExitCode, first.Signal));
        await service.OrderAsync(PlayedJob.Order("done"));
        await UntilThereAsync(service, job => job.Order.Title == "done" && job.State == JobState.Ended);
        Assert.Equal(3, (await service.Register.ListAsync(JobFilter.All, null, 10, CancellationToken.None)).Count);
        Assert.True(play == "odd" || File.ReadAllText(JobFolder.Of(_directory.Path, order.Id, 1).Errors).Contains("played", StringComparison.Ordinal)); // what the runtime said is kept
    }

    [Fact]
    public async Task Who_stops_jobs_with_the_service_leaves_none_and_begins_none()
    {
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path, options => options with { ToStop = TimeSpan.FromSeconds(2) });
        JobOrder hears = PlayedJob.Order("until", _directory["never"]), deaf = PlayedJob.Order("deaf", _directory["never"]), later = PlayedJob.Order("done", "", "target:/a");
        await service.Register.HoldAsync("target:/a", null, CancellationToken.None);
        foreach (JobOrder order in new[] { hears, deaf, later })
        {
            await service.OrderAsync(order);
        }

        Track(await service.BegunAsync(hears));
        Track(await service.BegunAsync(deaf));
        await service.Supervisor.StopAllAsync();
        await service.Register.FreeAsync("target:/a", null, CancellationToken.None);

        Job[] jobs = [.. await service.Register.ListAsync(JobFilter.All, null, 9, CancellationToken.None)];
        Assert.Equal([JobState.Queued, JobState.Ended, JobState.Ended], jobs.Select(job => job.State));
        Assert.Equal([null, JobOutcome.Cancelled, JobOutcome.Cancelled], jobs.Select(job => job.Outcome));
        Assert.Equal(StopRequest.Hard, jobs[1].Stop);
        await Task.Delay(1000);
        Assert.Equal(JobState.Queued, (await service.Register.JobAsync(later.Id, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task What_a_process_started_ends_with_it_when_it_is_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks into /proc");
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path);
        JobOrder order = PlayedJob.Order("parent", _directory["child"]);
        await service.OrderAsync(order);
        Job running = await service.UntilAsync(order, job => job.Child is not null && File.Exists(_directory["child"]));
        int child = int.Parse(await File.ReadAllTextAsync(_directory["child"], CancellationToken.None), CultureInfo.InvariantCulture);
        _processes.Add(child);

        using (Process alone = Process.GetProcessById(running.Child!.Value.Id))
        {
            alone.Kill(); // it, and not what it started
        }

        await service.EndedAsync(order);

        for (long began = Stopwatch.GetTimestamp(); LinuxProcess.Started(child) is not null;)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Soon);
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task A_process_that_is_killed_has_crashed_within_seconds_and_goes_on_as_the_verb_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "by a signal");
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path, options => options with { BetweenLooks = TimeSpan.FromMilliseconds(500), BetweenBeats = TimeSpan.FromSeconds(2) });
        JobOrder order = PlayedJob.Order("until", _directory["release"]);
        await service.OrderAsync(order);
        Job running = await service.BegunAsync(order);

        long killed = Stopwatch.GetTimestamp();
        Kill(running.Child!.Value.Id);
        Job job = await service.EndedAsync(order);

        Assert.True(Stopwatch.GetElapsedTime(killed) < Soon);
        Assert.Equal((JobOutcome.Crashed, 9), (job.Outcome, job.Signal));
        Job again = await UntilThereAsync(service, other => other.RetryOf == order.Id && other.Child is not null);
        Track(again);
        Assert.Contains("\"resume\":true", await File.ReadAllTextAsync(JobFolder.Of(_directory.Path, again.Order.Id, 1).Request, CancellationToken.None), StringComparison.Ordinal);
        Assert.Equal(order.Request, again.Order.Request); // what was ordered is what was ordered
        await File.WriteAllTextAsync(_directory["release"], "", CancellationToken.None);
        Assert.Equal(JobOutcome.Done, (await service.EndedAsync(again.Order)).Outcome);
    }

    [Fact]
    public async Task A_job_lives_on_without_its_service_and_the_next_one_takes_it_up()
    {
        JobOrder order = PlayedJob.Order("until", _directory["release"]);
        Job before;
        await using (ServiceUnderTest first = await ServiceUnderTest.StartAsync(_directory.Path))
        {
            await first.OrderAsync(order);
            before = Track(await first.BegunAsync(order));
        }

        await using ServiceUnderTest next = await ServiceUnderTest.StartAsync(_directory.Path);
        Job after = await next.BegunAsync(order);

        Assert.Equal((before.Child, before.Claim, 1), (after.Child, after.Claim, after.Attempt));
        await File.WriteAllTextAsync(_directory["release"], "", CancellationToken.None);
        Assert.Equal((JobOutcome.Done, 0), ((await next.EndedAsync(order)).Outcome, (await next.EndedAsync(order)).ExitCode)); // though it was no child of this one
    }

    [Fact]
    public async Task What_ended_while_there_was_no_service_is_known_to_the_next_one()
    {
        JobOrder done = PlayedJob.Order("until", _directory["release"]), killed = PlayedJob.Order("until", _directory["never"]);
        await using (ServiceUnderTest first = await ServiceUnderTest.StartAsync(_directory.Path))
        {
            await first.OrderAsync(done);
            await first.OrderAsync(killed);
            Track(await first.BegunAsync(done));
            Track(await first.BegunAsync(killed));
        }

        await File.WriteAllTextAsync(_directory["release"], "", CancellationToken.None);
        Kill(_processes[1]);
        while (_processes.Any(id => ProcessName.Of(id) is not null))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        await using ServiceUnderTest next = await ServiceUnderTest.StartAsync(_directory.Path);

        Assert.Equal(JobOutcome.Done, (await next.EndedAsync(done)).Outcome);
        Assert.Equal((JobOutcome.Crashed, null, null), ((await next.EndedAsync(killed)).Outcome, (await next.EndedAsync(killed)).Signal, (await next.EndedAsync(killed)).ExitCode));
        Track(await UntilThereAsync(next, job => job.RetryOf == killed.Id && job.Child is not null));
        await File.WriteAllTextAsync(_directory["never"], "", CancellationToken.None);
    }

    [Fact]
    public async Task A_killed_service_leaves_its_jobs_alone_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "by a signal");
        JobOrder order = PlayedJob.Order("until", _directory["release"]);
        await using (IRegister register = JobsFile.Open(JobsFile.In(_directory.Path)))
        {
            await register.EnqueueAsync(order, CancellationToken.None);
            using Process service = PlayedService.Start(_directory.Path);
            Track(await ServiceUnderTest.UntilAsync(register, order.Id, job => job.Child is not null));
            Assert.True(Supervisor.IsServing(_directory.Path));
            service.Kill(); // SIGKILL
            await service.WaitForExitAsync(CancellationToken.None);
        }

        Assert.False(Supervisor.IsServing(_directory.Path));
        await using ServiceUnderTest next = await ServiceUnderTest.StartAsync(_directory.Path);
        Assert.Equal(_processes[0], (await next.BegunAsync(order)).Child!.Value.Id);
        await File.WriteAllTextAsync(_directory["release"], "", CancellationToken.None);
        Assert.Equal((JobOutcome.Done, 1), ((await next.EndedAsync(order)).Outcome, (await next.EndedAsync(order)).Attempt));
    }

    [Fact]
    public async Task A_drive_that_is_stuck_keeps_no_other_one_waiting()
    {
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path);
        JobOrder stuck = PlayedJob.Order("deaf", _directory["never"], "drive:left"), behind = PlayedJob.Order("done", "", "drive:left"), other = PlayedJob.Order("done", "", "drive:right");
        await service.OrderAsync(stuck);
        await service.OrderAsync(behind);
        Track(await service.BegunAsync(stuck));
        await service.OrderAsync(other);

        Assert.Equal(JobOutcome.Done, (await service.EndedAsync(other)).Outcome);
        Assert.Equal(JobState.Queued, (await service.Register.JobAsync(behind.Id, CancellationToken.None))!.State);
        await service.Register.AskToStopAsync(stuck.Id, StopRequest.Soft, "anna", CancellationToken.None);
        await service.UntilAsync(stuck, job => job.State == JobState.Stopping && service.Supervisor.Watch.Live().GetValueOrDefault(stuck.Id)?.StopAsked is not null);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal(JobState.Stopping, (await service.Register.JobAsync(stuck.Id, CancellationToken.None))!.State); // it is not forced

        await service.Register.AskToStopAsync(stuck.Id, StopRequest.Hard, "anna", CancellationToken.None);
        Job ended = await service.EndedAsync(stuck);
        Assert.Equal((JobOutcome.Cancelled, 9), (ended.Outcome, ended.Signal));
        Assert.Equal(JobOutcome.Done, (await service.EndedAsync(behind)).Outcome);
    }

    [Fact]
    public async Task What_is_asked_to_stop_ends_in_order_and_is_not_begun_again()
    {
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path);
        JobOrder order = PlayedJob.Order("until", _directory["never"]);
        await service.OrderAsync(order);
        Track(await service.BegunAsync(order));

        long asked = Stopwatch.GetTimestamp();
        Assert.True(await service.Register.AskToStopAsync(order.Id, StopRequest.Soft, "anna", CancellationToken.None));
        Job job = await service.EndedAsync(order);

        Assert.True(Stopwatch.GetElapsedTime(asked) < Soon);
        Assert.Equal((JobOutcome.Cancelled, 130, "cancelled"), (job.Outcome, job.ExitCode, job.Failure!.Code));
        Assert.Single(await service.Register.ListAsync(JobFilter.All, null, 10, CancellationToken.None));
    }

    [Fact]
    public async Task The_next_service_does_not_ask_once_more_what_would_mean_at_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "by a signal");
        JobOrder order = PlayedJob.Order("deaf", _directory["never"]);
        string signals = Path.Combine(JobFolder.Of(_directory.Path, order.Id, 1).Path, "signals");
        await using (ServiceUnderTest first = await ServiceUnderTest.StartAsync(_directory.Path))
        {
            await first.OrderAsync(order);
            Track(await first.BegunAsync(order));
            await first.Register.AskToStopAsync(order.Id, StopRequest.Soft, "anna", CancellationToken.None);
            await first.UntilAsync(order, _ => File.Exists(signals));
        }

        await using ServiceUnderTest next = await ServiceUnderTest.StartAsync(_directory.Path);
        await next.UntilAsync(order, _ => next.Supervisor.Watch.Live().GetValueOrDefault(order.Id)?.StopAsked is not null);
        await Task.Delay(500, TestContext.Current.CancellationToken);

        Assert.Equal("x", await File.ReadAllTextAsync(signals, CancellationToken.None));
        await next.Register.AskToStopAsync(order.Id, StopRequest.Hard, "anna", CancellationToken.None);
        Assert.Equal(JobOutcome.Cancelled, (await next.EndedAsync(order)).Outcome);
    }

    [Fact]
    public async Task Where_there_are_no_signals_a_file_says_that_it_is_to_stop()
    {
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path);
        JobOrder order = PlayedJob.Order("until", _directory["never"]);
        await service.OrderAsync(order);
        Track(await service.BegunAsync(order));

        await File.WriteAllBytesAsync(JobFolder.Of(_directory.Path, order.Id, 1).Stop, [], CancellationToken.None);

        Assert.Equal(JobOutcome.Cancelled, (await service.EndedAsync(order)).Outcome);
    }

    [Fact]
    public async Task Progress_is_told_at_once_and_stored_now_and_then()
    {
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path, options => options with { BetweenProgress = TimeSpan.FromMilliseconds(300) });
        JobOrder order = PlayedJob.Order("until", _directory["release"]);
        await service.OrderAsync(order);
        Track(await service.BegunAsync(order));

        Job stored = await service.UntilAsync(order, job => job.Progress is not null);

        Assert.Contains("\"copying\"", stored.Progress, StringComparison.Ordinal);
        Assert.True(service.Supervisor.Watch.Live()[order.Id].Progress is { Stage: "copying", Done: > 0 });
        Assert.True(!OperatingSystem.IsLinux() || service.Supervisor.Watch.Live()[order.Id].Activity is JobActivity.Waiting or JobActivity.Working);
        await File.WriteAllTextAsync(_directory["release"], "", CancellationToken.None);
        await service.EndedAsync(order);
        Assert.Empty(service.Supervisor.Watch.Live());
    }

    [Fact]
    public async Task Where_nothing_moves_it_is_seen_since_when()
    {
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path);
        JobOrder order = PlayedJob.Order("still", _directory["release"]);
        await service.OrderAsync(order);
        Track(await service.UntilAsync(order, job => job.Child is not null));
        await Task.Delay(2000, TestContext.Current.CancellationToken);

        JobLive live = service.Supervisor.Watch.Live()[order.Id];

        Assert.True(live.Heartbeat - live.Moved > TimeSpan.FromSeconds(1), $"{live}");
        await File.WriteAllTextAsync(_directory["release"], "", CancellationToken.None);
        await service.EndedAsync(order);
    }

    [Theory]
    [InlineData("yes", JobOutcome.Done)]
    [InlineData("no", JobOutcome.Incomplete)]
    public async Task What_a_job_asks_is_answered_also_where_the_service_was_another_one_then(string answer, JobOutcome outcome)
    {
        JobOrder order = PlayedJob.Order("ask");
        JobQuestion question;
        await using (ServiceUnderTest first = await ServiceUnderTest.StartAsync(_directory.Path))
        {
            await first.OrderAsync(order);
            await first.UntilAsync(order, job => first.Register.OpenQuestionsAsync(CancellationToken.None).Result.Count > 0);
            Track((await first.Register.JobAsync(order.Id, CancellationToken.None))!);
            question = Assert.Single(await first.Register.OpenQuestionsAsync(CancellationToken.None));
        }

        Assert.Equal((order.Id, "carries-parity", "Restore by that?"), (question.Job, question.Code, question.Text));
        await using ServiceUnderTest next = await ServiceUnderTest.StartAsync(_directory.Path);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal(question, Assert.Single(await next.Register.OpenQuestionsAsync(CancellationToken.None))); // once
        Assert.True(await next.Register.AnswerAsync(question.Id, answer, "anna", CancellationToken.None));

        Assert.Equal(outcome, (await next.EndedAsync(order)).Outcome);
        Assert.Empty(await next.Register.OpenQuestionsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_was_answered_while_there_was_no_service_is_passed_on_by_the_next_one()
    {
        JobOrder order = PlayedJob.Order("ask");
        await using (ServiceUnderTest first = await ServiceUnderTest.StartAsync(_directory.Path))
        {
            await first.OrderAsync(order);
            await first.UntilAsync(order, job => first.Register.OpenQuestionsAsync(CancellationToken.None).Result.Count > 0);
            Track((await first.Register.JobAsync(order.Id, CancellationToken.None))!);
        }

        await using (IRegister register = JobsFile.Open(JobsFile.In(_directory.Path)))
        {
            await register.AnswerAsync((await register.OpenQuestionsAsync(CancellationToken.None))[0].Id, "yes", "anna", CancellationToken.None);
        }

        await using ServiceUnderTest next = await ServiceUnderTest.StartAsync(_directory.Path);
        Assert.Equal(JobOutcome.Done, (await next.EndedAsync(order)).Outcome);
    }

    [Fact]
    public async Task What_asks_can_be_stopped_and_what_a_request_says_is_not_asked()
    {
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path);
        JobOrder asks = PlayedJob.Order("ask"), settled = PlayedJob.Order("settled");
        await service.OrderAsync(asks);
        await service.OrderAsync(settled);
        Assert.Equal(JobOutcome.Incomplete, (await service.EndedAsync(settled)).Outcome); // the careful answer
        await service.UntilAsync(asks, job => service.Register.OpenQuestionsAsync(CancellationToken.None).Result.Count > 0);

        await service.Register.AskToStopAsync(asks.Id, StopRequest.Soft, "anna", CancellationToken.None);

        await service.EndedAsync(asks);
        Assert.Empty(await service.Register.OpenQuestionsAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("usb-meant", JobOutcome.Done, null)]
    [InlineData("usb-other", JobOutcome.Failed, "other-drive")]
    [InlineData(null, JobOutcome.Done, null)] // it says itself that it is not there
    public async Task No_other_drive_is_read_than_the_one_that_was_meant(string? now, JobOutcome outcome, string? failure)
    {
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path, options => options with { DriveIdentity = path => path == "/dev/sr0" ? now : null });
        JobOrder order = PlayedJob.Order("done", "", "drive:usb-meant") with { Request = """{"play":"done","file":"","source":"/dev/sr0"}""" };
        await service.OrderAsync(order);

        Job job = await service.EndedAsync(order);

        Assert.Equal((outcome, failure), (job.Outcome, job.Failure?.Code));
    }

    [Fact]
    public async Task A_folder_has_one_service_and_another_is_told_so()
    {
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path);

        OperationFailedException refused = await Assert.ThrowsAsync<OperationFailedException>(() => ServiceUnderTest.StartAsync(_directory.Path));

        Assert.Equal("already-serving", refused.Failure.Code);
        Assert.True(Supervisor.IsServing(_directory.Path));
    }

    [Fact]
    public async Task A_station_that_was_taken_over_stops_and_leaves_its_jobs()
    {
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path);
        JobOrder order = PlayedJob.Order("until", _directory["release"]);
        await service.OrderAsync(order);
        Job running = Track(await service.BegunAsync(order));

        await service.Register.EnterAsync(new(Supervisor.ThisStation, Guid.NewGuid()), "another", CancellationToken.None);

        OperationFailedException ended = await Assert.ThrowsAsync<OperationFailedException>(() => service.Running.WaitAsync(Soon));
        Assert.Equal("station-taken", ended.Failure.Code);
        Assert.NotNull(ProcessName.Of(running.Child!.Value.Id));
        await File.WriteAllTextAsync(_directory["release"], "", CancellationToken.None);
    }

    [Fact]
    public async Task A_program_that_is_not_there_fails_its_jobs_in_words()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows() || File.Exists("/bin/sh"), "there is no shell");
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path, options => options with { Program = new(_directory["gone"], []) });
        JobOrder order = PlayedJob.Order("done");
        await service.OrderAsync(order);

        Job job = await service.EndedAsync(order);

        Assert.Equal((JobOutcome.Failed, "job-not-started"), (job.Outcome, job.Failure?.Code));
    }

    [Fact]
    public async Task Where_its_folder_can_not_be_written_jobs_wait_and_that_is_told()
    {
        await File.WriteAllTextAsync(_directory["jobs"], "in the way", CancellationToken.None);
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path, options => options with { BetweenProgress = TimeSpan.FromMilliseconds(300) });
        JobOrder order = PlayedJob.Order("done");
        await service.OrderAsync(order);
        while (service.Told.IsEmpty)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Equal("no-room-for-jobs", service.Supervisor.Trouble!.Code);
        Assert.Equal(JobState.Queued, (await service.Register.JobAsync(order.Id, CancellationToken.None))!.State);
        File.Delete(_directory["jobs"]);
        Assert.Equal(JobOutcome.Done, (await service.EndedAsync(order)).Outcome);
        Assert.Equal(["no-room-for-jobs", null], service.Told.Select(failure => failure?.Code));
    }

    [Fact]
    public async Task Ended_jobs_are_forgotten_with_their_folders()
    {
        JobOrder order = PlayedJob.Order("done");
        await using (ServiceUnderTest service = await ServiceUnderTest.StartAsync(_directory.Path))
        {
            await service.OrderAsync(order);
            await service.EndedAsync(order);
        }

        Assert.True(Directory.Exists(JobFolder.OfJob(_directory.Path, order.Id)));
        await using ServiceUnderTest next = await ServiceUnderTest.StartAsync(_directory.Path, options => options with { MostRemembered = 0 });
        while (Directory.Exists(JobFolder.OfJob(_directory.Path, order.Id)))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Null(await next.Register.JobAsync(order.Id, CancellationToken.None));
    }

    public void Dispose()
    {
        foreach (int process in _processes.Where(id => !OperatingSystem.IsWindows() && ProcessName.Of(id) is not null))
        {
            UnixProcess.Kill(process);
        }

        _directory.Dispose();
    }

    private static void Kill(int process) => UnixProcess.Kill(process);

    private static async Task<Job> UntilThereAsync(ServiceUnderTest service, Func<Job, bool> isSo)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            if ((await service.Register.ListAsync(JobFilter.All, null, 100, CancellationToken.None)).FirstOrDefault(isSo) is { } job)
            {
                return job;
            }

            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30), "there is none");
            await Task.Delay(50);
        }
    }

    private Job Track(Job job)
    {
        _processes.Add(job.Child!.Value.Id);
        return job;
    }
}
