// SPDX-License-Identifier: MIT
using Spindle.Imaging.Running;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Files;

/// <summary>What is there before an image is made, and is not to be lost.</summary>
public sealed class TargetTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly SimulatedDisc _disc = new(SimulatedDisc.Pattern(100 * 2048));

    private string Part => _directory["disc/disc.iso.part"];

    [Fact]
    public async Task An_unfinished_image_without_its_map_is_not_gone_on_with()
    {
        Directory.CreateDirectory(_directory["disc"]);
        await File.WriteAllTextAsync(Part, "somebody's");

        Assert.Equal("no-map", (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(overwrite: false))).Failure.Code);

        Assert.Equal("somebody's", await File.ReadAllTextAsync(Part));
        Assert.Empty(_disc.Reads);
    }

    [Theory]
    [InlineData("somebody's", true)]
    [InlineData("", false)] // of a run that was killed before its first checkpoint
    public async Task It_is_begun_anew_where_that_is_wanted_or_nothing_is_lost(string content, bool overwrite)
    {
        Directory.CreateDirectory(_directory["disc"]);
        await File.WriteAllTextAsync(Part, content);

        ImagingResult result = await RunAsync(overwrite);

        Assert.Equal(ImagingOutcome.Success, result.Outcome);
        Assert.False(File.Exists(Part));
    }

    public void Dispose() => _directory.Dispose();

    private Task<ImagingResult> RunAsync(bool overwrite) => new Imager(_ => new FakeSource(_disc), new FaultyFiles(), TimeProvider.System).RunAsync(
        new() { Source = "/dev/simulated", Directory = _directory.Path, Name = "disc", Resume = true, Overwrite = overwrite },
        new Progress<WorkProgress>(),
        CancellationToken.None);
}
