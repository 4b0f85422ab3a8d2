// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Catalogue.Health;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests.Health;

/// <summary>Which copies are due, and what copies have in common that degrade.</summary>
public sealed class CheckScheduleTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("2026-12-31", null)] // not a year old
    [InlineData("2027-01-02", "A 2027-01-01")]
    public void The_first_check_is_due_a_year_after_a_copy_was_made_and_proven(string now, string? due)
    {
        using CatalogueDatabase database = Catalogue("INSERT INTO copy VALUES (1, 0, 'A', 'shelf', '2026-01-01T00:00:00Z', NULL)", Event(1, "2026-01-01T00:30:00Z", "verified", "1"));

        Assert.Equal(due, Due(database, now));
    }

    [Theory]
    [InlineData("2029-01-30", null)]
    [InlineData("2029-02-02", "A 2029-01-31")]
    public void Then_every_two_years(string now, string? due)
    {
        using CatalogueDatabase database = Catalogue("INSERT INTO copy VALUES (1, 0, 'A', NULL, '2026-01-01T00:00:00Z', NULL)", Event(1, "2026-01-01T00:30:00Z", "verified", "1"), Event(2, "2027-02-01T00:00:00Z", "checked", "1"));

        Assert.Equal(due, Due(database, now));
    }

    [Fact]
    public void A_reading_that_does_not_say_which_copy_counts_where_there_is_one_only()
    {
        using CatalogueDatabase database = Catalogue("INSERT INTO copy VALUES (1, 0, 'A', NULL, '2020-01-01T00:00:00Z', NULL)", Event(1, "2026-01-01T00:00:00Z", "verified", "NULL"));
        Assert.Null(Due(database, "2026-02-01"));

        Run(database, "INSERT INTO copy VALUES (2, 0, 'B', NULL, '2020-01-01T00:00:00Z', NULL)");
        Assert.Equal("A 2020-12-31, B 2020-12-31", Due(database, "2026-02-01"));
    }

    [Fact]
    public void What_nobody_knows_the_age_of_is_due_and_a_disc_without_copies_is_one()
    {
        using CatalogueDatabase database = Catalogue("INSERT INTO disc VALUES (1, 1, '01890000-0000-7000-8000-000000000001', 'F_0001', NULL, 'written', 1, 1, 1, NULL, '2026-01-01T00:00:00Z', NULL)", "INSERT INTO disc VALUES (2, 1, 'u2', 'F_0002', NULL, 'planned', 1, 1, 1, NULL, NULL, NULL)", "INSERT INTO copy VALUES (1, 0, 'A', NULL, NULL, NULL)", "UPDATE disc SET written = NULL WHERE number = 0");

        IReadOnlyList<DueCopy> due = new CheckSchedule(database, CheckSchedule.UsualFirst, CheckSchedule.UsualEvery).Due(At("2027-06-01"));

        Assert.Equal([(0, "A", null), (1, null, At("2027-01-01"))], due.Select(copy => (copy.Disc, copy.Copy, copy.CheckBy)));
    }

    [Fact]
    public void Copies_are_counted_by_medium_batch_and_burner()
    {
        using CatalogueDatabase database = Catalogue(
            """INSERT INTO copy VALUES (1, 0, 'A', NULL, NULL, '{"mediumId":"CMC","medium":"lot 7"}')""",
            """INSERT INTO copy VALUES (2, 0, 'B', NULL, NULL, '{"mediumId":"CMC","medium":"lot 8"}')""",
            """INSERT INTO copy VALUES (3, 0, 'C', NULL, NULL, '{"mediumId":"CMC","medium":"lot 7"}')""",
            "INSERT INTO copy VALUES (4, 0, 'D', NULL, NULL, 'odd')",
            Event(1, "2026-01-01T00:00:00Z", "verified", "1", "whole"), Event(2, "2027-01-01T00:00:00Z", "checked", "1", "copy-now"), Event(3, "2027-01-01T00:00:00Z", "verified", "2", "whole"),
            """INSERT INTO event VALUES (4, '2026-01-01T00:00:00Z', 0, 1, 'burned', 'verified', '/dev/sr0', '{"disc":{"vendor":"V","model":"M","firmware":"1"}}')""");

        Assert.Equal(
            [new(MediumGrouping.MediumId, "CMC", 3, 2, 1), new(MediumGrouping.Batch, "lot 7", 2, 1, 1), new(MediumGrouping.Batch, "lot 8", 1, 1, 0), new(MediumGrouping.Burner, "V M 1", 1, 1, 1)],
            new MediumGroups(database).All());
    }

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
            Run(database, statement);
        }

        return database;
    }

    private static void Run(CatalogueDatabase database, string statement)
    {
        using Statement run = database.Prepare(statement);
        run.Run();
    }

    private static string Event(int id, string at, string kind, string copy, string verdict = "whole") => $"INSERT INTO event VALUES ({id}, '{at}', 0, {copy}, '{kind}', '{verdict}', NULL, NULL)";

    private static DateTimeOffset At(string day) => DateTimeOffset.Parse($"{day}T00:00:00Z", CultureInfo.InvariantCulture);

    private static string? Due(CatalogueDatabase database, string now) =>
        string.Join(", ", new CheckSchedule(database, CheckSchedule.UsualFirst, CheckSchedule.UsualEvery).Due(At(now)).Select(copy => $"{copy.Copy} {copy.CheckBy:yyyy-MM-dd}")) is { Length: > 0 } due ? due : null;
}
