// SPDX-License-Identifier: MIT
using Spindle.Archiving.Health;
using Spindle.Archiving.Planning;
using Spindle.Catalogue.Health;
using Spindle.Media;
using Spindle.Parity.Protecting;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests.Health;

public sealed class CheckHistoryTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TempDirectory _directory = new();
    private readonly CatalogueDatabase _database;
    private readonly CheckHistory _history;

    public CheckHistoryTests()
    {
        _database = GeneratedCatalogue.Create(_directory["catalogue.db"], 10, 10, _ => 10_000);
        Assert.True(Capacity.TryParse("cd", out Capacity? capacity));
        new Planner(_database, TimeProvider.System).RunAsync(new() { Capacity = capacity, Tool = "spindle test" }, new Progress<WorkProgress>(), TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        _history = new(_database);
    }

    [Fact]
    public void A_check_comes_back_as_it_was_entered()
    {
        CheckResult result = CheckOfDamaged(3, 11);

        _history.Add(0, "A", "/dev/sr0", result, Start);

        DiscCheck check = Assert.Single(_history.Of(0));
        Assert.Equal(Start, check.At);
        Assert.Equal("A", check.Copy);
        Assert.Equal("/dev/sr0", check.Drive);
        Assert.Equal("watch", check.Verdict);
        Assert.Equal(result.Layout.Roots, check.Roots);
        Assert.Equal(2, check.ChecksumMismatches);
        Assert.Equal(result.Health.WorstBlock, check.WorstBlock);
        Assert.Equal(result.Health.LongestBearableBurst, check.LongestBearableBurst);
        Assert.Equal(result.Health.WorstBlock + 1, check.BlocksByWrongSectors.Count);
        Assert.Equal(result.Layout.Blocks, check.BlocksByWrongSectors.Sum());
        Assert.Equal("A", Assert.Single(new DiscStore(_database).Get(0).Copies).Name);
    }

    [Fact]
    public void Copies_age_each_by_itself()
    {
        _history.Add(0, "B", "b", CheckOfDamaged(), Start);
        _history.Add(0, null, "x", CheckOfDamaged(), Start.AddDays(1));
        _history.Add(0, "B", "b", CheckOfDamaged(1, 3, 5), Start.AddDays(2));

        DiscHealth health = new(new DiscStore(_database).Get(0), _history.Of(0));

        Assert.Equal([null, "B"], health.Trends.Select(trend => trend.Copy));
        Assert.Equal(["good", "watch"], health.Trends[1].Checks.Select(check => check.Verdict));
        Assert.Equal(3, health.Checks.Count);
    }

    [Fact]
    public void A_disc_that_gets_worse_has_a_date_to_be_copied_by()
    {
        _history.Add(0, null, "x", CheckOfDamaged(), Start);
        _history.Add(0, null, "x", CheckOfDamaged(1), Start.AddDays(100));
        HealthTrend trend = new(null, _history.Of(0));
        DiscCheck last = trend.Checks[^1];

        double days = 100 * (last.CopyNowShare - last.UsedShare) / last.UsedShare;

        Assert.Equal(Start.AddDays(100 + days), trend.CopyNowExpected!.Value, TimeSpan.FromMinutes(1));
        Assert.Null(new HealthTrend(null, [trend.Checks[0]]).CopyNowExpected);
        Assert.Null(new HealthTrend(null, [last, last with { At = Start.AddDays(900) }]).CopyNowExpected);
    }

    [Fact]
    public void Other_events_are_no_checks_and_other_discs_are_not_known()
    {
        new DiscStore(_database).AddEvent(0, "checked", "good", null, "{\"roots\": 0}", Start);
        new DiscStore(_database).AddEvent(0, "checked", "good", null, "no json", Start);
        new DiscStore(_database).AddEvent(0, "verified", "good", null, null, Start);

        Assert.Empty(_history.Of(0));
        Assert.Equal(0, _history.Find(new DiscStore(_database).Get(0).Uuid));
        Assert.Null(_history.Find(Guid.NewGuid()));
        Assert.Equal("no-such-disc", Assert.Throws<OperationFailedException>(() => _history.Add(5, null, "x", CheckOfDamaged(), Start)).Failure.Code);
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    private CheckResult CheckOfDamaged(params long[] sectors)
    {
        string image = _directory.Write("image.iso", new byte[400 * 2048]);
        Protector.Protect(new() { Image = image, Redundancy = Redundancy.OfPercent(20) }, null, TestContext.Current.CancellationToken);
        byte[] bytes = File.ReadAllBytes(image);
        foreach (long sector in sectors)
        {
            bytes[sector * 2048] ^= 1;
        }

        File.WriteAllBytes(image, bytes);
        return Checker.Check(new() { Image = image }, null, TestContext.Current.CancellationToken);
    }
}
