// SPDX-License-Identifier: MIT
using Spindle.Vault.Objects;

namespace Spindle.Vault.Tests.Objects;

public sealed class BucketsTests : IAsyncDisposable
{
    private readonly SmallVault _vault = new();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task A_bucket_that_holds_something_is_not_deleted()
    {
        await _vault.PutAsync("key", "x");
        Assert.Null(await DeleteAsync());
        Assert.NotNull(Find("photos"));
    }

    [Fact]
    public async Task One_that_was_deleted_can_be_made_anew_and_is_another_one()
    {
        await _vault.Vault.Objects.WriteAsync(rows =>
        {
            Uploads.Add(rows, new("upload", _vault.Bucket.Id, "key", 0, "me", null, null, false, ObjectDetail.None));
            Uploads.AddPart(rows, "upload", new(1, 5, "etag", 0, null, "partfile"));
            return true;
        });
        Assert.Equal(["partfile"], await DeleteAsync());
        Assert.Null(Find("photos"));
        VaultBucket again = (await _vault.Vault.Objects.WriteAsync(rows => Buckets.Add(rows, "photos", "other", "eu", _vault.Now)))!;
        Assert.NotEqual(_vault.Bucket.Id, again.Id);
        Assert.Equal(("other", "eu", _vault.Now), (again.Owner, again.Region, again.CreatedAt));
        Assert.Null(await _vault.Vault.Objects.WriteAsync(rows => Buckets.Add(rows, "photos", "third", "", _vault.Now)));
    }

    [Fact]
    public async Task Rules_are_kept()
    {
        BucketRules rules = new() { Archive = ["data/**"], SmallestSize = 5, MinimumAge = 1.5, MinimumStay = 2, DefaultClass = "GLACIER", RestoredAsStandard = true, Worm = true, Hold = true };
        await _vault.SetRulesAsync(rules);
        await _vault.ReopenAsync();
        Assert.Equivalent(rules, Find("photos")!.Rules);
    }

    private VaultBucket? Find(string name) => _vault.Vault.Objects.Read(rows => Buckets.Find(rows, name));

    private Task<IReadOnlyList<string>?> DeleteAsync() => _vault.Vault.Objects.WriteAsync(rows => Buckets.Delete(rows, _vault.Bucket.Id, _vault.Now));
}
