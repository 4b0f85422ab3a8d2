// SPDX-License-Identifier: MIT
using Spindle.Vault.Moving;
using Spindle.Vault.Objects;

namespace Spindle.Vault.Tests.Moving;

public sealed class EvictorTests : IAsyncDisposable
{
    private readonly SmallVault _vault = new(copies: 2);

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task Only_what_has_its_verified_copies_goes()
    {
        VaultObject two = await _vault.PutAsync("two", "two copies");
        VaultObject one = await _vault.PutAsync("one", "one copy");
        VaultObject planned = await _vault.PutAsync("planned", "on its way");
        await _vault.PutAsync("landed", "here");
        _vault.Write(two, 0, copies: 2);
        _vault.Write(one, 1, copies: 1);
        _vault.Write(planned, 2, "planned", copies: 0);
        Evicted evicted = await RunAsync();
        Assert.Equal((1, 10), (evicted.Objects, evicted.Bytes));
        Assert.Equal([("not-packed", 1, 4), ("too-few-copies", 2, 18)], evicted.Kept);
        Assert.Null(_vault.Find("two")!.File);
        Assert.False(File.Exists(_vault.Vault.Landing.PathOf(two.File!)));
        Assert.Equal(0, (await RunAsync()).Objects);
    }

    [Theory]
    [InlineData("INSERT INTO event (at, disc, copy, kind, verdict) SELECT '2026-11-29T12:00:00+00:00', 0, min(id), 'verified', 'damaged' FROM copy")]
    [InlineData("INSERT INTO event (at, disc, kind, verdict) VALUES ('2026-11-29T12:00:00+00:00', 0, 'checked', 'damaged')")]
    [InlineData("UPDATE event SET verdict = NULL WHERE id = (SELECT min(id) FROM event)")]
    [InlineData("UPDATE event SET kind = 'burned' WHERE id = (SELECT min(id) FROM event)")]
    [InlineData("UPDATE disc SET status = 'withdrawn'")]
    public async Task A_copy_that_is_not_proven_does_not_count(string sql)
    {
        _vault.Write(await _vault.PutAsync("key", "content"), 0, copies: 2);
        _vault.Run(sql);
        Assert.Equal(0, (await RunAsync()).Objects);
    }

    [Fact]
    public async Task Contents_on_several_discs_have_the_copies_of_all()
    {
        VaultObject one = await _vault.PutAsync("key", "content");
        _vault.Write(one, 0, copies: 1);
        _vault.Write(one, 1, copies: 1);
        Assert.Equal(1, (await RunAsync()).Objects);
    }

    [Fact]
    public async Task Of_a_content_in_parts_the_part_with_fewest_copies_counts()
    {
        VaultObject one = await _vault.PutAsync("key", "content");
        _vault.Write(one, 0, copies: 3);
        _vault.Write(one, 1, copies: 1);
        _vault.Run("UPDATE placement SET part = disc + 1");
        Assert.Equal(0, (await RunAsync()).Objects);
    }

    [Fact]
    public async Task What_was_fetched_stays_as_long_as_was_promised()
    {
        VaultObject one = await _vault.PutAsync("key", "content");
        _vault.Write(one, 0, copies: 2);
        _vault.Run($"UPDATE vault_object SET until = {ObjectTier.Until(_vault.Now, 2).ToUnixTimeMilliseconds()}");
        Assert.Equal([("stays-for-now", 1, 7)], (await RunAsync()).Kept);
        _vault.Now = _vault.Now.AddDays(3);
        Assert.Equal(1, (await RunAsync()).Objects);
        Assert.Null(_vault.Find("key")!.Until);
    }

    [Fact]
    public async Task A_bucket_may_keep_what_is_young()
    {
        await _vault.SetRulesAsync(new() { MinimumStay = 2 });
        _vault.Write(await _vault.PutAsync("key", "content"), 0, copies: 2);
        Assert.Equal(0, (await RunAsync()).Objects);
        _vault.Now = _vault.Now.AddDays(2);
        Assert.Equal(1, (await RunAsync()).Objects);
    }

    [Fact]
    public async Task What_was_read_longest_ago_goes_first_and_no_more_than_is_needed()
    {
        foreach (string key in (string[])["a", "b", "c"])
        {
            _vault.Write(await _vault.PutAsync(key, $"content of {key}"), key[0] - 'a', copies: 2);
            _vault.Now = _vault.Now.AddHours(1);
        }

        long oldest = _vault.Find("a")!.Id;
        await _vault.Vault.Objects.WriteAsync(rows =>
        {
            ObjectRows.Used(rows, [oldest], _vault.Now);
            return true;
        });
        Evicted evicted = await new Evictor(_vault.Vault).RunAsync(most: 24, CancellationToken.None);
        Assert.Equal((1, 24), (evicted.Objects, evicted.Held));
        Assert.Null(_vault.Find("b")!.File);
        Assert.NotNull(_vault.Find("a")!.File);
    }

    [Fact]
    public async Task What_was_deleted_on_its_way_goes_when_its_disc_is_made()
    {
        VaultObject one = await _vault.PutAsync("key", "content");
        _vault.Write(one, 0, "planned");
        await _vault.Vault.Objects.WriteAsync(rows => ObjectRows.Delete(rows, _vault.Find("key")!, "me", _vault.Now));
        await RunAsync();
        Assert.True(File.Exists(_vault.Vault.Landing.PathOf(one.File!)));
        _vault.Run("UPDATE disc SET status = 'written'");
        await RunAsync();
        Assert.False(File.Exists(_vault.Vault.Landing.PathOf(one.File!)));
    }

    private Task<Evicted> RunAsync() => new Evictor(_vault.Vault).RunAsync(0, CancellationToken.None);
}
