// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Events;

namespace Spindle.Station.Tests.Events;

public sealed class EventsVerbTests
{
    [Fact]
    public async Task Where_nothing_happened_nothing_is_told()
    {
        using SmallCatalogue catalogue = await SmallCatalogue.OfAsync("a");

        using EventsDocument document = await EventsVerb.Verb.RunAsync(new() { Catalogue = catalogue.Path }, SmallCatalogue.Work, CancellationToken.None);

        Assert.Empty(document.Events);
        Assert.Equal(Outcome.Done, document.Outcome);
    }

    [Fact]
    public async Task A_kind_that_there_is_not_is_refused_with_those_that_there_are()
    {
        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(
            () => EventsVerb.Verb.RunAsync(new() { Catalogue = "unread.db", Kind = "eaten" }, SmallCatalogue.Work, CancellationToken.None));

        Assert.Equal("usage", e.Failure.Code);
        Assert.Contains("restored", e.Failure.Hint, StringComparison.Ordinal);
    }
}
