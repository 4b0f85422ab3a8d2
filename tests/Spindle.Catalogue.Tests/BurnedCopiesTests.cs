// SPDX-License-Identifier: MIT
using Spindle.Archiving.Planning;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests;

public sealed class BurnedCopiesTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private readonly TempDirectory _directory = new();
    private readonly CatalogueDatabase _database;
    private readonly DiscStore _discs;
    private readonly BurnedCopies _copies;

    public BurnedCopiesTests()
    {
        _database = GeneratedCatalogue.Create(_directory["catalogue.db"], 2, 3, _ => 1000);
        new Planner(_database, TimeProvider.System).RunAsync(new() { Capacity = new("2000s", 2000), Tool = "spindle test" }, new Progress<WorkProgress>(), CancellationToken.None).GetAwaiter().GetResult();
        (_discs, _copies) = (new(_database), new(_database));
    }

    [Fact]
    public void A_copy_is_called_by_the_first_free_letter_and_a_spoiled_disc_is_none()
    {
        _discs.SetCopy(0, "B", null, At);

        IReadOnlyList<string?> names = _copies.Add(0, [Record("verified"), Record("spoiled"), Record("burned"), Record("cancelled")], At);

        Assert.Equal(["A", null, "C", null], names);
        Assert.Equal([("A", "bank"), ("B", null), ("C", "bank")], _discs.Get(0).Copies.OrderBy(copy => copy.Name, StringComparer.Ordinal).Select(copy => (copy.Name, copy.Place)));
        Assert.Equal(
            ["burned verified A", "verified whole A", "burned spoiled ", "burned burned C", "burned cancelled "],
            new DiscEvents(_database).All(new() { Catalogue = "", Disc = 0 }).Select(one => $"{one.Kind} {one.Verdict} {one.Copy}"));
        Assert.Equal("{\"kind\":\"BD-R\"}", Scalar("SELECT detail FROM copy WHERE name = 'A'"));
        Assert.Equal("{\"image\":\"disc.iso\"}", Scalar("SELECT detail FROM event WHERE kind = 'burned' LIMIT 1"));
    }

    [Fact]
    public void Only_what_was_read_was_verified()
    {
        _ = _copies.Add(0, [Record("burned"), Record("spoiled")], At);
        Assert.Null(_discs.Get(0).LastVerified);

        _ = _copies.Add(0, [Record("verified")], At);

        Assert.Equal("whole", _discs.Get(0).Verdict);
        Assert.StartsWith("2026-02-03", _discs.Get(0).LastVerified, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disc_is_known_by_its_image()
    {
        byte[] sha256 = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        Assert.Null(_copies.Find(sha256));

        _discs.MarkWritten(0, sha256, "image.iso", At);

        Assert.Equal(0, _copies.Find(sha256));
    }

    [Fact]
    public void Of_a_disc_that_is_not_known_nothing_is_entered()
    {
        Assert.Equal("no-such-disc", Assert.Throws<OperationFailedException>(() => _copies.Add(7, [Record("spoiled"), Record("verified")], At)).Failure.Code);

        Assert.Equal(0L, Number("SELECT count(*) FROM event WHERE kind = 'burned'"));
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    private static BurnedCopyRecord Record(string verdict) => new(verdict, "/dev/sr0", "bank", """{"kind":"BD-R"}""", """{"image":"disc.iso"}""");

    private string? Scalar(string sql)
    {
        using Statement row = _database.Prepare(sql);
        return row.Step() ? row.Text(0) : null;
    }

    private long Number(string sql)
    {
        using Statement row = _database.Prepare(sql);
        return row.Step() ? row.Number(0) : -1;
    }
}
