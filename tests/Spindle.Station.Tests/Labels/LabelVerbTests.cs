// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Station.Archiving;
using Spindle.Station.Labels;
using Spindle.Testing;

namespace Spindle.Station.Tests.Labels;

public sealed class LabelVerbTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private SmallCatalogue? _catalogue;

    public async ValueTask InitializeAsync()
    {
        _catalogue = await SmallCatalogue.OfAsync("a.jpg", "b.jpg");
        await PlanVerb.Verb.RunAsync(new(_catalogue.Path, new() { Capacity = "cd" }), SmallCatalogue.Work, CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        _catalogue!.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Labels_of_all_discs_are_sheets_that_are_the_same_again()
    {
        LabelDocument document = await RunAsync(request => request with { To = _directory["labels.pdf"] });
        Assert.Equal((1, 1), (document.Labels.Count, document.Pages));
        Assert.Equal((0, _directory["labels.pdf"]), (document.Labels[0].Disc, document.Labels[0].File));
        byte[] first = await File.ReadAllBytesAsync(_directory["labels.pdf"]);
        Assert.True(first.AsSpan().StartsWith("%PDF-1.4"u8));

        Assert.Equal("already-exists", await CodeAsync(request => request with { To = _directory["labels.pdf"] }));
        await RunAsync(request => request with { To = _directory["labels.pdf"], Overwrite = true });
        Assert.Equal(first, await File.ReadAllBytesAsync(_directory["labels.pdf"]));
    }

    [Fact]
    public async Task Each_copy_has_a_label_of_its_own()
    {
        using (CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_catalogue!.Path))
        {
            DiscStore store = new(database);
            store.SetCopy(0, "A", "shelf 1", DateTimeOffset.UnixEpoch);
            store.SetCopy(0, "B/2", "vault", DateTimeOffset.UnixEpoch);
        }

        LabelDocument document = await RunAsync(request => request with { To = _directory["of.svg"], Copy = "all", For = "sleeve" });

        Assert.Equal([_directory["of-0000-A.svg"], _directory["of-0000-B_2.svg"]], document.Labels.Select(label => label.File));
        Assert.Contains("copy B/2", await File.ReadAllTextAsync(_directory["of-0000-B_2.svg"]), StringComparison.Ordinal);
        Assert.Contains("vault", await File.ReadAllTextAsync(_directory["of-0000-B_2.svg"]), StringComparison.Ordinal);
        Assert.Equal("no-such-copy", await CodeAsync(request => request with { To = _directory["x.svg"], Copy = "C" }));
    }

    [Fact]
    public async Task A_template_is_written_changed_and_used()
    {
        string own = _directory["own.svg"];
        Assert.Equal(own, (await RunAsync(request => request with { SaveTemplate = own, For = "sleeve" })).Template);
        await File.WriteAllTextAsync(own, (await File.ReadAllTextAsync(own)).Replace("SHA-256", "Property of the library. SHA-256", StringComparison.Ordinal));

        await RunAsync(request => request with { Template = own, To = _directory["of.svg"] });

        Assert.Contains("Property of the library", await File.ReadAllTextAsync(_directory["of.svg"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        Assert.Equal("usage", await CodeAsync(request => request));
        Assert.Equal("usage", await CodeAsync(request => request with { To = _directory["a.png"] }));
        Assert.Equal("usage", await CodeAsync(request => request with { To = _directory["a.pdf"], For = "cup" }));
        Assert.Equal("usage", await CodeAsync(request => request with { To = _directory["a.pdf"], Paper = "b7" }));
        Assert.Equal("no-such-disc", await CodeAsync(request => request with { To = _directory["a.pdf"], Discs = [7] }));
        using SmallCatalogue empty = await SmallCatalogue.OfAsync();
        Assert.Equal("no-such-disc", await CodeAsync(request => request with { Catalogue = empty.Path, To = _directory["a.pdf"] }));
        Assert.Empty(Directory.GetFiles(_directory.Path));
    }

    private Task<LabelDocument> RunAsync(Func<LabelRequest, LabelRequest> with) => LabelVerb.Verb.RunAsync(with(new() { Catalogue = _catalogue!.Path }), SmallCatalogue.Work, CancellationToken.None);

    private async Task<string> CodeAsync(Func<LabelRequest, LabelRequest> with) => (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(with))).Failure.Code;
}
