// SPDX-License-Identifier: MIT
using Spindle.Vault.Moving;
using Spindle.Vault.Objects;
using Where = Spindle.Vault.Moving.Standing;

namespace Spindle.Vault.Tests.Moving;

public sealed class FetchingTests : IAsyncDisposable
{
    private readonly SmallVault _vault = new();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task An_object_goes_through_its_life()
    {
        VaultObject one = await _vault.PutAsync("key", "content");
        Assert.Equal(Where.Landed, Standing("key"));
        _vault.Write(one, 0, "planned");
        Assert.Equal(Where.Packed, Standing("key"));
        _vault.Run("UPDATE disc SET status = 'written'");
        Assert.Equal(Where.Written, Standing("key"));
        string file = _vault.LandingPath + "/fetched";
        File.Copy(_vault.Vault.Landing.PathOf(one.File!), file);
        await new Evictor(_vault.Vault).RunAsync(0, CancellationToken.None);
        Assert.Equal(Where.Cold, Standing("key"));
        Assert.Equal(WishOutcome.Queued, await WishAsync(WishTier.Standard));
        Assert.Equal(Where.Queued, Standing("key"));
        Assert.Equal(1, await Fetching.TakeAsync(_vault.Vault, new(_vault.Find("key")!.Content!.Value, 7, "photos/key"), file));
        Assert.Equal(Where.Warm, Standing("key"));
        Assert.Equal("content", File.ReadAllText(_vault.Vault.Landing.PathOf(_vault.Find("key")!.File!)));
        Assert.Empty(_vault.Vault.Objects.Read(VaultViews.Wanted));
        await _vault.Vault.Objects.WriteAsync(rows => ObjectRows.Delete(rows, _vault.Find("key")!, "me", _vault.Now));
        Assert.Equal([(Where.Tombstone, 1, 7)], _vault.Vault.Objects.Read(VaultViews.Count));
    }

    [Fact]
    public async Task A_wish_is_told_by_its_disc_with_who_asked_and_where_it_is()
    {
        await ColdAsync("key", 4);
        await WishAsync(WishTier.Standard);
        WantedDisc disc = Assert.Single(_vault.Vault.Objects.Read(VaultViews.Wanted));
        Assert.Equal((4, "DISC_4", 1, 14, "me", "copy 1: shelf 1"), (disc.Number, disc.Label, (int)disc.Objects, (int)disc.Bytes, disc.By[0], disc.Copies));
        Assert.Equal(_vault.Now, disc.Since);
    }

    [Fact]
    public async Task The_urgent_disc_comes_first_and_then_who_has_waited_longest()
    {
        foreach ((string key, int disc, WishTier tier) in ((string, int, WishTier)[])[("a", 0, WishTier.Bulk), ("b", 1, WishTier.Standard), ("c", 2, WishTier.Standard), ("d", 3, WishTier.Expedited)])
        {
            await ColdAsync(key, disc);
            await WishAsync(tier, key);
            _vault.Now = _vault.Now.AddMinutes(1);
        }

        Assert.Equal([3, 1, 2, 0], _vault.Vault.Objects.Read(VaultViews.Wanted).Select(disc => disc.Number));
        Assert.Equal(WishOutcome.Known, await WishAsync(WishTier.Standard, "c"));
        Assert.Equal(WishOutcome.Queued, await WishAsync(WishTier.Expedited, "a")); // it is sooner now
        Assert.Equal([0, 3, 1, 2], _vault.Vault.Objects.Read(VaultViews.Wanted).Select(disc => disc.Number));
    }

    [Fact]
    public async Task What_is_here_is_not_asked_for()
    {
        await _vault.PutAsync("key", "content");
        Assert.Equal(WishOutcome.NotArchived, await WishAsync(WishTier.Standard));
        await _vault.PutAsync("key", "content", "GLACIER");
        Assert.Equal(WishOutcome.Here, await WishAsync(WishTier.Standard));
        Assert.Equal(ObjectTier.Until(_vault.Now, 2).ToUnixTimeMilliseconds(), _vault.Find("key")!.Until);
    }

    [Fact]
    public async Task A_prefix_is_asked_for_once_and_only_what_is_cold()
    {
        await ColdAsync("a/1", 0);
        await ColdAsync("a/2", 1);
        await ColdAsync("b", 2);
        await _vault.PutAsync("a/here", "content");
        Assert.Equal([0, 1], _vault.Vault.Objects.Read(rows => Fetching.Needed(rows, ("photos", "a/"))).Select(disc => disc.Number));
        Assert.Equal(2, await AskAsync("a/"));
        Assert.Equal(0, await AskAsync("a/"));
        Assert.Equal(1, await AskAsync(""));
    }

    [Fact]
    public async Task A_disc_tells_how_much_of_it_nobody_wants_any_more()
    {
        VaultObject gone = await ColdAsync("gone", 0);
        await ColdAsync("stays", 0);
        VaultObject same = await _vault.PutAsync("same", "twice");
        _vault.Write(same, 1);
        await _vault.PutAsync("as well", "twice");
        _vault.Run("UPDATE vault_object SET content = (SELECT max(content) FROM vault_object) WHERE content IS NULL");
        VaultObject planned = await _vault.PutAsync("planned", "on no disc yet");
        _vault.Write(planned, 2, "planned");
        Assert.Empty(Dead());
        foreach (string key in (string[])["gone", "same", "planned"])
        {
            await _vault.Vault.Objects.WriteAsync(rows => ObjectRows.Delete(rows, _vault.Find(key)!, "me", _vault.Now));
        }

        Assert.Equal([new(0, "DISC_0", gone.Size + "content of stays".Length, gone.Size)], Dead()); // disc 1 has what another object is; disc 2 is not made

        IReadOnlyList<DeadShare> Dead() => _vault.Vault.Objects.Read(VaultViews.DeadShares);
    }

    [Fact]
    public async Task What_can_t_be_had_is_said_and_can_be_asked_for_again()
    {
        await ColdAsync("key", 0);
        await WishAsync(WishTier.Standard);
        Assert.Equal([("photos", "key")], await Fetching.LoseAsync(_vault.Vault, new(_vault.Find("key")!.Content!.Value, 14, "photos/key"), "disc 0 is damaged"));
        Assert.Equal((Where.Lost, "disc 0 is damaged"), (Standing("key"), _vault.Find("key")!.Lost));
        Assert.Equal(WishOutcome.Queued, await WishAsync(WishTier.Standard));
        Assert.Equal(Where.Queued, Standing("key"));
    }

    [Fact]
    public async Task A_file_that_nobody_waits_for_any_more_is_taken_away()
    {
        VaultObject one = await ColdAsync("key", 0);
        string file = _vault.LandingPath + "/fetched";
        await File.WriteAllTextAsync(file, "content of key");
        Assert.Equal(0, await Fetching.TakeAsync(_vault.Vault, new(_vault.Find("key")!.Content!.Value, one.Size, "photos/key"), file));
        Assert.Empty(Directory.EnumerateFiles(_vault.LandingPath, "*", SearchOption.AllDirectories));
    }

    private Where Standing(string key) => _vault.Vault.Objects.Read(rows => VaultViews.List(rows, "photos", key).ToList()).Single(view => view.One.Key == key).Standing;

    private async Task<VaultObject> ColdAsync(string key, int disc)
    {
        VaultObject one = await _vault.PutAsync(key, $"content of {key}");
        _vault.Write(one, disc);
        await new Evictor(_vault.Vault).RunAsync(0, CancellationToken.None);
        Assert.Null(_vault.Find(key)!.File);
        return one;
    }

    private Task<WishOutcome> WishAsync(WishTier tier, string key = "key") => _vault.Vault.Objects.WriteAsync(rows => Wishes.Add(rows, ObjectRows.Find(rows, _vault.Bucket.Id, key)!, tier, 2, "me", _vault.Now));

    private Task<long> AskAsync(string prefix) => _vault.Vault.Objects.WriteAsync(rows => Fetching.Ask(rows, _vault.Bucket.Id, prefix, 2, "me", _vault.Now, CancellationToken.None));
}
