// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;
using Spindle.Service.Documents;
using Spindle.Service.Running;
using Spindle.Testing;

namespace Spindle.Service.Tests.Running;

public sealed class ProgressTailTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string File => _directory["progress.jsonl"];

    [Fact]
    public void The_last_whole_line_counts_and_one_that_says_the_same_is_no_movement()
    {
        ProgressTail tail = new(File);
        Assert.False(tail.Look()); // there is no file yet

        Append(Line(1) + "\n" + Line(2) + "\n" + Line(3)[..10]);
        Assert.True(tail.Look());
        Assert.Equal(2, tail.Last!.Done);
        Append(Line(3)[10..] + "\n");
        Assert.True(tail.Look());
        Append(Line(3, silent: 5) + "\n");
        Assert.False(tail.Look());
        Assert.Equal(5, tail.Last.SilentSeconds);
        Append("Unhandled exception.\n");
        Assert.False(tail.Look());
        Assert.Equal(3, tail.Last.Done);
    }

    [Fact]
    public void A_log_that_is_full_begins_anew_and_its_reader_notices()
    {
        ProgressTail tail = new(File);
        using BoundedLogStream log = new(File, 1000);
        for (int done = 1; done <= 100; done++)
        {
            log.Write(Encoding.UTF8.GetBytes(Line(done) + "\n"));
            if (done % 7 == 0)
            {
                tail.Look();
            }
        }

        log.Write(Encoding.UTF8.GetBytes(Line(101) + "\n"));
        tail.Look();

        Assert.Equal(101, tail.Last!.Done);
        Assert.InRange(new FileInfo(File).Length, 1, 1200);
        Assert.InRange(new FileInfo(BoundedLogStream.Older(File)).Length, 1, 1200);
    }

    [Fact]
    public void A_log_that_can_not_be_written_keeps_nobody_from_working()
    {
        using BoundedLogStream log = new(_directory["none/progress.jsonl"], 1000);

        log.Write("x\n"u8);
        Directory.CreateDirectory(_directory["none"]);
        log.Write("y\n"u8);

        Assert.Equal("y\n", System.IO.File.ReadAllText(_directory["none/progress.jsonl"]));
    }

    [Fact]
    public void A_process_is_told_from_a_later_one_of_its_number()
    {
        ProcessName own = ProcessName.This();

        Assert.True(own.IsAlive());
        Assert.Equal(own, ProcessName.Parse(own.ToString()));
        Assert.False((own with { Started = "0/1" }).IsAlive());
        Assert.Null(ProcessName.Parse("x y"));
        Assert.Null(ProcessName.Parse("12"));
    }

    [Fact]
    public void Linux_tells_what_a_process_does()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "by /proc");
        using Process sleeper = Process.Start("sleep", "60");
        try
        {
            SpinWait.SpinUntil(() => LinuxProcess.Activity(sleeper.Id) == JobActivity.Waiting, TimeSpan.FromSeconds(5));
            Assert.Equal(JobActivity.Waiting, LinuxProcess.Activity(sleeper.Id));
            ForeignProgram.Run("kill", "-STOP", $"{sleeper.Id}");
            SpinWait.SpinUntil(() => LinuxProcess.Activity(sleeper.Id) == JobActivity.Halted, TimeSpan.FromSeconds(5));
            Assert.Equal(JobActivity.Halted, LinuxProcess.Activity(sleeper.Id));
        }
        finally
        {
            sleeper.Kill();
        }

        sleeper.WaitForExit();
        Assert.Null(LinuxProcess.Started(sleeper.Id));
        Assert.Null(LinuxProcess.Activity(sleeper.Id));
        long before = LinuxProcess.BytesRead(Environment.ProcessId)!.Value;
        System.IO.File.WriteAllBytes(File, new byte[3 << 20]);
        System.IO.File.ReadAllBytes(File);
        Assert.True(LinuxProcess.BytesRead(Environment.ProcessId) - before >= 3 << 20);
    }

    public void Dispose() => _directory.Dispose();

    private static string Line(int done, int silent = 0) => $$"""{"schema":"spindle/progress/1","stage":"copying","done":{{done}},"total":200,"unit":"B","silentSeconds":{{silent}}}""";

    private void Append(string text) => System.IO.File.AppendAllText(File, text);
}
