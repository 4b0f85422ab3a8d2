// SPDX-License-Identifier: MIT
using Spindle.Archiving.Planning;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests;

public sealed class DiscStoreTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private readonly TempDirectory _directory = new();
    private readonly CatalogueDatabase _database;
    private readonly DiscStore _store;
    private readonly IReadOnlyList<PlannedDisc> _planned;

    public DiscStoreTests()
    {
        _database = GeneratedCatalogue.Create(_directory["catalogue.db"], 2, 3, _ => 1000);
        _planned = new Planner(_database, TimeProvider.System).RunAsync(new() { Capacity = new("2000s", 2000), Tool = "spindle test" }, new Progress<WorkProgress>(), CancellationToken.None).GetAwaiter().GetResult().Discs;
        _store = new(_database);
    }

    [Fact]
    public void A_planned_disc_knows_what_it_will_hold()
    {
        PlannedDisc planned = Assert.Single(_planned);
        DiscRecord disc = Assert.Single(_store.All());

        Assert.Equal((planned.Number, planned.Sectors, 6L, 6000L), (disc.Number, disc.Sectors, disc.Files, disc.Bytes));
        Assert.Equal([planned.Number], _store.ToBeWritten());
    }

    [Theory]
    [InlineData("told", "imported")]
    [InlineData("withdrawn", "imported")]
    [InlineData("written", "written")]
    public void A_disc_of_which_its_owner_has_a_copy_was_made_by_somebody(string before, string after)
    {
        Become(before);

        _store.SetCopy(0, "A", "bank", At);

        Assert.Equal(after, _store.Get(0).Status);
        DiscCopy copy = Assert.Single(_store.Get(0).Copies);
        Assert.Equal(("A", "bank"), (copy.Name, copy.Place));
    }

    [Fact]
    public void A_copy_keeps_its_place_until_another_one_is_said()
    {
        _store.SetCopy(0, "A", "bank", At);
        _store.SetCopy(0, "B", null, At);
        _store.SetCopy(0, "A", null, At);
        Assert.Equal([("A", "bank"), ("B", null)], _store.Get(0).Copies.Select(copy => (copy.Name, copy.Place)));

        _store.SetCopy(0, "A", "cellar", At);

        Assert.Equal(["cellar", null], _store.Get(0).Copies.Select(copy => copy.Place));
    }

    [Fact]
    public void A_disc_that_nobody_planned_has_no_copies()
    {
        OperationFailedException e = Assert.Throws<OperationFailedException>(() => _store.SetCopy(7, "A", null, At));

        Assert.Equal("no-such-disc", e.Failure.Code);
    }

    [Theory]
    [InlineData("verified", "imported")]
    [InlineData("checked", "imported")]
    [InlineData("restored", "imported")]
    [InlineData("asked", "told")]
    public void A_disc_that_was_in_a_drive_is_there(string kind, string status)
    {
        Become("told");

        _store.AddEvent(0, kind, "good", "/dev/sr0", null, At);

        Assert.Equal(status, _store.Get(0).Status);
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    private void Become(string status) => _database.Run($"UPDATE disc SET status = '{status}'");
}
