// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Station.Archiving;
using Spindle.Station.Contract;
using Spindle.Station.Discs;

namespace Spindle.Station.Tests.Discs;

/// <summary>What is due is told, and is what a script hears of.</summary>
public sealed class DueDiscsTests : IAsyncLifetime
{
    private SmallCatalogue? _catalogue;

    public async ValueTask InitializeAsync()
    {
        _catalogue = await SmallCatalogue.OfAsync("a.jpg");
        await PlanVerb.Verb.RunAsync(new(_catalogue.Path, new() { Capacity = "cd" }), SmallCatalogue.Work, CancellationToken.None);
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_catalogue.Path);
        DiscStore store = new(database);
        store.MarkWritten(0, new byte[32], "/images/0.iso", DateTimeOffset.UnixEpoch);
        store.SetCopy(0, "A", "shelf 2", DateTimeOffset.UnixEpoch);
    }

    public ValueTask DisposeAsync()
    {
        _catalogue!.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_copy_whose_time_has_come_is_something_lacking()
    {
        DiscsDocument document = await RunAsync(request => request with { Due = true });

        Assert.Equal(("A", "shelf 2", DateTimeOffset.UnixEpoch.AddDays(365)), (document.DueCopies![0].Copy, document.DueCopies[0].Place, document.DueCopies[0].CheckBy));
        Assert.Equal((Outcome.Lacking, 0), (document.Outcome, Assert.Single(document.Discs).Number));
        Assert.Equal(Outcome.Lacking, (await RunAsync(request => request with { DueDays = 365 })).Outcome);
    }

    [Fact]
    public async Task What_is_not_due_is_not_told()
    {
        DiscsDocument document = await RunAsync(request => request with { Due = true, FirstCheckDays = 36_500 });

        Assert.Equal(Outcome.Done, document.Outcome);
        Assert.Empty(document.DueCopies!);
        Assert.Empty(document.Discs);
        Assert.Equal(Outcome.Done, (await RunAsync(request => request)).Outcome);
    }

    [Theory]
    [InlineData(0.5, 730, null)]
    [InlineData(365, 36_501, null)]
    [InlineData(365, double.NaN, null)]
    [InlineData(365, 730, 3.0)]
    public async Task Odd_times_are_refused(double first, double every, double? days) => Assert.Equal("usage", (await Assert.ThrowsAsync<OperationFailedException>(
        () => RunAsync(request => request with { Due = true, FirstCheckDays = first, CheckEveryDays = every, DueDays = days }))).Failure.Code);

    private Task<DiscsDocument> RunAsync(Func<DiscsRequest, DiscsRequest> with) => DiscsVerb.Verb.RunAsync(with(new() { Catalogue = _catalogue!.Path }), SmallCatalogue.Work, CancellationToken.None);
}
