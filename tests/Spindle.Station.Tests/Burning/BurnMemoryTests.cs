// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text.Json;
using Spindle.Archiving.Planning;
using Spindle.Burning.Running;
using Spindle.Catalogue;
using Spindle.Drives.Mmc;
using Spindle.Media;
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

    private BurnImageRequest OfDisc => new() { Disc = 0, Catalogue = _catalogue, Place = "bank", Medium = "Brand X, lot 7", Speed = 4 };

    [Fact]
    public async Task The_image_of_a_disc_is_burned_and_the_copy_is_known()
    {
        BurnDocument document = await BurnAsync(OfDisc);

        Assert.Equal(Outcome.Done, document.Outcome);
        Assert.Equal((0, "A"), (document.Remembered!.Disc, Assert.Single(document.Remembered.Copies)));
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

        Assert.Equal(0, (await BurnAsync(new() { Image = copy, Catalogue = _catalogue })).Remembered?.Disc);
    }

    [Fact]
    public async Task A_spoiled_disc_is_remembered_and_is_no_copy()
    {
        _ = _drive.Weak.Add(7);

        BurnDocument document = await BurnAsync(OfDisc);

        Assert.Equal([null], document.Remembered!.Copies);
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

        BurnDocument document = await BurnAsync(new() { Image = other, Catalogue = _catalogue, Place = place });

        Assert.Equal((Outcome.Done, null), (document.Outcome, document.Remembered));
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
        Assert.Equal("usage", await RefusedAsync(OfDisc with { Image = _image }));
        Assert.Equal("usage", await RefusedAsync(new() { Disc = 0 }));
        Assert.Equal("no-such-disc", await RefusedAsync(OfDisc with { Disc = 7 }));
    }

    public void Dispose() => _directory.Dispose();

    private async Task<string> RefusedAsync(BurnImageRequest request) => (await Assert.ThrowsAsync<OperationFailedException>(() => BurnAsync(request))).Failure.Code;

    private Task<BurnDocument> BurnAsync(BurnImageRequest request) => BurnVerb.Verb.RunAsync(
        request,
        new(
            Equipment.OfThisMachine() with { DrivePaths = () => ["/dev/sr0"], Burner = Burner.With(path => path == _drive.Path ? _drive : null, TimeProvider.System, _ => { }) },
            new Progress<WorkProgress>(),
            new SameAnswer(false)),
        CancellationToken.None);

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
