// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Cli.Terminals;
using Spindle.Media;

namespace Spindle.Cli.Tests.Terminals;

public sealed class ProgressReportTests : IDisposable
{
    private readonly StringWriter _screen = new();
    private readonly HandClock _clock = new();
    private readonly Terminal _terminal;

    public ProgressReportTests() => _terminal = new(() => TextReader.Null) { Output = TextWriter.Null, Error = _screen, Time = _clock };

    [Fact]
    public void A_line_says_how_much_how_fast_how_long_and_what_went_wrong()
    {
        ProgressReport report = new(_terminal, ProgressStyle.Text);

        report.Report(new("copying", 0, 4_000_000_000, WorkProgress.Bytes) { IsOfDrive = true });
        _clock.Advance(seconds: 10);
        report.Report(new("copying", 1_000_000_000, 4_000_000_000, WorkProgress.Bytes) { IsOfDrive = true, Trouble = new(12, "sectors unreadable"), Item = "box 12" });

        Assert.Equal("Copying 1.00 GB of 4.00 GB (25 %), 12 sectors unreadable, 100.00 MB/s, 0:00:10 elapsed, 0:00:30 left: box 12", Lines()[^1]);
    }

    [Fact]
    public void One_is_told_of_as_one()
    {
        new ProgressReport(_terminal, ProgressStyle.Text).Report(new("copying", 1, 0, WorkProgress.Bytes) { Trouble = new(1, "sectors unreadable") });

        Assert.Contains(", 1 sector unreadable, ", Lines()[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0, "images", " 1 image,")]
    [InlineData(1, 1, "entries", " 1 of 1 entry (")]
    [InlineData(1, 3, "discs", " 1 of 3 discs (")]
    public void One_of_what_is_counted_is_told_of_as_one(long done, long total, string unit, string says)
    {
        new ProgressReport(_terminal, ProgressStyle.Text).Report(new("looking", done, total, unit));

        Assert.Contains(says, Lines()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_earlier_run_did_is_no_speed_of_this_one()
    {
        ProgressReport report = new(_terminal, ProgressStyle.Text);

        report.Report(new("copying", 3_000_000_000, 4_000_000_000, WorkProgress.Bytes));
        _clock.Advance(seconds: 10);
        report.Report(new("copying", 3_500_000_000, 4_000_000_000, WorkProgress.Bytes));

        Assert.Equal("Copying 3.50 GB of 4.00 GB (87 %), 50.00 MB/s, 0:00:10 elapsed, 0:00:10 left", Lines()[^1]);
    }

    [Fact]
    public void Nobody_knows_how_long_a_damaged_disc_takes()
    {
        ProgressReport report = new(_terminal, ProgressStyle.Json);

        report.Report(new("retrying", 10, 100, WorkProgress.Bytes) { IsSteady = false });
        _clock.Advance(seconds: 10);
        report.Report(new("retrying", 20, 100, WorkProgress.Bytes) { IsSteady = false });

        Assert.Equal(JsonValueKind.Null, Objects()[^1].GetProperty("secondsLeft").ValueKind);
    }

    [Fact]
    public void Each_stage_is_told_of_to_its_end_and_so_is_each_disc()
    {
        ProgressReport report = new(_terminal, ProgressStyle.Json);

        foreach ((string stage, long done) in new[] { ("writing", 0L), ("writing", 9), ("writing", 10), ("reading-back", 0), ("reading-back", 10), ("writing", 5), ("writing", 10), ("writing", 0), ("writing", 10) })
        {
            report.Report(new(stage, done, 10, WorkProgress.Bytes));
        }

        _terminal.Live.End();
        Assert.Equal(
            ["writing 0", "writing 10", "reading-back 0", "reading-back 10", "writing 5", "writing 10", "writing 0", "writing 10"],
            Objects().Select(line => $"{line.GetProperty("stage").GetString()} {line.GetProperty("done").GetInt64()}"));
    }

    [Fact]
    public void A_program_is_told_of_silence_but_not_for_ever()
    {
        ProgressReport report = new(_terminal, ProgressStyle.Json);

        report.Report(new("copying", 1, 10, WorkProgress.Bytes) { Item = "a\x1b[31m" });
        _clock.Advance(seconds: 3600);

        JsonElement[] lines = Objects();
        Assert.InRange(lines.Length, 10, 70);
        Assert.True(lines[^1].GetProperty("silentSeconds").GetDouble() > 3500);
        Assert.All(lines, line => Assert.Equal("spindle/progress/1", line.GetProperty("schema").GetString()));
        Assert.DoesNotContain('\x1b', _screen.ToString());
    }

    [Fact]
    public void Without_a_total_nothing_is_said_of_what_is_left()
    {
        ProgressReport report = new(_terminal, ProgressStyle.Text);

        report.Report(new("scanning", 12, 0, "files") { Item = "/photos" });

        Assert.Equal("Scanning 12 files, 0:00:00 elapsed: /photos", Lines()[^1]);
    }

    public void Dispose()
    {
        _terminal.Dispose();
        _screen.Dispose();
    }

    private string[] Lines() => _screen.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private JsonElement[] Objects() => [.. Lines().Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
}
