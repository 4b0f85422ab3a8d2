// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Media;
using Spindle.Station.Contents;
using Spindle.Station.Contract;

namespace Spindle.Station.Tests.Contents;

public sealed class ContentsVerbTests : IDisposable
{
    private readonly SmallDisc _disc = new();

    [Fact]
    public async Task A_list_that_is_stopped_is_one_document_that_says_so()
    {
        using CancellationTokenSource stop = new();
        using ListDocument document = await ListVerb.Verb.RunAsync(new() { Disc = new() { Source = _disc.Whole } }, SmallCatalogue.Work, stop.Token);
        await stop.CancelAsync();

        JsonElement json = JsonSerializer.SerializeToElement(document, ListVerb.Verb.Document);

        Assert.Equal(Outcome.Cancelled, document.Outcome);
        Assert.Equal("cancelled", json.GetProperty("error").GetProperty("code").GetString());
        Assert.Empty(json.GetProperty("entries").EnumerateArray());
    }

    [Fact]
    public async Task What_has_no_name_left_lacks_them()
    {
        using TreeDocument document = await TreeVerb.Verb.RunAsync(new() { Source = _disc.Cut(SmallDisc.RootSector * 2048) }, SmallCatalogue.Work, CancellationToken.None);

        Assert.Empty(document.Entries);
        Assert.Equal(Outcome.Lacking, document.Outcome);
        Assert.Equal("names-missing", document.Missing!.Code);
    }

    [Fact]
    public async Task A_request_can_wait_as_JSON()
    {
        ListRequest request = new() { Disc = new() { Source = _disc.Whole, View = Formats.Trees.VolumeView.Iso9660 }, Path = "/README.TXT" };

        ListRequest back = JsonSerializer.Deserialize(JsonSerializer.Serialize(request, ListVerb.Verb.Request), ListVerb.Verb.Request)!;

        Assert.Equal(request, back);
        using ListDocument document = await ListVerb.Verb.RunAsync(back, SmallCatalogue.Work, CancellationToken.None);
        Assert.Equal(["/README.TXT"], document.Entries.Select(entry => entry.Path));
    }

    [Fact]
    public async Task Takes_out_what_is_named()
    {
        ExtractDocument document = await ExtractVerb.Verb.RunAsync(
            new(new() { Source = _disc.Whole }, new() { Target = _disc["out"], Patterns = ["*.TXT"] }), SmallCatalogue.Work, CancellationToken.None);

        Assert.Equal((1, Outcome.Done), (document.Files, document.Outcome));
        Assert.Equal(["README.TXT"], Directory.EnumerateFiles(_disc["out"]).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(0, null, null, null)]
    [InlineData(1, 0L, null, null)]
    [InlineData(null, null, -1L, null)]
    [InlineData(null, null, null, "klingon")]
    public async Task What_makes_no_sense_is_refused(int? session, long? start, long? offset, string? charset)
    {
        DiscChoice choice = new() { Source = _disc.Whole, Session = session, SessionStart = start, Offset = offset, Charset = charset };

        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => TreeVerb.Verb.RunAsync(choice, SmallCatalogue.Work, CancellationToken.None));

        Assert.Equal("usage", e.Failure.Code);
    }

    public void Dispose() => _disc.Dispose();
}
