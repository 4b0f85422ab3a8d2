// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests;

/// <summary>One imaging of the large disc, for all tests that judge it.</summary>
public abstract class ImagedDisc(LargeDisc disc) : IDisposable
{
    private readonly TempDirectory _directory = new();
    private Task? _imaging;

    public string Folder => _directory["out/large"];

    public string Image => Path.Combine(Folder, "large.iso");

    public string Manifest => Path.Combine(Folder, "large_manifest.json");

    /// <summary>Makes the image, once.</summary>
    /// <returns>Path of the original.</returns>
    public async Task<string> MakeAsync()
    {
        string original = await disc.PathAsync();
        await (_imaging ??= ImageAsync(original));
        return original;
    }

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task ImageAsync(string original);

    protected async Task RunAsync(string source) =>
        (await SpindleProgram.RunAsync(["image", source, "--dir", "out", "--filename", "large", "--operator", "tester"], _directory.Path)).EndedWith(0);
}

/// <summary>What holds of every image of a readable disc, whatever it was read from. The judges are other people's programs.</summary>
public abstract class ProvenImageContract(ImagedDisc disc)
{
    [Fact]
    public async Task The_image_is_identical_to_the_disc()
    {
        string original = await disc.MakeAsync();

        Assert.True(new FileInfo(original).Length >= 1L << 30);
        Assert.True(Files.AreIdentical(original, disc.Image));
    }

    [Theory]
    [InlineData("md5sum", "large.iso.md5")]
    [InlineData("sha256sum", "large.iso.sha256")]
    public async Task The_checksum_programs_accept_their_files(string program, string file)
    {
        await disc.MakeAsync();

        await ForeignTool.AcceptsAsync(program, disc.Folder, "--strict", "-c", file);
    }

    [Fact]
    public async Task Ddrescuelog_finds_everything_rescued()
    {
        await disc.MakeAsync();

        ProgramResult status = await ForeignTool.AcceptsAsync("ddrescuelog", disc.Folder, "-t", "large.map");
        await ForeignTool.AcceptsAsync("ddrescuelog", disc.Folder, "-D", "large.map");

        Assert.Matches(@"rescued:.*\( *100%\)", status.Output);
    }

    [Fact]
    public async Task The_manifest_is_valid_and_says_verified()
    {
        await disc.MakeAsync();

        JsonElement integrity = Workspace.ManifestAt(disc.Manifest).GetProperty("integrity_verification");

        Assert.Equal("verified", integrity.GetProperty("integrity_status").GetString());
        await ManifestSchema.AcceptsAsync(disc.Manifest);
    }

    [Fact]
    public async Task Nothing_unfinished_is_left_behind()
    {
        await disc.MakeAsync();

        Assert.Equal(
            ["large.iso", "large.iso.log.txt", "large.iso.md5", "large.iso.sha256", "large.map", "large_isolyzer.xml", "large_manifest.json", "large_tree.txt"],
            Directory.GetFiles(disc.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}

public sealed class ImagedFile(LargeDisc disc) : ImagedDisc(disc)
{
    protected override Task ImageAsync(string original) => RunAsync(original);
}

public sealed class ImagedLoopDevice(LargeDisc disc) : ImagedDisc(disc)
{
    protected override async Task ImageAsync(string original)
    {
        await using LoopDevice device = await LoopDevice.AttachAsync(original);
        await RunAsync(device.Path);
    }
}

[Collection(nameof(LargeDisc))]
public sealed class ImageOfAFileTests(ImagedFile disc) : ProvenImageContract(disc), IClassFixture<ImagedFile>;

[Collection(nameof(LargeDisc))]
public sealed class ImageOfALoopDeviceTests(ImagedLoopDevice disc) : ProvenImageContract(disc), IClassFixture<ImagedLoopDevice>;
