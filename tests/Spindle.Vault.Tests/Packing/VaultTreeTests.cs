// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files;
using Spindle.Files.Listing;
using Spindle.Vault.Objects;
using Spindle.Vault.Packing;

namespace Spindle.Vault.Tests.Packing;

public sealed class VaultTreeTests : IAsyncDisposable
{
    private readonly SmallVault _vault = new();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task Keys_are_files_of_folders()
    {
        foreach (string key in (string[])["a", "a/b", "a/", "a//c", "x/../y", "z/sub/deep/file", "é/ü"])
        {
            await _vault.PutAsync(key, key);
        }

        Assert.Equal(
            ["photos/a/%/c", "photos/a/b", "photos/a%=", "photos/x/%2E%2E/y", "photos/z/sub/deep/file", "photos/é/ü"],
            Files(new VaultTree(_vault.Vault).OpenRoot(""), "").Select(file => file.Path));
    }

    [Fact]
    public async Task What_is_read_is_what_was_put()
    {
        foreach (string key in (string[])["a", "a/b", "a//c", new string('l', 900), "empty"])
        {
            await _vault.PutAsync(key, key == "empty" ? "" : $"content of {key}");
        }

        Dictionary<string, string> read = Files(new VaultTree(_vault.Vault).OpenRoot(""), "").ToDictionary(file => file.Path, file => file.Content);
        Assert.Equal("content of a", read["photos/a%="]);
        Assert.Equal("content of a/b", read["photos/a/b"]);
        Assert.Equal("content of a//c", read["photos/a/%/c"]);
        Assert.Equal("", read["photos/empty"]);
        Assert.Contains($"content of {new string('l', 900)}", read.Values);
    }

    [Fact]
    public async Task Many_objects_are_listed_in_pages()
    {
        for (int i = 0; i < 1100; i++)
        {
            await _vault.PutAsync($"f{i:0000}", "");
        }

        Assert.Equal(1100, Files(new VaultTree(_vault.Vault).OpenRoot(""), "").Count());
    }

    [Fact]
    public async Task Rules_say_what_comes_onto_discs()
    {
        await _vault.PutAsync("data/large", new string('x', 100));
        await _vault.PutAsync("data/small", "x");
        await _vault.PutAsync("locks/large", new string('x', 100));
        await _vault.SetRulesAsync(new() { Archive = ["/data/**"], SmallestSize = 50 });
        Assert.Equal(["photos/data/large"], Files(new VaultTree(_vault.Vault).OpenRoot(""), "").Select(file => file.Path));
        await _vault.SetRulesAsync(new() { MinimumAge = 1 });
        Assert.Empty(Files(new VaultTree(_vault.Vault).OpenRoot(""), ""));
        _vault.Now = _vault.Now.AddDays(1);
        Assert.Equal(3, Files(new VaultTree(_vault.Vault).OpenRoot(""), "").Count());
    }

    [Fact]
    public async Task What_is_on_discs_only_is_there_and_is_not_read()
    {
        VaultObject one = await _vault.PutAsync("cold", "content");
        _vault.Write(one, 0);
        await _vault.SetRulesAsync(new() { SmallestSize = 1000 }); // what was packed once stays in the tree
        _vault.Run($"UPDATE vault_object SET file = NULL WHERE id = {one.Id}");
        using ISourceDirectory root = new VaultTree(_vault.Vault).OpenRoot("");
        using ISourceDirectory bucket = root.OpenDirectory("photos"u8);
        DirectoryListing listing = new();
        bucket.List(listing);
        Assert.Equal(("cold", 7, one.Id), (Encoding.UTF8.GetString(listing.Name(0)), listing.Status(0).Size, listing.Status(0).Inode));
        Assert.False(Assert.Throws<SourceException>(() => bucket.OpenFile("cold"u8)).IsGone);
        Assert.True(Assert.Throws<SourceException>(() => bucket.OpenFile("other"u8)).IsGone);
        Assert.True(Assert.Throws<SourceException>(() => root.OpenDirectory("nobucket"u8)).IsGone);
    }

    private static IEnumerable<(string Path, string Content)> Files(ISourceDirectory directory, string path)
    {
        DirectoryListing listing = new();
        directory.List(listing);
        listing.Sort();
        for (int i = 0; i < listing.Count; i++)
        {
            byte[] name = listing.Name(i).ToArray();
            string below = path + Encoding.UTF8.GetString(name);
            if (listing.Status(i).Kind == EntryKind.Directory)
            {
                foreach ((string, string) file in Files(directory.OpenDirectory(name), below + "/"))
                {
                    yield return file;
                }
            }
            else
            {
                yield return (below, Read(directory, name));
            }
        }
    }

    private static string Read(ISourceDirectory directory, byte[] name)
    {
        using ISourceFile file = directory.OpenFile(name);
        byte[] bytes = new byte[file.Status().Size];
        Assert.Equal(bytes.Length, file.Read(bytes));
        Assert.Equal(0, file.Read(new byte[1]));
        return Encoding.UTF8.GetString(bytes);
    }
}
