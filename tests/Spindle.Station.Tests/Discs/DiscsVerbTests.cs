// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Catalogue.Collecting;
using Spindle.Media;
using Spindle.Station.Discs;

namespace Spindle.Station.Tests.Discs;

public sealed class DiscsVerbTests
{
    [Fact]
    public async Task Where_nothing_is_planned_there_are_none()
    {
        using SmallCatalogue catalogue = await SmallCatalogue.OfAsync("a");

        Assert.Empty((await DiscsVerb.Verb.RunAsync(new() { Catalogue = catalogue.Path }, SmallCatalogue.Work, CancellationToken.None)).Discs);
        Assert.Equal(0, (await CountVerb.Verb.RunAsync(new(catalogue.Path), SmallCatalogue.Work, CancellationToken.None)).Discs);
    }

    [Theory]
    [InlineData(null, "B", null, null)]
    [InlineData(null, null, null, "box")]
    [InlineData(null, null, "shelf", null)]
    [InlineData(3, null, "shelf", "box")]
    public async Task What_is_said_of_no_disc_is_refused(int? disc, string? copy, string? place, string? image)
    {
        bool isOfImageAlone = image is not null && copy is null && place is null;
        DiscsRequest request = new() { Catalogue = "unread.db", Disc = disc, Copy = copy, Place = place, Image = image, Label = isOfImageAlone ? "x" : null };

        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => DiscsVerb.Verb.RunAsync(request, SmallCatalogue.Work, CancellationToken.None));

        Assert.Equal("usage", e.Failure.Code);
    }

    [Fact]
    public async Task Discs_are_counted_by_their_kinds()
    {
        using SmallCatalogue catalogue = await SmallCatalogue.OfAsync("a.jpg", "b.jpg", "notes.txt");
        using (CatalogueDatabase database = CatalogueDatabase.OpenForWriting(catalogue.Path))
        {
            database.Run("""
                INSERT INTO plan (id, uuid, created, scan, capacity, detail) VALUES (1, '', '2026-01-01T00:00:00Z', 1, 1000, '{}');
                INSERT INTO disc (number, plan, uuid, label, status, sectors, files, bytes) VALUES
                    (0, 1, 'd1f0c6a4-0000-4000-8000-000000000000', 'Small_0000', 'written', 10, 3, 3), (1, 1, 'd1f0c6a4-0000-4000-8000-000000000001', 'Small_0001', 'told', 0, 0, 0);
                UPDATE entry SET disc = 0 WHERE kind = 0
                """);
            DiscCollection collection = new(database);
            ImagedDisc disc = new() { Name = "film", Image = "/film.iso", ImagedAt = DateTimeOffset.UnixEpoch, Length = 1, Status = "success" };
            collection.Enter(disc with { Kinds = ["dvd-video", "data"] }, "{}", []);
            collection.Enter(disc with { Name = "older", Image = "/older.iso" }, "{}", []);
        }

        DiscsDocument all = await Ask(new() { Catalogue = catalogue.Path, Kinds = true });
        Assert.Equal([new("dvd-video", 0, 1), new("pictures", 1, 0), new("data", 1, 1), new("unknown", 1, 1)], all.Kinds);
        Assert.Equal([["pictures", "data"], ["unknown"]], all.Discs.Select(disc => disc.Kinds!));

        DiscsDocument films = await Ask(new() { Catalogue = catalogue.Path, Kind = "dvd-video" });
        Assert.Equal((0, "film", null), (films.Discs.Count, Assert.Single(films.Imaged).Name, films.Kinds));
        DiscsDocument unknown = await Ask(new() { Catalogue = catalogue.Path, Kind = "unknown" });
        Assert.Equal((1, "older"), (Assert.Single(unknown.Discs).Number, Assert.Single(unknown.Imaged).Name));
        Assert.Equal("usage", (await Assert.ThrowsAsync<OperationFailedException>(() => Ask(new() { Catalogue = catalogue.Path, Kind = "film" }))).Failure.Code);

        static Task<DiscsDocument> Ask(DiscsRequest request) => DiscsVerb.Verb.RunAsync(request, SmallCatalogue.Work, CancellationToken.None);
    }

    [Fact]
    public async Task A_drawing_is_not_replaced_unasked()
    {
        using SmallCatalogue catalogue = await SmallCatalogue.OfAsync("a");
        DiscsRequest request = new() { Catalogue = catalogue.Path, Chart = catalogue.Path + ".svg" };
        await DiscsVerb.Verb.RunAsync(request, SmallCatalogue.Work, CancellationToken.None);

        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => DiscsVerb.Verb.RunAsync(request, SmallCatalogue.Work, CancellationToken.None));

        Assert.Equal("already-exists", e.Failure.Code);
        Assert.Equal(request.Chart, (await DiscsVerb.Verb.RunAsync(request with { Overwrite = true }, SmallCatalogue.Work, CancellationToken.None)).Chart);
    }
}
