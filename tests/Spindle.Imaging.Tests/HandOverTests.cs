// SPDX-License-Identifier: MIT
using Spindle.Imaging.Running;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests;

/// <summary>What the next run finds: another program, such as ddrescue, may have gone on with the image and its map.</summary>
public sealed class HandOverTests : IDisposable
{
    private const int SectorCount = 2_000;

    private static readonly byte[] Content = SimulatedDisc.Pattern(SectorCount * 2048);

    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Takes_over_what_the_other_program_read_without_reading_it_again()
    {
        await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(new SimulatedDisc(Content).GoneAt(1_200), resume: false));
        await File.WriteAllBytesAsync(_directory["disc/disc.iso.part"], Content);
        await WriteMapAsync("disc.map.part", $"0 {Content.Length} +");

        ImagingResult result = await RunAsync(new SimulatedDisc(Content), resume: true);

        Assert.Equal(ImagingOutcome.Success, result.Outcome);
        Assert.Equal(Content.Length, result.Readings[0].BytesFromEarlierRun);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task Keeps_what_the_other_program_rescued_where_this_drive_reads_nothing()
    {
        SimulatedDisc disc = new SimulatedDisc(Content).Bad(100).Bad(900);
        await RunAsync(disc, resume: false);

        // Another drive gave sector 100; sector 900 is still missing.
        byte[] rescued = [.. Content];
        rescued.AsSpan(900 * 2048, 2048).Clear();
        await File.WriteAllBytesAsync(_directory["disc/disc.iso"], rescued);
        await WriteMapAsync("disc.map", $"0 {900 * 2048} +\n{900 * 2048} 2048 -\n{901 * 2048} {1_099 * 2048} +");

        ImagingResult result = await RunAsync(disc, resume: true);

        Assert.Equal([new SectorRange(900, 1)], result.Map!.RangesOf(SectorState.Bad));
        Assert.Equal(rescued, await File.ReadAllBytesAsync(_directory["disc/disc.iso"]));
    }

    [Fact]
    public async Task Starts_anew_where_a_run_was_killed_before_its_first_checkpoint()
    {
        Directory.CreateDirectory(_directory["disc"]);
        await File.WriteAllBytesAsync(_directory["disc/disc.iso.part"], []);

        ImagingResult result = await RunAsync(new SimulatedDisc(Content), resume: true);

        Assert.Equal(ImagingOutcome.Success, result.Outcome);
        Assert.Equal(Content, await File.ReadAllBytesAsync(_directory["disc/disc.iso"]));
    }

    public void Dispose() => _directory.Dispose();

    private Task WriteMapAsync(string name, string blocks) => File.WriteAllTextAsync(_directory[$"disc/{name}"], $"0x0 + 1\n{blocks}\n");

    private Task<ImagingResult> RunAsync(SimulatedDisc disc, bool resume)
    {
        Imager imager = new(_ => new FakeSource(disc), new FaultyFiles(), TimeProvider.System);
        ImagingRequest request = new() { Source = "/dev/simulated", Directory = _directory.Path, Name = "disc", Resume = resume };
        return imager.RunAsync(request, new NoProgress(), CancellationToken.None);
    }

    private sealed class NoProgress : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
        }
    }
}
