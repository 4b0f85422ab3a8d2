// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>The first thing that anybody runs: it must work with nothing but itself, and make what it says.</summary>
public sealed class DemoTests : IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Makes_a_disc_and_its_proven_image_in_an_empty_directory()
    {
        ProgramResult result = await DemoAsync();

        Assert.Contains("Checksum match: ISO is a true bit-for-bit copy.", result.Output, StringComparison.Ordinal);
        Assert.True(Files.AreIdentical(_workspace["spindle-demo/disc.iso"], _workspace["spindle-demo/copy/copy.iso"]));
        await ForeignTool.AcceptsAsync("sha256sum", _workspace["spindle-demo/copy"], "-c", "copy.iso.sha256");
        await ManifestSchema.AcceptsAsync(_workspace["spindle-demo/copy/copy_manifest.json"]);
    }

    [Fact]
    public async Task Can_be_run_again()
    {
        await DemoAsync();

        await DemoAsync();
    }

    [Fact]
    public async Task Xorriso_finds_the_files_of_the_disc()
    {
        await DemoAsync();

        ProgramResult list = await ForeignTool.AcceptsAsync(
            "xorriso", _workspace["spindle-demo"], "-abort_on", "WARNING", "-indev", "disc.iso", "-find", "/", "-type", "f");

        Assert.Equal(["'/PICTURE.DAT'", "'/README.TXT'"], list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Isoinfo_reads_the_disc()
    {
        await DemoAsync();

        ProgramResult volume = await ForeignTool.AcceptsAsync("isoinfo", _workspace["spindle-demo"], "-d", "-i", "disc.iso");
        ProgramResult readme = await ForeignTool.AcceptsAsync("isoinfo", _workspace["spindle-demo"], "-i", "disc.iso", "-x", "/README.TXT;1");

        Assert.Contains("Volume id: SPINDLE_DEMO", volume.Output, StringComparison.Ordinal);
        Assert.StartsWith("This is a disc that Spindle made", readme.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seven_zip_finds_nothing_wrong_with_the_disc()
    {
        await DemoAsync();

        ProgramResult test = await ForeignTool.AcceptsAsync("7z", _workspace["spindle-demo"], "t", "disc.iso");

        Assert.Contains("Everything is Ok", test.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Warning", test.Output, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private async Task<ProgramResult> DemoAsync() => (await _workspace.RunAsync("demo")).EndedWith(0);
}
