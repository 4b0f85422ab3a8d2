// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Storage that changes a byte between two readings is found out, and what changed is named.</summary>
[Trait("with", "clock")]
public sealed class StorageTests : IAsyncDisposable
{
    private const long SourceLength = 256L << 20;
    private const long FlippedSector = 130_000; // near the end: it is changed while the verification is on its way there

    private readonly Workspace _workspace = new();

    public StorageTests() => Files.WriteRandom(_workspace["source.img"], SourceLength, seed: 3);

    [Fact]
    public async Task A_byte_that_changed_in_the_image_is_found_when_it_is_read_back()
    {
        ProgramResult result = await ImageAsync("image", "verifying-image", "out/disc/disc.iso.part");

        JudgeFailure(result, "image-differs");
        Assert.True(File.Exists(_workspace["out/disc/disc.iso.part"]));
    }

    [Fact]
    public async Task A_byte_that_changed_on_the_disc_is_found_at_the_second_reading()
    {
        ProgramResult result = await ImageAsync("disc", "verifying-disc", "source.img");

        JudgeFailure(result, "disc-differs");
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private async Task<ProgramResult> ImageAsync(string verify, string stage, string changedFile)
    {
        using RunningProgram program = _workspace.Start(
            "image", "source.img", "--dir", "out", "--filename", "disc", "--verify", verify, "--json", "--progress", "json");
        await program.SaysAsync($"\"stage\":\"{stage}\"");
        Files.FlipByte(_workspace[changedFile], FlippedSector * 2048);
        return await program.EndAsync();
    }

    private void JudgeFailure(ProgramResult result, string code)
    {
        JsonElement report = result.EndedWith(2).Json;
        Assert.Equal("failed", report.GetProperty("outcome").GetString());
        Assert.Equal(code, report.GetProperty("concerns")[0].GetProperty("code").GetString());
        JsonElement range = Assert.Single(report.GetProperty("differences").EnumerateArray());
        Assert.InRange(FlippedSector, range.GetProperty("start").GetInt64(), range.GetProperty("start").GetInt64() + range.GetProperty("count").GetInt64() - 1);

        JsonElement manifest = _workspace.Manifest("disc");
        Assert.Equal("failed", manifest.GetProperty("backup_status").GetProperty("overall_status").GetString());
        JsonElement ranges = manifest.GetProperty("integrity_verification").GetProperty("differing_ranges");
        Assert.True(JsonElement.DeepEquals(report.GetProperty("differences"), ranges));
        Assert.False(File.Exists(_workspace["out/disc/disc.iso"]));
        Assert.False(File.Exists(_workspace["out/disc/disc.iso.md5"]));
    }
}
