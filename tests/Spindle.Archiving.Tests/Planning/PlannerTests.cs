// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Archiving.Planning;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Planning;

public sealed class PlannerTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void No_disc_is_too_full_and_every_file_has_one()
    {
        using CatalogueDatabase database = GeneratedCatalogue.Create(_directory["catalogue.db"], 300, 20, file => file * 7919L % 300_000, copyEvery: 50);

        PlanResult result = Plan(database, "50MB");

        Assert.True(result.Discs.Count > 5);
        Assert.InRange(result.Discs.Count - result.LowerBound, 0, 1);
        Assert.All(result.Discs, disc => Assert.InRange(disc.Sectors, 1, 50_000_000 / 2048));
        Assert.Equal(0L, Number(database, "SELECT count(*) FROM entry WHERE disc IS NULL"));
        Assert.Equal(Number(database, "SELECT count(*) FROM content"), Number(database, "SELECT count(*) FROM placement"));
        Assert.Equal(Number(database, "SELECT count(DISTINCT content) FROM placement"), Number(database, "SELECT count(*) FROM placement"));
    }

    [Fact]
    public void The_same_catalogue_gives_the_same_plan()
    {
        List<string> plans = [];
        for (int i = 0; i < 2; i++)
        {
            using CatalogueDatabase database = GeneratedCatalogue.Create(_directory[$"catalogue{i}.db"], 100, 10, file => file * 7919L % 300_000);
            database.Set("uuid", "00000000-0000-4000-8000-000000000000");
            PlanResult result = Plan(database, "20MB");
            plans.Add(string.Join(';', result.Discs) + Number(database, "SELECT group_concat(disc) FROM (SELECT disc FROM entry ORDER BY id)"));
        }

        Assert.Equal(plans[0], plans[1]);
    }

    [Fact]
    public void A_second_plan_of_the_same_replaces_the_first_one()
    {
        using CatalogueDatabase database = GeneratedCatalogue.Create(_directory["catalogue.db"], 30, 10, _ => 100_000);

        PlanResult large = Plan(database, "25MB");
        PlanResult small = Plan(database, "10MB");

        Assert.True(small.Discs.Count > large.Discs.Count);
        Assert.Equal((long)small.Discs.Count, Number(database, "SELECT count(*) FROM disc"));
        Assert.Equal(0, small.Discs[0].Number);
    }

    [Fact]
    public void What_is_on_a_written_disc_is_not_planned_again()
    {
        using CatalogueDatabase database = GeneratedCatalogue.Create(_directory["catalogue.db"], 30, 10, _ => 100_000);
        PlanResult first = Plan(database, "cd");
        new DiscStore(database).MarkWritten(0, new byte[32], "image.iso", DateTimeOffset.UnixEpoch);

        PlanResult second = Plan(database, "cd");

        Assert.Single(first.Discs);
        Assert.Empty(second.Discs);
    }

    [Fact]
    public void Large_files_need_leave_to_be_divided()
    {
        using CatalogueDatabase database = GeneratedCatalogue.Create(_directory["catalogue.db"], 2, 2, file => file == 1 ? 100_000_000 : 1000);

        OperationFailedException e = Assert.Throws<OperationFailedException>(() => Plan(database, "30MB"));
        PlanResult result = Plan(database, "30MB", splits: true);

        Assert.Equal("file-too-large", e.Failure.Code);
        Assert.Equal(4, result.Discs.Count);
        Assert.Contains(result.Divisions, division => division is { IsFile: true, Discs: 4 });
        Assert.Equal(100_000_000L, Number(database, "SELECT sum(length) FROM placement WHERE part > 0"));
    }

    [Fact]
    public void A_directory_that_is_too_large_is_divided_in_the_order_of_its_names()
    {
        using CatalogueDatabase database = GeneratedCatalogue.Create(_directory["catalogue.db"], 1, 100, _ => 1_000_000);

        PlanResult result = Plan(database, "30MB");

        Assert.InRange(result.Discs.Count, 4, 5);
        Assert.Equal(
            Number(database, "SELECT group_concat(disc) FROM (SELECT disc FROM entry ORDER BY disc, name)"),
            Number(database, "SELECT group_concat(disc) FROM (SELECT disc FROM entry ORDER BY name)"));
    }

    [Fact]
    public void What_is_to_stay_together_does_or_it_is_said_that_it_can_not()
    {
        using CatalogueDatabase database = GeneratedCatalogue.Create(_directory["catalogue.db"], 111, 10, _ => 20_000);

        Plan(database, "5MB", together: "directory 3");

        Assert.Equal(1L, Number(database, """
            SELECT count(DISTINCT disc) FROM entry JOIN directory ON directory.id = entry.directory WHERE CAST(path AS TEXT) LIKE 'directory 3%' AND kind = 0
            """));
        Assert.Equal("does-not-fit-together", Assert.Throws<OperationFailedException>(() => Plan(database, "2MB", together: "directory 3")).Failure.Code);
        Assert.Equal("no-such-directory", Assert.Throws<OperationFailedException>(() => Plan(database, "5MB", together: "nowhere")).Failure.Code);
    }

    [Fact]
    public void Room_for_check_data_is_left()
    {
        using CatalogueDatabase database = GeneratedCatalogue.Create(_directory["catalogue.db"], 30, 10, _ => 100_000);

        PlanResult result = Plan(database, "20MB", parity: 20);

        Assert.All(result.Discs, disc => Assert.InRange(disc.Sectors, 1, 20_000_000 / 2048)); // with its check data
        Assert.InRange(result.ImageSectors, 1, 20_000_000 / 2048 * 100 / 120);
    }

    [Fact]
    public void Ten_million_entries_are_planned_in_minutes_with_little_memory()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SPINDLE_LARGE_TESTS") == "1", "takes minutes: set SPINDLE_LARGE_TESTS=1");
        int files = int.Parse(Environment.GetEnvironmentVariable("SPINDLE_PLAN_FILES") ?? "10000000", CultureInfo.InvariantCulture);
        using CatalogueDatabase database = GeneratedCatalogue.Create(_directory["catalogue.db"], files / 10, 9, file => file * 7919L % 2_000_000, copyEvery: 100);
        long start = TimeProvider.System.GetTimestamp();

        PlanResult result = Plan(database, "bd");

        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(start);
        long memory = System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64;
        TestContext.Current.TestOutputHelper?.WriteLine($"{result.Files} files on {result.Discs.Count} discs (bound {result.LowerBound}) in {elapsed}, {memory >> 20} MiB");
        Assert.InRange(elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.InRange(memory, 0, 1L << 30);
    }

    public void Dispose() => _directory.Dispose();

    private static PlanResult Plan(CatalogueDatabase database, string capacity, bool splits = false, string? together = null, double? parity = null)
    {
        Assert.True(Capacity.TryParse(capacity, out Capacity? known));
        return new Planner(database, TimeProvider.System).Plan(
            new() { Capacity = known, SplitsFiles = splits, KeepTogether = together is null ? [] : [together], ParityPercent = parity, Tool = "spindle test" },
            new Steps(),
            CancellationToken.None);
    }

    private static object? Number(CatalogueDatabase database, string sql)
    {
        using Microsoft.Data.Sqlite.SqliteCommand command = database.Connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Tells the tester where the time goes.</summary>
    private sealed class Steps : IProgress<WorkProgress>
    {
        private readonly long _start = TimeProvider.System.GetTimestamp();

        public void Report(WorkProgress value) =>
            TestContext.Current.TestOutputHelper?.WriteLine($"{TimeProvider.System.GetElapsedTime(_start).TotalSeconds:F1} s: {value.Stage} {value.Done}/{value.Total}");
    }
}
