// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Spindle.Archiving.Collecting;
using Spindle.Catalogue;
using Spindle.Catalogue.Collecting;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Collecting;

/// <summary>Discs that were imaged: UDF volumes laid out by hand, and what the catalogue then knows of their files.</summary>
public sealed class DiscCollectionTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly CatalogueDatabase _database;
    private readonly DiscCollection _collection;

    public DiscCollectionTests()
    {
        _database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
        _collection = new(_database);
    }

    [Fact]
    public void A_disc_is_entered_with_all_its_files_and_their_hashes()
    {
        Watch watch = new();

        ImagedDisc entered = _collection.Enter(Disc("holiday"), """{"backup_metadata": {"identifier": "CD 12", "title": "Rome", "note": "scratched"}}""", (new SimulatedDisc(Volume()), new()), watch, default);

        Assert.Equal(2, entered.Files);
        Assert.Equal(
            Disc("holiday") with { Files = 2, Identifier = "CD 12", Title = "Rome", Note = "scratched" },
            Assert.Single(_collection.All()));
        Assert.Equal($"sub/b|3|{Hash("BBB")};ä|6|{Hash("AAAAAA")}", Files());
        Assert.Equal((9L, "holiday", "cataloguing"), (watch.Last.Done, watch.Last.Item, watch.Last.Stage));
    }

    [Fact]
    public void A_file_that_cannot_be_read_whole_has_no_hash()
    {
        SimulatedDisc disc = new SimulatedDisc(Volume()).Bad(UdfImage.PartitionStart + 10);

        Assert.Equal(2, _collection.Enter(Disc("x"), "{}", (disc, new()), new Watch(), default).Files);

        Assert.Equal($"sub/b|3|{Hash("BBB")};ä|6|", Files());
    }

    [Fact]
    public void An_image_entered_again_takes_the_place_of_what_was_known_and_keeps_where_the_disc_is()
    {
        Enter(Disc("first") with { Place = "shelf 1" });
        Enter(Disc("first") with { Volume = "Again", Status = "incomplete", Sha256 = null, UnreadableSectors = 7 });

        ImagedDisc disc = Assert.Single(_collection.All());
        Assert.Equal(("Again", "incomplete", null, 7L, "shelf 1", 2L), (disc.Volume, disc.Status, disc.Sha256, disc.UnreadableSectors, disc.Place, disc.Files));
    }

    [Fact]
    public void Discs_come_by_name_and_those_of_one_name_by_image()
    {
        Enter(Disc("b"));
        Enter(Disc("a") with { Image = "/2.iso" });
        Enter(Disc("a") with { Image = "/1.iso" });

        Assert.Equal([("a", "/1.iso"), ("a", "/2.iso"), ("b", "/images/b.iso")], _collection.All().Select(disc => (disc.Name, disc.Image)));
    }

    [Fact]
    public void Where_discs_of_a_name_are_kept_can_be_said()
    {
        Enter(Disc("a"));
        Enter(Disc("b"));

        _collection.SetPlace("a", "cellar, box 3");

        Assert.Equal(["cellar, box 3", null], _collection.All().Select(disc => disc.Place));
        Assert.Equal("no-such-disc", Assert.Throws<OperationFailedException>(() => _collection.SetPlace("c", "x")).Failure.Code);
    }

    [Fact]
    public void What_is_stopped_leaves_the_catalogue_as_it_was()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => _collection.Enter(Disc("x"), "{}", (new SimulatedDisc(Volume()), new()), new Watch(), stop.Token));

        Assert.Empty(_collection.All());
        Assert.Equal("", Files());
    }

    [Fact]
    public void A_medium_without_a_file_system_is_a_disc_without_files() =>
        Assert.Equal(0, _collection.Enter(Disc("x"), "{}", (new SimulatedDisc(new byte[1 << 20]), new()), new Watch(), default).Files);

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    private void Enter(ImagedDisc disc) => _collection.Enter(disc, "{}", (new SimulatedDisc(Volume()), new()), new Watch(), default);

    private static ImagedDisc Disc(string name) => new()
    {
        Name = name,
        Image = $"/images/{name}.iso",
        Volume = "Hand",
        ImagedAt = new(2024, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Length = 1_024_000,
        Sha256 = new string('a', 64),
        Status = "success",
    };

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    private static byte[] Volume()
    {
        UdfImage image = new();
        image.FileSet(UdfImage.PartitionStart, 1);
        byte[] root = [.. UdfImage.Name("", 1, characteristics: 10), .. UdfImage.Name("ä", 4), .. UdfImage.Name("sub", 5, characteristics: 2)];
        image.File(UdfImage.PartitionStart + 1, 1, 4, 0, root.Length, UdfImage.ShortAd((uint)root.Length, 2));
        image.Put(UdfImage.PartitionStart + 2, root);
        image.File(UdfImage.PartitionStart + 4, 4, 5, 0, 6, UdfImage.ShortAd(6, 10));
        image.Put(UdfImage.PartitionStart + 10, "AAAAAA"u8);
        byte[] below = [.. UdfImage.Name("", 1, characteristics: 10), .. UdfImage.Name("b", 7)];
        image.File(UdfImage.PartitionStart + 5, 5, 4, 0, below.Length, UdfImage.ShortAd((uint)below.Length, 6));
        image.Put(UdfImage.PartitionStart + 6, below);
        image.File(UdfImage.PartitionStart + 7, 7, 5, 3, 3, "BBB"u8.ToArray());
        return image.Bytes;
    }

    private string Files()
    {
        using Statement rows = _database.Prepare("SELECT CAST(path AS TEXT), size, hex(sha256) FROM imaged_file ORDER BY path");
        List<string> all = [];
        while (rows.Step())
        {
            all.Add($"{rows.Text(0)}|{rows.Text(1)}|{rows.Text(2)}");
        }

        return string.Join(';', all);
    }

    private sealed class Watch : IProgress<WorkProgress>
    {
        public WorkProgress Last { get; private set; }

        public void Report(WorkProgress value) => Last = value;
    }
}
