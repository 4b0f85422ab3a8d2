// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>What happened to discs is told of them, in its order, and of no other.</summary>
public sealed class EventsTests : IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Written_verified_checked_and_restored_are_told_in_their_order()
    {
        await _workspace.ShellAsync("mkdir tree; for i in 1 2 3; do head -c 1500000 /dev/urandom > tree/f$i; done");
        (await _workspace.RunAsync("archive", "tree", "1600s", "--parity", "20%", "--job", "Set", "--to", "discs", "--quiet")).EndedWith(0);
        (await _workspace.RunAsync("verify", "discs/Set_0001.iso", "--quiet")).EndedWith(0);
        (await _workspace.RunAsync("check", "discs/Set_0001.iso", "--catalogue", "catalogue.db", "--quiet")).EndedWith(0);
        (await _workspace.RunAsync("restore", "--from", "discs", "--to", "out", "--quiet")).EndedWith(0);

        Assert.Equal(["written", "verified", "checked", "restored"], await KindsAsync("--disc", "1"));
        Assert.Equal(["verified"], await KindsAsync("--kind", "verified"));
        Assert.Empty(await KindsAsync("--since", "2999-01-01"));
        string text = (await _workspace.RunAsync("events", "--disc", "1", "--kind", "verified")).EndedWith(0).Output;
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\S+  disc 1 SET_0001  verified: whole  discs/Set_0001\.iso\n$", text);
    }

    [Fact]
    public async Task A_kind_that_there_is_not_is_wrong_usage()
    {
        await _workspace.ShellAsync("mkdir tree; echo a > tree/a");
        (await _workspace.RunAsync("scan", "tree", "--quiet")).EndedWith(0);

        Assert.Contains("checked", (await _workspace.RunAsync("events", "--kind", "eaten")).EndedWith(64).Error, StringComparison.Ordinal);
        Assert.Contains("Nothing is remembered.", (await _workspace.RunAsync("events")).EndedWith(0).Error, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private async Task<string[]> KindsAsync(params string[] filters)
    {
        JsonElement json = (await _workspace.RunAsync(["events", .. filters, "--json"])).EndedWith(0).Json;
        return [.. json.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("kind").GetString()!)];
    }
}
