// SPDX-License-Identifier: MIT
using Spindle.Archiving.Planning;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Planning;

/// <summary>What a plan says of itself, what its discs are called, and which plans are refused.</summary>
public sealed class PlanOutcomeTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void How_much_stays_together_is_counted_by_files_and_by_directories()
    {
        // Ten files of a disc's third each in the root, and ten small ones in each of three directories.
        using CatalogueDatabase database = GeneratedCatalogue.Create(_directory["catalogue.db"], 4, 10, file => file < 10 ? 3_000_000 : 1000);

        PlanResult result = Plan(database, "5000s");

        int discsOfRoot = Assert.Single(result.Divisions).Discs;
        Assert.True(discsOfRoot > 2);
        Assert.Equal(0.75, result.Cohesion); // 30 of 40 files
        Assert.Equal((discsOfRoot + 3) / 4.0, result.Spread); // places of four directories
    }

    [Fact]
    public void Nothing_is_divided_where_all_fits_onto_one_disc()
    {
        using CatalogueDatabase database = GeneratedCatalogue.Create(_directory["catalogue.db"], 4, 10, _ => 1000);

        PlanResult result = Plan(database, "cd");

        Assert.Empty(result.Divisions);
        Assert.Equal((1.0, 1.0), (result.Cohesion, result.Spread));
    }

    [Theory]
    [InlineData("Fotos 2024/ä", "FOTOS_2024___0000")]
    [InlineData("a name that is longer than a volume's may be", "A_NAME_THAT_IS_LONGER_THAN__0000")]
    [InlineData("", "_0000")]
    public void A_disc_is_called_by_what_a_volume_s_name_can_have_of_the_job_s(string job, string label)
    {
        using CatalogueDatabase database = GeneratedCatalogue.Create(_directory["catalogue.db"], 1, 1, _ => 1000);
        database.Set("job", job);

        Assert.Equal(label, Assert.Single(Plan(database, "cd").Discs).Label);
    }

    [Fact]
    public void Plans_and_discs_have_uuids_that_say_of_which_version_they_are()
    {
        using CatalogueDatabase database = GeneratedCatalogue.Create(_directory["catalogue.db"], 1, 10, _ => 1_000_000);
        Plan(database, "2500s");

        List<Guid> uuids = [.. Texts(database, "SELECT uuid FROM plan UNION ALL SELECT uuid FROM disc").Select(Guid.Parse)];

        Assert.True(uuids.Count > 3);
        Assert.Equal(uuids.Count, uuids.Distinct().Count());
        Assert.All(uuids, uuid => Assert.Equal((8, 8), (uuid.Version, uuid.Variant & 0xC))); // RFC 9562 §5.8, §4.1
    }

    [Fact]
    public void A_catalogue_that_knows_no_files_is_not_planned()
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);

        Fails("nothing-scanned", database, "cd");
    }

    [Fact]
    public void A_scan_that_was_cut_off_is_not_planned()
    {
        using CatalogueDatabase database = GeneratedCatalogue.Create(_directory["catalogue.db"], 1, 1, _ => 1000);
        database.Run("UPDATE scan SET finished = NULL");

        Fails("scan-unfinished", database, "cd");
        Assert.Empty(Texts(database, "SELECT uuid FROM plan"));
    }

    [Theory]
    [InlineData("1s")]
    [InlineData("300s")]
    [InlineData("500s")]
    public void A_disc_without_room_for_files_beside_the_lists_is_not_planned(string capacity)
    {
        using CatalogueDatabase database = GeneratedCatalogue.Create(_directory["catalogue.db"], 1, 1, _ => 1000);

        Assert.Contains("has no room for files", Fails("too-small", database, capacity).What, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static Failure Fails(string code, CatalogueDatabase database, string capacity)
    {
        Failure failure = Assert.Throws<OperationFailedException>(() => Plan(database, capacity)).Failure;
        Assert.Equal(code, failure.Code);
        return failure;
    }

    private static PlanResult Plan(CatalogueDatabase database, string capacity)
    {
        Assert.True(Capacity.TryParse(capacity, out Capacity? known));
        return new Planner(database, TimeProvider.System).Plan(new() { Capacity = known, Tool = "spindle test" }, new Progress<WorkProgress>(), CancellationToken.None);
    }

    private static List<string> Texts(CatalogueDatabase database, string sql)
    {
        using Microsoft.Data.Sqlite.SqliteCommand command = database.Connection.CreateCommand();
        command.CommandText = sql;
        using Microsoft.Data.Sqlite.SqliteDataReader rows = command.ExecuteReader();
        List<string> texts = [];
        while (rows.Read())
        {
            texts.Add(rows.GetString(0));
        }

        return texts;
    }
}
