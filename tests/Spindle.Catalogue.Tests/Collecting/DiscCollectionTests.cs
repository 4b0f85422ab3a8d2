// SPDX-License-Identifier: MIT
using Spindle.Catalogue.Collecting;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests.Collecting;

/// <summary>What is kept of discs that were imaged; how their files are read is another matter.</summary>
public sealed class DiscCollectionTests : IDisposable
{
    private static readonly ImagedDisc Disc = new()
    {
        Name = "box12-09",
        Image = "/discs/box12-09.iso",
        Volume = "VOLUME",
        ImagedAt = DateTimeOffset.UnixEpoch,
        Length = 2048,
        Sha256 = new string('a', 64),
        Status = "success",
        UnreadableSectors = 1,
    };

    private readonly TempDirectory _directory = new();
    private readonly CatalogueDatabase _database;
    private readonly DiscCollection _collection;

    public DiscCollectionTests()
    {
        _database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
        _collection = new(_database);
    }

    [Fact]
    public void A_disc_comes_back_as_it_was_entered_with_what_its_manifest_says()
    {
        _collection.Enter(Disc, """{"backup_metadata": {"identifier": "MS-1", "title": "Minutes"}}""", []);

        Assert.Equal(Disc with { Identifier = "MS-1", Title = "Minutes" }, Assert.Single(_collection.All()));
    }

    [Fact]
    public void Its_kinds_come_back_in_their_order_and_those_of_a_second_imaging_take_their_place()
    {
        _collection.Enter(Disc with { Kinds = ["dvd-video", "pictures"] }, "{}", []);
        Assert.Equal(["dvd-video", "pictures"], Assert.Single(_collection.All()).Kinds);

        _collection.Enter(Disc with { Kinds = ["empty"] }, "{}", []);
        Assert.Equal(["empty"], Assert.Single(_collection.All()).Kinds);
    }

    [Fact]
    public void A_place_is_kept_and_that_of_no_disc_is_an_error()
    {
        _collection.Enter(Disc, "{}", []);
        _collection.SetPlace("box12-09", "bank vault");
        _collection.Enter(Disc with { UnreadableSectors = 0 }, "{}", []); // imaged again

        Assert.Equal(("bank vault", 0), (Assert.Single(_collection.All()).Place, Assert.Single(_collection.All()).UnreadableSectors));
        Assert.Equal("no-such-disc", Assert.Throws<OperationFailedException>(() => _collection.SetPlace("box", "shelf")).Failure.Code);
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }
}
