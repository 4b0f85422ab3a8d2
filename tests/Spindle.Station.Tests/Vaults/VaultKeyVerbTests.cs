// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Vaults;
using Spindle.Testing;
using Spindle.Vault;

namespace Spindle.Station.Tests.Vaults;

public sealed class VaultKeyVerbTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public VaultKeyVerbTests() => OpenVault.Make(_directory["catalogue.db"], new(_directory["landing"], 1), CatalogueWait.ToWork(new Progress<WorkProgress>(), CancellationToken.None));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_secret_is_told_once()
    {
        VaultKeyDocument made = await RunAsync(VaultKeyTask.Add, "me");
        Assert.Equal((20, 40), (made.AccessKeyId!.Length, made.SecretAccessKey!.Length));
        VaultKeyDocument listed = await RunAsync(VaultKeyTask.List, null);
        Assert.Null(listed.SecretAccessKey);
        Assert.Equal(("me", made.AccessKeyId, "rwd"), (listed.Keys[0].Name, listed.Keys[0].AccessKeyId, listed.Keys[0].Rights));
        Assert.Equal("me", Assert.Single((await RunAsync(VaultKeyTask.Remove, "me")).Keys).Name);
        Assert.Empty((await RunAsync(VaultKeyTask.List, null)).Keys);
    }

    [Fact]
    public async Task A_key_needs_a_name() => Assert.Equal("usage", (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(VaultKeyTask.Add, null))).Failure.Code);

    private Task<VaultKeyDocument> RunAsync(VaultKeyTask task, string? name) =>
        VaultKeyVerb.Verb.RunAsync(new(_directory["catalogue.db"], task, name), Work.Unattended(Equipment.OfThisMachine()), CancellationToken.None);
}
