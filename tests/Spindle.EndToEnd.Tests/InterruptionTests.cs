// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests;

/// <summary>Whatever stops a copy, it can be carried on, and the end result is the same.</summary>
[Trait("with", "clock")]
public sealed class InterruptionTests : IAsyncDisposable
{
    private const long SourceLength = 256L << 20;
    private static readonly int Moments = Environment.GetEnvironmentVariable("SPINDLE_LARGE_TESTS") is "1" ? 20 : 8;

    private readonly Workspace _workspace = new();
    private readonly string _source;

    public InterruptionTests() => _source = Files.WriteRandom(_workspace["source.img"], SourceLength, seed: 7);

    private string Image => _workspace["out/disc/disc.iso"];

    private string Part => Image + ".part";

    [Fact]
    public async Task Killed_at_any_moment_a_copy_is_resumed_to_an_identical_image()
    {
        Stopwatch watch = Stopwatch.StartNew();
        (await _workspace.RunAsync(Arguments())).EndedWith(0);
        TimeSpan length = watch.Elapsed;
        Random random = Seed.Random();
        for (int moment = 0; moment < Moments; moment++)
        {
            // One moment somewhere in each part of the run.
            TimeSpan delay = length * ((moment + random.NextDouble()) / Moments);
            string told = string.Create(CultureInfo.InvariantCulture, $"killed after {delay.TotalSeconds:F3} s of {length.TotalSeconds:F3} s");
            Directory.Delete(_workspace["out"], recursive: true);

            await KillAfterAsync(delay);
            Assert.True(!File.Exists(Image) || Files.AreIdentical(_source, Image), $"{told}: left an image that is not one");
            ProgramResult resumed = await _workspace.RunAsync([.. Arguments(), "--resume"]);

            Assert.True(resumed.ExitCode == 0 || resumed.Error.Contains("[already-complete]", StringComparison.Ordinal), $"{told}: {resumed}");
            Assert.True(Files.AreIdentical(_source, Image), $"{told}: the image differs");
        }
    }

    [Fact]
    public async Task Ctrl_C_saves_the_state_and_ends_with_130()
    {
        ProgramResult stopped = (await InterruptAsync()).EndedWith(130);

        Assert.Contains("[cancelled]", stopped.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Image));
        Assert.Equal("interrupted", _workspace.Manifest("disc").GetProperty("backup_status").GetProperty("overall_status").GetString());

        await _workspace.RunAsync([.. Arguments(), "--resume"]);

        Assert.True(Files.AreIdentical(_source, Image));
        Assert.Equal("success", _workspace.Manifest("disc").GetProperty("backup_status").GetProperty("overall_status").GetString());
    }

    [Fact]
    public async Task An_unfinished_copy_is_not_overwritten_unasked()
    {
        (await InterruptAsync()).EndedWith(130);

        ProgramResult again = (await _workspace.RunAsync(Arguments())).EndedWith(1);

        Assert.Contains("[unfinished-copy]", again.Error, StringComparison.Ordinal);
        Assert.Contains("--resume", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_disc_is_not_mixed_into_an_unfinished_copy()
    {
        (await InterruptAsync()).EndedWith(130);
        Files.WriteRandom(_source, SourceLength, seed: 8);

        ProgramResult resumed = (await _workspace.RunAsync([.. Arguments(), "--resume"])).EndedWith(1);

        Assert.Contains("[another-disc]", resumed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ddrescue_can_finish_what_was_begun()
    {
        (await InterruptAsync()).EndedWith(130);

        await ForeignTool.AcceptsAsync("ddrescue", _workspace.Path, "-q", "-b2048", _source, Part, _workspace["out/disc/disc.map.part"]);
        Assert.True(Files.AreIdentical(_source, Part));
        (await _workspace.RunAsync([.. Arguments(), "--resume"])).EndedWith(0);

        Assert.True(Files.AreIdentical(_source, Image));
        JsonElement reading = _workspace.Manifest("disc").GetProperty("integrity_verification").GetProperty("readings")[0];
        Assert.Equal(SourceLength, reading.GetProperty("bytes_from_earlier_run").GetInt64());
    }

    [Fact]
    public async Task What_ddrescue_began_can_be_finished()
    {
        Directory.CreateDirectory(_workspace["out/disc"]);
        await ForeignTool.AcceptsAsync("ddrescue", _workspace.Path, "-q", "-b2048", "-i40MiB", "-s100MiB", _source, Part, "rescue.map");

        (await _workspace.RunAsync([.. Arguments(), "--map", "rescue.map", "--resume"])).EndedWith(0);

        Assert.True(Files.AreIdentical(_source, Image));
        JsonElement reading = _workspace.Manifest("disc").GetProperty("integrity_verification").GetProperty("readings")[0];
        Assert.Equal(100L << 20, reading.GetProperty("bytes_from_earlier_run").GetInt64());
        await ForeignTool.AcceptsAsync("ddrescuelog", _workspace.Path, "-D", "rescue.map");
    }

    [Fact]
    public async Task A_merge_that_is_killed_leaves_what_was_there_and_can_be_done_again()
    {
        // One copy lacks its second quarter, the other its third.
        const long quarter = SourceLength / 4;
        File.Copy(_source, _workspace["other.img"]);
        _workspace.Write("source.map", Map($"0 {quarter} +\n{quarter} {quarter} -\n{2 * quarter} {2 * quarter} +\n"));
        _workspace.Write("other.map", Map($"0 {2 * quarter} +\n{2 * quarter} {quarter} -\n{3 * quarter} {quarter} +\n"));
        string[] merge = ["merge", "whole.iso", "source.img:source.map", "other.img:other.map", "--progress", "none", "--overwrite"];
        Stopwatch watch = Stopwatch.StartNew();
        (await _workspace.RunAsync(merge)).EndedWith(0);
        TimeSpan length = watch.Elapsed;
        Random random = Seed.Random();
        for (int moment = 0; moment < 5; moment++)
        {
            File.Delete(_workspace["whole.iso.map"]);
            File.Delete(_workspace["whole.iso_merge.json"]);
            _workspace.Write("whole.iso", [1, 2, 3]);
            using (RunningProgram program = _workspace.Start(merge))
            {
                await Task.Delay(length * ((moment + random.NextDouble()) / 5));
                program.Kill();
                await program.EndAsync();
            }

            bool isOld = new FileInfo(_workspace["whole.iso"]).Length == 3;
            Assert.True(isOld || Files.AreIdentical(_source, _workspace["whole.iso"]));
            Assert.False(isOld && (File.Exists(_workspace["whole.iso.map"]) || File.Exists(_workspace["whole.iso_merge.json"])), "a record of another image");
            (await _workspace.RunAsync(merge)).EndedWith(0);
            Assert.True(Files.AreIdentical(_source, _workspace["whole.iso"]));
        }

        Assert.Empty(Directory.GetFiles(_workspace.Path, "*.part"));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private static byte[] Map(string blocks) => System.Text.Encoding.ASCII.GetBytes("0 + 1\n" + blocks);

    private static string[] Arguments() => ["image", "source.img", "--dir", "out", "--filename", "disc", "--hash", "md5"];

    private async Task KillAfterAsync(TimeSpan delay)
    {
        using RunningProgram program = _workspace.Start(Arguments());
        await Task.Delay(delay);
        program.Kill();
        await program.EndAsync();
    }

    /// <summary>Presses Ctrl-C in the middle of the copying.</summary>
    private async Task<ProgramResult> InterruptAsync()
    {
        using RunningProgram program = _workspace.Start([.. Arguments(), "--progress", "json"]);
        await program.SaysAsync("\"stage\":\"copying\"");
        program.Interrupt();
        return await program.EndAsync();
    }
}
