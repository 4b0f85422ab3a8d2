// SPDX-License-Identifier: MIT
using Spindle.Vault.Objects;

namespace Spindle.Vault.Tests.Objects;

public sealed class VaultDatabaseTests : IAsyncDisposable
{
    private readonly SmallVault _vault = new();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task A_change_that_fails_undoes_itself_and_nothing_else()
    {
        // All at once, so that they share a transaction.
        Task<bool>[] changes = [.. Enumerable.Range(0, 100).Select(i => _vault.Vault.Objects.WriteAsync(rows =>
        {
            Buckets.Add(rows, $"bucket-{i}", "me", "", _vault.Now);
            return i % 3 == 0 ? throw new InvalidDataException($"{i}") : true;
        }))];
        for (int i = 0; i < changes.Length; i++)
        {
            if (i % 3 == 0)
            {
                await Assert.ThrowsAsync<InvalidDataException>(() => changes[i]);
            }
            else
            {
                Assert.True(await changes[i]);
            }
        }

        await _vault.ReopenAsync();
        Assert.Equal(67, _vault.Vault.Objects.Read(Buckets.All).Count); // 66, and that which was there
    }

    [Fact]
    public async Task Many_read_while_others_write()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(reader => Task.Run(async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                await _vault.PutAsync($"{reader}/{i}", "x");
                Assert.NotNull(_vault.Find($"{reader}/{i}"));
            }
        })));
        Assert.Equal(320, _vault.Vault.Objects.Read(rows => ObjectRows.List(rows, _vault.Bucket.Id, [], false, 1000)).Count);
    }

    [Fact]
    public async Task A_vault_that_is_closed_takes_nothing()
    {
        VaultDatabase objects = _vault.Vault.Objects;
        await _vault.ReopenAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => objects.WriteAsync(_ => true));
    }
}
