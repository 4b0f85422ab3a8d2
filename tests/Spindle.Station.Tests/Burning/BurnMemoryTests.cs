// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text.Json;
using Spindle.Archiving.Planning;
using Spindle.Burning.Running;
using Spindle.Catalogue;
using Spindle.Catalogue.Sets;
using Spindle.Drives.Mmc;
using Spindle.Media;
using Spindle.Restoring;
using Spindle.Station.Burning;
using Spindle.Station.Contract;
using Spindle.Station.Events;
using Spindle.Testing;
using Spindle.Testing.Burning;

namespace Spindle.Station.Tests.Burning;

/// <summary>What a catalogue remembers of burned discs.</summary>
public sealed class BurnMemoryTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly SimulatedBurner _drive = new(Profile.DvdPlusR);
    private readonly string _image;
    private readonly string _catalogue;

    public BurnMemoryTests()
    {
        byte[] image = [.. Enumerable.Range(0, 100 * 2048).Select(i => unchecked((byte)(i / 2048 + i)))];
        (_image, _catalogue) = (_directory.Write("Set_0000.iso", image), _directory["catalogue.db"]);
        using CatalogueDatabase database = GeneratedCatalogue.Create(_catalogue, 2, 3, _ => 1000);
        new Planner(database, TimeProvider.System).RunAsync(new() { Capacity = new("2000s", 2000), Tool = "spindle test" }, new Progress<WorkProgress>(), CancellationToken.None).GetAwaiter().GetResult();
        new DiscStore(database).MarkWritten(0, SHA256.HashData(image), _image, DateTimeOffset.UnixEpoch);
    }

    private BurnImagesRequest OfDisc => new() { Discs = [0], Catalogue = _catalogue, How = new() { Place = "bank", Medium = "Brand X, lot 7", Speed = 4 } };

    [Fact]
    public async Task The_image_of_a_disc_is_burned_and_the_copy_is_known()
    {
        BurnDocument document = await BurnAsync(OfDisc);

        Assert.Equal(Outcome.Done, document.Outcome);
        Assert.Equal(new RememberedCopyPart(0, "A"), Assert.Single(document.Discs).Remembered);
        using CatalogueDatabase database = CatalogueDatabase.OpenForReading(_catalogue);
        DiscRecord disc = new DiscStore(database).Get(0);
        Assert.Equal(("A", "bank", "whole"), (disc.Copies[0].Name, disc.Copies[0].Place, disc.Verdict));
        JsonElement detail = Detail(database, "SELECT detail FROM event WHERE kind = 'burned'");
        Assert.Equal((4, "Brand X, lot 7", "SPINDLE"), (detail.GetProperty("speed").GetInt32(), detail.GetProperty("medium").GetString(), detail.GetProperty("disc").GetProperty("vendor").GetString()));
        Assert.Equal("DVD+R", Detail(database, "SELECT detail FROM copy").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task An_image_that_is_named_is_known_by_what_it_is()
    {
        string copy = _directory["elsewhere.iso"];
        File.Copy(_image, copy);

        Assert.Equal(0, (await BurnAsync(new() { Images = [copy], Catalogue = _catalogue })).Discs[0].Remembered?.Disc);
    }

    [Fact]
    public async Task A_spoiled_disc_is_remembered_and_is_no_copy()
    {
        _ = _drive.Weak.Add(7);

        BurnDocument document = await BurnAsync(OfDisc);

        Assert.Equal(new RememberedCopyPart(0, null), Assert.Single(document.Discs).Remembered);
        EventsDocument events = await EventsVerb.Verb.RunAsync(new() { Catalogue = _catalogue, Kind = "burned" }, SmallCatalogue.Work, CancellationToken.None);
        Assert.Equal("spoiled", Assert.Single(events.Events).Verdict);
        events.Dispose();
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("shelf", 1)]
    public async Task An_image_that_the_catalogue_does_not_know_is_burned_all_the_same(string? place, int warnings)
    {
        string other = _directory.Write("other.iso", new byte[50 * 2048]);

        BurnDocument document = await BurnAsync(new() { Images = [other], Catalogue = _catalogue, How = new() { Place = place } });

        Assert.Equal((Outcome.Done, null), (document.Outcome, document.Discs[0].Remembered));
        Assert.Equal(Enumerable.Repeat("disc-not-known", warnings), document.Warnings.Select(warning => warning.Code));
    }

    [Fact]
    public async Task A_disc_whose_image_is_gone_or_another_one_is_not_burned()
    {
        await using (FileStream file = new(_image, FileMode.Open))
        {
            file.WriteByte(0xFF);
        }

        Assert.Equal("image-changed", await RefusedAsync(OfDisc));
        File.Delete(_image);
        Assert.Equal("no-image-of-disc", await RefusedAsync(OfDisc));
        Assert.Empty(_drive.Orders);
    }

    [Fact]
    public async Task Either_an_image_or_a_disc_is_burned()
    {
        Assert.Equal("usage", await RefusedAsync(new()));
        Assert.Equal("usage", await RefusedAsync(OfDisc with { Images = [_image] }));
        Assert.Equal("usage", await RefusedAsync(new() { Discs = [0] }));
        Assert.Equal("no-such-disc", await RefusedAsync(OfDisc with { Discs = [7] }));
    }

    [Fact]
    public async Task A_disc_that_has_its_copies_is_not_burned_again()
    {
        _ = await BurnAsync(OfDisc);
        int commands = _drive.Commands.Count;

        BurnDocument document = await BurnAsync(OfDisc);

        Assert.Equal((Outcome.Done, 0, 1), (document.Outcome, document.CopiesWanted, document.Images[0].CopiesHeld));
        Assert.Empty((await BurnAsync(OfDisc with { Discs = [], All = true })).Images);
        Assert.Equal(commands, _drive.Commands.Count);
        _drive.Insert(Profile.DvdPlusR);
        BurnDocument second = await BurnAsync(OfDisc with { How = OfDisc.How with { Copies = 2 } });
        Assert.Equal((1, 1, new RememberedCopyPart(0, "B")), (second.CopiesWanted, second.CopiesVerified, second.Discs[0].Remembered));
    }

    [Fact]
    public async Task How_much_of_the_parity_is_used_up_at_birth_is_remembered()
    {
        string image = _directory.Write("protected.iso", [.. Enumerable.Range(0, 600 * 2048).Select(i => unchecked((byte)(i / 2048 * 7 + i)))]);
        Spindle.Parity.Protecting.Protector.Protect(new() { Image = image, Redundancy = Spindle.Parity.Protecting.Redundancy.OfRoots(40) });
        _drive.Weak.UnionWith([7, 8, 9]);

        BurnedParityPart? parity = (await BurnAsync(new() { Images = [image] })).Discs[0].Parity;

        Assert.Equal(parity!.Roots - parity.WorstBlock, parity.WorstMargin);
        Assert.InRange(parity.Roots, 40, 170);
        Assert.InRange(parity.WorstBlock, 1, 3);
        _drive.Insert(Profile.DvdPlusR);
        Assert.Null((await BurnAsync(OfDisc)).Discs[0].Parity); // that image has none
    }

    [Theory]
    [InlineData("damaged", 0)]
    [InlineData("whole", 1)]
    public async Task A_copy_that_went_bad_does_not_count(string verdict, int holding)
    {
        _ = await BurnAsync(OfDisc);
        using CatalogueDatabase database = CatalogueDatabase.OpenForWriting(_catalogue);
        database.Run($"INSERT INTO event (at, disc, kind, verdict, copy) VALUES ('2099-01-01T00:00:00Z', 0, 'verified', '{verdict}', (SELECT id FROM copy))");

        Assert.Equal(holding, new BurnedCopies(database).Holding(0, countsUnread: false));
    }

    [Fact]
    public async Task A_copy_that_nobody_has_read_counts_only_where_none_is_to_be_read()
    {
        BurnImagesRequest unread = OfDisc with { How = OfDisc.How with { Verify = Spindle.Burning.BurnVerification.None } };
        Assert.Equal(1, (await BurnAsync(unread)).CopiesUnverified);

        Assert.Equal(0, (await BurnAsync(unread)).CopiesWanted);

        _drive.Insert(Profile.DvdPlusR);
        Assert.Equal(1, (await BurnAsync(OfDisc)).CopiesVerified);
    }

    [Fact]
    public async Task All_discs_are_burned_and_each_is_remembered_before_the_next_is_begun()
    {
        using (CatalogueDatabase database = CatalogueDatabase.OpenForWriting(_catalogue))
        {
            string second = _directory.Write("Set_0001.iso", new byte[70 * 2048]);
            database.Run("INSERT INTO disc (number, uuid, plan, label, status, sectors, files, bytes) SELECT 1, '00000000-0000-0000-0000-000000000001', plan, 'Set_0001', 'planned', 70, 0, 0 FROM disc WHERE number = 0");
            database.Run("INSERT INTO disc (number, uuid, plan, label, status, sectors, files, bytes) SELECT 2, '00000000-0000-0000-0000-000000000002', plan, 'Set_0002', 'planned', 70, 0, 0 FROM disc WHERE number = 0");
            new DiscStore(database).MarkWritten(1, SHA256.HashData(new byte[70 * 2048]), second, DateTimeOffset.UnixEpoch);
            new DiscStore(database).MarkWritten(2, SHA256.HashData([1]), _directory["gone.iso"], DateTimeOffset.UnixEpoch);
        }

        List<int> known = [];
        _ = _drive.Weak.Add(7);
        foreach (int i in new[] { 0, 1 })
        {
            _drive.NextDiscs.Enqueue(drive =>
            {
                drive.Weak.Clear();
                drive.Insert(Profile.DvdPlusR);
                using CatalogueDatabase database = CatalogueDatabase.OpenForReading(_catalogue);
                known.Add(Detail(database, "SELECT json_array(count(*)) FROM event WHERE kind = 'burned'")[0].GetInt32());
            });
        }

        BurnDocument document = await BurnAsync(new() { All = true, Catalogue = _catalogue }, new NoDisc());

        Assert.Equal([1, 2], known); // the spoiled one, too
        Assert.Equal(["Spoiled", "Verified", "Verified"], document.Discs.Select(disc => disc.State.ToString()));
        Assert.Equal([null, "no-image-of-disc"], document.Images.SkipWhile(image => image.Disc == 0).Select(image => image.Error?.Code));
        Assert.Equal((Outcome.Lacking, 1), (document.Outcome, document.Images.Sum(image => image.CopiesLacking)));
        Assert.Equal([new(0, null), new(0, "A"), new(1, "A")], document.Discs.Select(disc => disc.Remembered!));
    }

    [Fact]
    public async Task All_discs_are_those_of_parity_too()
    {
        byte[] parity = [.. Enumerable.Range(0, 50 * 2048).Select(i => unchecked((byte)(i * 7)))];
        string image = _directory.Write("Set_S000_P1.iso", parity);
        using (CatalogueDatabase database = CatalogueDatabase.OpenForReading(_catalogue))
        {
            database.Run("UPDATE disc SET status = 'planned' WHERE number > 0");
            SetStore sets = new(database);
            sets.Add(1, PlannedSet.Of((2, 3, 0), Guid.NewGuid(), (0, 2, 3)), "planned");
            sets.Close(0, [(1, image, 50, SHA256.HashData(parity)), (2, _directory["gone.iso"], 50, new byte[32])], DateTimeOffset.UnixEpoch);
        }

        _drive.NextDiscs.Enqueue(drive => drive.Insert(Profile.DvdPlusR));
        BurnDocument document = await BurnAsync(new() { All = true, Catalogue = _catalogue, How = new() { Place = "bank" } }, new NoDisc());

        Assert.Equal([(0, null), (null, "GENERATED_S000_P1"), (null, "GENERATED_S000_P2")], document.Images.Select(one => (one.Disc, one.ParityDisc)));
        Assert.Equal([new(0, "A"), new(null, "A") { ParityDisc = "GENERATED_S000_P1" }], document.Discs.Select(disc => disc.Remembered!));
        Assert.Contains("parity repair --lost P2", document.Images[2].Error?.Hint, StringComparison.Ordinal);
        Assert.Equal(Outcome.Lacking, document.Outcome);

        // What holds is not burned again, and an image is known by what it is.
        Assert.Equal(["GENERATED_S000_P2"], (await Assert.ThrowsAsync<OperationFailedException>(() => BurnAsync(new() { All = true, Catalogue = _catalogue }))).Failure.What.Split(' ').Where(word => word.StartsWith("GENERATED", StringComparison.Ordinal)));
        _drive.Insert(Profile.DvdPlusR);
        Assert.Equal(new(null, "B") { ParityDisc = "GENERATED_S000_P1" }, (await BurnAsync(new() { Images = [image], Catalogue = _catalogue })).Discs[0].Remembered);
    }

    public void Dispose() => _directory.Dispose();

    private async Task<string> RefusedAsync(BurnImagesRequest request) => (await Assert.ThrowsAsync<OperationFailedException>(() => BurnAsync(request))).Failure.Code;

    private Task<BurnDocument> BurnAsync(BurnImagesRequest request, IDiscFetcher? fetcher = null) => BurnVerb.Verb.RunAsync(
        request,
        new(
            Equipment.OfThisMachine() with { DrivePaths = () => ["/dev/sr0"], Burner = Burner.With(path => path == _drive.Path ? _drive : null, TimeProvider.System, _ => { }) },
            new Progress<WorkProgress>(),
            new SameAnswer(false),
            fetcher),
        CancellationToken.None);

    private sealed class NoDisc : IDiscFetcher
    {
        public string? Fetch(DiscWanted disc, CancellationToken cancellationToken) => null;
    }

    private static JsonElement Detail(CatalogueDatabase database, string sql)
    {
        using Microsoft.Data.Sqlite.SqliteConnection connection = new($"Data Source={database.Path};Mode=ReadOnly");
        connection.Open();
        using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // a text of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        return JsonSerializer.Deserialize<JsonElement>((string)command.ExecuteScalar()!);
    }
}
