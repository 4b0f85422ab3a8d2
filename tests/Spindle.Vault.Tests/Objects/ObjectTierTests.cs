// SPDX-License-Identifier: MIT
using Spindle.Vault.Objects;

namespace Spindle.Vault.Tests.Objects;

public sealed class ObjectTierTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The table of docs/formats/vault.md.</summary>
    [Theory]
    [InlineData(null, true, false, "STANDARD", null)]
    [InlineData("STANDARD_IA", true, false, "STANDARD_IA", null)]
    [InlineData("GLACIER", true, false, "GLACIER", "ongoing-request=\"false\", expiry-date=\"Mon, 30 Nov 2026 00:00:00 GMT\"")]
    [InlineData(null, false, false, "GLACIER", null)]
    [InlineData("DEEP_ARCHIVE", false, false, "DEEP_ARCHIVE", null)]
    [InlineData("STANDARD", false, true, "GLACIER", "ongoing-request=\"true\"")]
    public void What_is_told(string? storageClass, bool isHere, bool isWished, string told, string? restore)
    {
        VaultObject one = Object(storageClass, isHere);
        Assert.Equal(told, ObjectTier.ClassOf(one, BucketRules.Usual));
        Assert.Equal(restore, ObjectTier.RestoreOf(one, isWished, BucketRules.Usual, Now));
    }

    [Fact]
    public void What_was_fetched_is_archived_still()
    {
        VaultObject one = Object(null, isHere: true) with { Until = ObjectTier.Until(Now, 2).ToUnixTimeMilliseconds() };
        Assert.Equal("GLACIER", ObjectTier.ClassOf(one, BucketRules.Usual));
        Assert.Equal("STANDARD", ObjectTier.ClassOf(one, new() { RestoredAsStandard = true }));
        Assert.Equal("GLACIER", ObjectTier.ClassOf(one with { File = null }, new() { RestoredAsStandard = true }));
        Assert.Equal("ongoing-request=\"false\", expiry-date=\"Tue, 01 Dec 2026 00:00:00 GMT\"", ObjectTier.RestoreOf(one, false, BucketRules.Usual, Now));
    }

    [Fact]
    public void No_date_that_is_over_is_promised() =>
        Assert.Equal(new(2027, 1, 3, 0, 0, 0, TimeSpan.Zero), ObjectTier.StaysUntil(Object("GLACIER", isHere: true), BucketRules.Usual, new(2027, 1, 1, 1, 0, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("2026-11-28T00:00:00Z", 1, "2026-11-29T00:00:00Z")]
    [InlineData("2026-11-28T00:00:01Z", 1, "2026-11-30T00:00:00Z")]
    [InlineData("2026-11-28T23:59:59+02:00", 2, "2026-12-01T00:00:00Z")]
    public void A_stay_ends_at_midnight(string from, int days, string until) =>
        Assert.Equal(DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture), ObjectTier.Until(DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture), days));

    private static VaultObject Object(string? storageClass, bool isHere) => new()
    {
        Id = 1,
        Key = "key",
        Size = 5,
        ETag = "etag",
        Sha256 = [],
        Modified = Now.ToUnixTimeMilliseconds(),
        StorageClass = storageClass,
        File = isHere ? "file" : null,
        Content = null,
        Until = null,
        Lost = null,
        Detail = ObjectDetail.None,
    };
}
