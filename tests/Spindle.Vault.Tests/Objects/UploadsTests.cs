// SPDX-License-Identifier: MIT
using Spindle.Vault.Objects;

namespace Spindle.Vault.Tests.Objects;

public sealed class UploadsTests : IAsyncDisposable
{
    private readonly SmallVault _vault = new();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task Parts_come_in_any_order_and_the_last_of_a_number_counts()
    {
        await BeginAsync("b", "one");
        Assert.Null(await PartAsync("one", 3, "third"));
        Assert.Null(await PartAsync("one", 1, "first"));
        Assert.Equal("third", await PartAsync("one", 3, "again"));
        Assert.Equal([(1, "first"), (3, "again")], _vault.Vault.Objects.Read(rows => Uploads.Parts(rows, "one")).Select(part => (part.Number, part.File!)));
        Assert.Equal([3], _vault.Vault.Objects.Read(rows => Uploads.Parts(rows, "one", after: 1)).Select(part => part.Number));
        Assert.Equal(["first", "again"], await _vault.Vault.Objects.WriteAsync(rows => Uploads.Remove(rows, "one")));
        Assert.Null(_vault.Vault.Objects.Read(rows => Uploads.Find(rows, _vault.Bucket.Id, "b", "one")));
    }

    [Fact]
    public async Task They_are_listed_by_key_and_begin_behind_one()
    {
        await BeginAsync("b", "2");
        await BeginAsync("b", "1");
        await BeginAsync("a", "3");
        await BeginAsync("c", "0");
        Assert.Equal(["3", "1", "2", "0"], Listed("", ""));
        Assert.Equal(["2", "0"], Listed("b", "1"));
        Assert.Equal(["0"], Listed("b", ""));
    }

    [Fact]
    public async Task One_is_found_by_its_bucket_and_its_key_alone()
    {
        await BeginAsync("b", "one");
        Assert.Null(_vault.Vault.Objects.Read(rows => Uploads.Find(rows, _vault.Bucket.Id, "other", "one")));
        Assert.Null(_vault.Vault.Objects.Read(rows => Uploads.Find(rows, _vault.Bucket.Id + 1, "b", "one")));
        Assert.Equal(("me", "CRC32", true), _vault.Vault.Objects.Read(rows => Uploads.Find(rows, _vault.Bucket.Id, "b", "one")) is { } found ? (found.By, found.Checksum, found.IsComposite) : default);
    }

    private string[] Listed(string after, string upload) => [.. _vault.Vault.Objects.Read(rows => Uploads.List(rows, _vault.Bucket.Id, after, upload, 10)).Select(one => one.Id)];

    private Task<bool> BeginAsync(string key, string id) => _vault.Vault.Objects.WriteAsync(rows =>
    {
        Uploads.Add(rows, new(id, _vault.Bucket.Id, key, 0, "me", null, "CRC32", true, ObjectDetail.None));
        return true;
    });

    private Task<string?> PartAsync(string id, int number, string file) => _vault.Vault.Objects.WriteAsync(rows => Uploads.AddPart(rows, id, new(number, 5, "etag", 0, null, file)));
}
