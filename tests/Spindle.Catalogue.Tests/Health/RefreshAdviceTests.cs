// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Catalogue.Health;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests.Health;

/// <summary>Which copies should be burned anew.</summary>
public sealed class RefreshAdviceTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData("DVD-R", "2030-12-01", null, false)]
    [InlineData("DVD-R", "2031-02-01", null, true)]
    [InlineData("CD-R", "2031-02-01", null, true)]
    [InlineData("BD-R", "2035-12-01", null, false)]
    [InlineData("BD-R", "2036-02-01", null, true)]
    [InlineData("BD-R", "2029-02-01", 3.0, true)]
    [InlineData("LaserDisc", "2099-01-01", null, false)]
    [InlineData("LaserDisc", "2099-01-01", 50.0, true)]
    public void A_copy_is_old_by_its_kind_or_as_one_says(string kind, string now, double? years, bool isOld)
    {
        using CatalogueDatabase database = Catalogue(Copy(1, "A", $$"""{"kind":"{{kind}}"}"""), Event(1, "verified", "whole"));

        Assert.Equal(isOld ? [RefreshReason.Age] : [], Reasons(database, now, years));
    }

    [Theory]
    [InlineData("damaged", true)]
    [InlineData("copy-now", true)]
    [InlineData("watch", false)]
    [InlineData("whole", false)]
    public void A_copy_that_was_not_whole_is_burned_anew(string verdict, bool isDamaged)
    {
        using CatalogueDatabase database = Catalogue(Copy(1, "A", "{}"), Event(1, "verified", verdict));

        Assert.Equal(isDamaged ? [RefreshReason.Damaged] : [], Reasons(database, "2026-06-01"));
    }

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void Less_than_half_of_the_parity_left_is_too_little(int margin, bool isTold)
    {
        string detail = $$"""{"format":"rs03-image","roots":32,"blocks":9,"sectorsMissing":1,"checksumMismatches":0,"silentErrors":0,"blocksLost":0,"worstBlock":{{32 - margin}},"worstMargin":{{margin}},"longestBearableBurst":1,"copyNowShare":0.9,"blocksByWrongSectors":[1]}""";
        using CatalogueDatabase database = Catalogue(Copy(1, "A", "{}"), Event(1, "checked", "watch", detail));

        RefreshCopy[] copies = [.. new RefreshAdvice(database, null).All(At("2026-06-01"))];

        Assert.Equal(isTold, copies is [{ Reasons: [RefreshReason.Margin], Margin: 15, Roots: 32 }]);
        Assert.Equal(isTold ? 1 : 0, copies.Length);
    }

    [Fact]
    public void Two_that_degrade_condemn_their_batch()
    {
        using CatalogueDatabase database = Catalogue(
            Copy(1, "A", """{"medium":"lot 7"}"""), Copy(2, "B", """{"medium":"lot 7"}"""), Copy(3, "C", """{"medium":"lot 7 "}"""), Copy(4, "D", """{"medium":"lot 8"}"""),
            Event(1, "verified", "damaged"), Event(2, "verified", "watch"), Event(3, "verified", "whole"), Event(4, "verified", "damaged"));

        Assert.Equal(
            ["A Damaged Batch", "B Batch", "C Batch", "D Damaged"],
            new RefreshAdvice(database, null).All(At("2026-06-01")).Select(copy => $"{copy.Copy} {string.Join(' ', copy.Reasons)}"));
    }

    public void Dispose() => _directory.Dispose();

    private static RefreshReason[] Reasons(CatalogueDatabase database, string now, double? years = null) =>
        [.. new RefreshAdvice(database, years is { } some ? TimeSpan.FromDays(some * 365.25) : null).All(At(now)).SelectMany(copy => copy.Reasons)];

    private static string Copy(int id, string name, string detail) => $"INSERT INTO copy VALUES ({id}, 0, '{name}', 'bank', '2026-01-01T00:00:00Z', '{detail}')";

    private static string Event(int copy, string kind, string verdict, string? detail = null) =>
        $"INSERT INTO event VALUES ({copy}, '2026-01-02T00:00:00Z', 0, {copy}, '{kind}', '{verdict}', NULL, {(detail is null ? "NULL" : $"'{detail}'")})";

    private static DateTimeOffset At(string day) => DateTimeOffset.Parse($"{day}T00:00:00Z", CultureInfo.InvariantCulture);

    private CatalogueDatabase Catalogue(params string[] statements)
    {
        CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_directory["c.db"]);
        foreach (string statement in (string[])
        [
            "INSERT INTO scan VALUES (1, x'', x'', '2026-01-01T00:00:00Z', NULL, NULL)",
            "INSERT INTO plan VALUES (1, 'p', '2026-01-01T00:00:00Z', 1, 1000, '{}')",
            "INSERT INTO disc VALUES (0, 1, '01890000-0000-7000-8000-000000000000', 'F_0000', NULL, 'written', 1000, 1, 1, NULL, '2026-01-01T00:00:00Z', NULL)",
            .. statements,
        ])
        {
            database.Run(statement);
        }

        return database;
    }
}
