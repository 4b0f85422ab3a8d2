// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Vault.Tests;

public sealed class OpenVaultTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string Catalogue => _directory["catalogue.db"];

    private string Landing => _directory["landing"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_was_said_when_it_was_made_holds()
    {
        Make();
        await using OpenVault vault = OpenVault.Open(Catalogue, TimeProvider.System);
        Assert.Equal(new VaultSettings(Landing, 2, 1000), vault.Settings);
        Assert.True(OperatingSystem.IsWindows() || (File.GetUnixFileMode(Landing) & (UnixFileMode.OtherRead | UnixFileMode.GroupRead)) == 0);
    }

    [Fact]
    public void A_catalogue_has_one_vault()
    {
        Make();
        Assert.Equal("vault-exists", Code(() => OpenVault.Make(Catalogue, new(_directory["other"], 1), Wait)));
    }

    [Fact]
    public void A_folder_that_holds_something_is_left_alone()
    {
        Directory.CreateDirectory(Landing);
        File.WriteAllText(Path.Combine(Landing, "mine"), "");
        Assert.Equal("landing-not-empty", Code(Make));
        Assert.Equal("mine", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(Landing))));
    }

    [Fact]
    public void A_catalogue_without_a_vault_says_so()
    {
        CatalogueDatabase.OpenOrCreate(Catalogue).Dispose();
        Assert.Equal("no-vault", Code(() => OpenVault.Open(Catalogue, TimeProvider.System)));
    }

    [Fact]
    public void A_landing_whose_disk_is_not_mounted_is_no_empty_one()
    {
        Make();
        Directory.Delete(Landing, recursive: true);
        Assert.Equal("landing-missing", Code(() => OpenVault.Open(Catalogue, TimeProvider.System)));
        Assert.False(Directory.Exists(Landing));
    }

    private static CatalogueWait Wait => CatalogueWait.ToWork(new Progress<WorkProgress>(), CancellationToken.None);

    private static string Code(Action action) => Assert.Throws<OperationFailedException>(action).Failure.Code;

    private void Make() => OpenVault.Make(Catalogue, new(Landing, 2, 1000), Wait);
}
