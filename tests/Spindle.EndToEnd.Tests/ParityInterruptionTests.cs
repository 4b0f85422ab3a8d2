// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests;

/// <summary>Killed while they change an image in place, commands are called again, and end as if nothing had been.</summary>
[Trait("with", "clock")]
public sealed class ParityInterruptionTests : IAsyncDisposable
{
    private const int SectorSize = 2048;
    private const int Sectors = 40_000;
    private const int Moments = 6;

    private readonly Workspace _workspace = new();

    private string Image => _workspace["image.iso"];

    [Fact]
    public async Task Protecting_in_place_can_be_killed_at_any_moment()
    {
        string original = Files.WriteRandom(_workspace["original.iso"], (long)Sectors * SectorSize, seed: 4);

        ProgramResult[] again = await KillAtAnyMomentAsync(original, "protect", "image.iso", "--redundancy", "20%", "--quiet");

        // What was protected to its end says so, and is left as it is.
        Assert.All(again, result => Assert.True(result.ExitCode == 0 || result.Error.Contains("[already-protected]", StringComparison.Ordinal), result.ToString()));
    }

    [Fact]
    public async Task Mending_in_place_can_be_killed_at_any_moment()
    {
        string original = Files.WriteRandom(_workspace["original.iso"], (long)Sectors * SectorSize, seed: 5);
        (await _workspace.RunAsync("protect", "original.iso", "--redundancy", "20%", "--quiet")).EndedWith(0);
        File.Copy(original, _workspace["damaged.iso"]);
        await _workspace.ShellAsync("dd if=/dev/urandom of=damaged.iso bs=2048 seek=3000 count=5000 conv=notrunc status=none");

        ProgramResult[] again = await KillAtAnyMomentAsync(_workspace["damaged.iso"], "repair", "image.iso", "--quiet");

        Assert.All(again, result => result.EndedWith(0));
        Assert.True(Files.AreIdentical(original, Image));
    }

    [Theory]
    [InlineData("restoring")]
    [InlineData("hashing")]
    public async Task Restoring_what_a_disc_does_not_give_can_be_killed(string stage)
    {
        string disc = Files.WriteRandom(_workspace["disc.img"], (long)Sectors * SectorSize, seed: 6);
        (await _workspace.RunAsync("protect", "disc.img", "--redundancy", "20%", "--quiet")).EndedWith(0);
        Dictionary<string, string?> damaged = await UnreadableSectors.OfAsync(_workspace, disc, "3000:2000,30000:1");
        string[] image = ["image", "disc.img", "--dir", "out", "--filename", "disc", "--retries", "0", "--repair", "--progress", "json"];
        using (RunningProgram program = new(SpindleProgram.Path, image, _workspace.Path, damaged))
        {
            await program.SaysAsync($"\"stage\":\"{stage}\"");
            program.Kill();
            await program.EndAsync();
        }

        using RunningProgram again = new(SpindleProgram.Path, [.. image, "--resume"], _workspace.Path, damaged);
        (await again.EndAsync()).EndedWith(0);

        Assert.True(Files.AreIdentical(disc, _workspace["out/disc/disc.iso"]));
        JsonElement sectors = _workspace.Manifest("disc").GetProperty("sectors");
        Assert.Equal(2001, sectors.GetProperty("restored_by_parity").GetInt64());
        Assert.Equal(2, sectors.GetProperty("restored_ranges").GetArrayLength());
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    /// <returns>What came of each second run.</returns>
    private async Task<ProgramResult[]> KillAtAnyMomentAsync(string source, params string[] arguments)
    {
        File.Copy(source, Image);
        Stopwatch watch = Stopwatch.StartNew();
        (await _workspace.RunAsync(arguments)).EndedWith(0);
        TimeSpan length = watch.Elapsed;
        File.Copy(Image, _workspace["expected.iso"]);
        List<ProgramResult> again = [];
        Random random = Seed.Random();
        for (int moment = 0; moment < Moments; moment++)
        {
            File.Copy(source, Image, overwrite: true);
            TimeSpan delay = length * ((moment + random.NextDouble()) / Moments);
            string told = string.Create(CultureInfo.InvariantCulture, $"killed after {delay.TotalSeconds:F3} s of {length.TotalSeconds:F3} s");
            using (RunningProgram program = _workspace.Start(arguments))
            {
                await Task.Delay(delay);
                program.Kill();
                await program.EndAsync();
            }

            again.Add(await _workspace.RunAsync(arguments));

            Assert.True(Files.AreIdentical(_workspace["expected.iso"], Image), $"{told}: another result; {again[^1]}");
            Assert.Empty(Directory.GetFiles(_workspace.Path, "*.spindle-journal"));
        }

        return [.. again];
    }
}
