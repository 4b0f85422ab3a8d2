// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Xml.Linq;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>A disc of an archive is checked while it ages, and its history tells so.</summary>
public sealed class HealthTests : IAsyncDisposable
{
    private const string Image = "out/Set_0000.iso";

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Each_check_of_a_disc_that_ages_is_remembered_and_drawn()
    {
        long blocks = await ArchiveAsync();

        // The scratch grows: each ecc block loses that many sectors of its data.
        foreach (int lost in (int[])[0, 2, 15, 50])
        {
            await ScratchAsync(lost * blocks);
            (await _workspace.RunAsync("check", Image, "--copy", "A")).EndedWith(lost == 0 ? 0 : 2);
        }

        ProgramResult result = (await _workspace.RunAsync("discs", "--health", "--svg", "health.svg", "--json")).EndedWith(0);
        List<JsonElement> checks = [.. result.Json.GetProperty("discs")[0].GetProperty("checks").EnumerateArray()];
        ProgramResult text = (await _workspace.RunAsync("discs", "--health", "0")).EndedWith(0);

        Assert.Equal(["good", "watch", "copy-now", "copy-now"], checks.Select(check => check.GetProperty("verdict").GetString()));
        Assert.Equal([0, 2, 15, 50], checks.Select(check => check.GetProperty("worstBlock").GetInt32()));
        Assert.All(checks, check => Assert.Equal("A", check.GetProperty("copy").GetString()));
        Assert.All(checks, check => Assert.Equal(_workspace[Image], check.GetProperty("drive").GetString()));
        Assert.Equal(blocks, checks[0].GetProperty("blocksByWrongSectors")[0].GetInt64());
        Assert.True(checks[3].GetProperty("blocksLost").GetInt64() > 0);
        Assert.Contains("copy A", text.Output, StringComparison.Ordinal);
        Assert.Contains("copy now", text.Output, StringComparison.Ordinal);
        Assert.Equal("svg", XDocument.Load(_workspace["health.svg"]).Root!.Name.LocalName);
        Assert.Equal("copy-now", (await _workspace.RunAsync("discs", "--json")).Json.GetProperty("discs")[0].GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_disc_that_can_no_longer_tell_which_it_is_can_be_told()
    {
        await ArchiveAsync();
        await _workspace.ShellAsync($"dd if=/dev/zero of={Image} bs=2048 count=300 conv=notrunc status=none");

        ProgramResult unknown = (await _workspace.RunAsync("check", Image, "--copy", "A", "--json")).EndedWith(2);
        (await _workspace.RunAsync("check", Image, "--disc", "7")).EndedWith(1);
        ProgramResult told = (await _workspace.RunAsync("check", Image, "--disc", "0", "--json")).EndedWith(2);

        Assert.Equal("disc-not-known", unknown.Json.GetProperty("warnings")[0].GetProperty("code").GetString());
        Assert.Equal(0, told.Json.GetProperty("remembered").GetProperty("disc").GetInt32());
    }

    [Fact]
    public async Task An_image_without_a_catalogue_is_checked_as_ever_and_no_catalogue_is_made()
    {
        await ArchiveAsync();
        await _workspace.ShellAsync("mkdir elsewhere && rm catalogue.db*");

        ProgramResult result = (await _workspace.RunAsync("check", Image, "--json")).EndedWith(0);
        (await _workspace.RunAsync("check", Image, "--catalogue", "other.db")).EndedWith(1);

        Assert.Equal(JsonValueKind.Null, result.Json.GetProperty("remembered").ValueKind);
        Assert.False(File.Exists(_workspace["catalogue.db"]));
        Assert.False(File.Exists(_workspace["other.db"]));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    /// <returns>Ecc blocks of the disc.</returns>
    private async Task<long> ArchiveAsync()
    {
        await _workspace.ShellAsync("mkdir tree && head -c 1000000 /dev/urandom > tree/file");
        (await _workspace.RunAsync("archive", "tree", "cd", "--parity", "8%", "--job", "Set", "--to", "out")).EndedWith(0);
        return new FileInfo(_workspace[Image]).Length / 2048 / 255;
    }

    private Task<string> ScratchAsync(long sectors) => _workspace.ShellAsync($"dd if=/dev/urandom of={Image} bs=2048 seek=400 count={sectors} conv=notrunc status=none");
}
