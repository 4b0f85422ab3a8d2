// SPDX-License-Identifier: MIT
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
