// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Vault.Objects;

namespace Spindle.Vault.Tests.Objects;

public sealed class ObjectRowsTests : IAsyncDisposable
{
    private readonly SmallVault _vault = new();

    private IEnumerable<string> Files => Directory.EnumerateFiles(Path.Combine(_vault.LandingPath, "objects"), "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path));

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task An_object_survives_that_the_vault_is_closed()
    {
        VaultObject put = await _vault.PutAsync("a/é", "content", "GLACIER");
        await _vault.ReopenAsync();
        VaultObject found = _vault.Find("a/é")!;
        Assert.Equal((put.Id, 7, put.ETag, "GLACIER", put.File), (found.Id, found.Size, found.ETag, found.StorageClass, found.File));
        Assert.Equal(put.Sha256, found.Sha256);
        Assert.Equal("9a0364b9e99bb480dd25e1f0284c8555", found.ETag); // md5sum
    }

    [Fact]
    public async Task Keys_are_listed_by_their_bytes_and_not_by_their_letters()
    {
        string[] keys = ["a", "a\U0001F600", "a\uFFFD", "Z", "é"];
        foreach (string key in keys)
        {
            await _vault.PutAsync(key, "");
        }

        Assert.Equal(keys.OrderBy(key => Convert.ToHexString(Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal), Listed(""u8, isAfter: false, 10));
        Assert.Equal(["a", "a\uFFFD"], Listed("a"u8, isAfter: false, 2));
        Assert.Equal(["a\uFFFD"], Listed("a"u8, isAfter: true, 1));
    }

    [Fact]
    public async Task What_is_overwritten_before_it_is_on_a_disc_is_gone()
    {
        await _vault.PutAsync("key", "first");
        VaultObject second = await _vault.PutAsync("key", "second");
        Assert.Equal(second.Id, _vault.Find("key")!.Id);
        Assert.Equal([second.File!], Files);
        Assert.Equal(1, Rows());
    }

    [Fact]
    public async Task What_is_overwritten_when_it_is_on_a_disc_is_remembered()
    {
        VaultObject first = await _vault.PutAsync("key", "first");
        _vault.Write(first, 0);
        VaultObject second = await _vault.PutAsync("key", "second");
        Assert.Equal([second.File!], Files);
        Assert.Equal(2, Rows());
    }

    [Fact]
    public async Task What_is_deleted_on_its_way_to_a_disc_is_kept_for_that()
    {
        VaultObject one = await _vault.PutAsync("key", "first");
        _vault.Write(one, 0, "planned");
        Assert.Null(await DeleteAsync("key"));
        Assert.Null(_vault.Find("key"));
        Assert.Equal([one.File!], Files);
    }

    [Fact]
    public async Task A_file_that_two_objects_have_stays_until_both_are_gone()
    {
        VaultObject one = await _vault.PutAsync("one", "content");
        await _vault.Vault.Objects.WriteAsync(rows => ObjectRows.Put(rows, _vault.Bucket.Id, one with { Key = "two" }, "me"));
        Assert.Null(await DeleteAsync("one"));
        Assert.Equal(one.File, await DeleteAsync("two"));
    }

    private Task<string?> DeleteAsync(string key) => _vault.Vault.Objects.WriteAsync(rows => ObjectRows.Delete(rows, ObjectRows.Find(rows, _vault.Bucket.Id, key)!, "me", _vault.Now));

    private long Rows() => _vault.Vault.Objects.Read(rows => rows["SELECT count(*) FROM vault_object"].Scalar()!.Value);

    private string[] Listed(ReadOnlySpan<byte> from, bool isAfter, int most)
    {
        byte[] start = from.ToArray();
        return [.. _vault.Vault.Objects.Read(rows => ObjectRows.List(rows, _vault.Bucket.Id, start, isAfter, most)).Select(one => one.Key)];
    }
}
