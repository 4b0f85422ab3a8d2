// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Finding;

namespace Spindle.Station.Tests.Finding;

public sealed class FindVerbTests
{
    [Fact]
    public async Task Files_are_found_and_the_document_says_that_all_were_told()
    {
        using SmallCatalogue catalogue = await SmallCatalogue.OfAsync("a.jpg", "b.jpg", "c.txt");

        using FindDocument document = await FindVerb.Verb.RunAsync(new() { Catalogue = catalogue.Path, Pattern = "*.jpg" }, SmallCatalogue.Work, CancellationToken.None);

        JsonElement json = JsonSerializer.SerializeToElement(document, FindVerb.Verb.Document);
        Assert.Equal(["a.jpg", "b.jpg"], json.GetProperty("matches").EnumerateArray().Select(file => file.GetProperty("path").GetString()).Order());
        Assert.Equal("done", json.GetProperty("outcome").GetString());
        Assert.Equal(["schema", "matches", "outcome"], json.EnumerateObject().Select(key => key.Name));
    }

    [Fact]
    public async Task A_list_that_is_stopped_is_one_document_that_says_so()
    {
        using SmallCatalogue catalogue = await SmallCatalogue.OfAsync("a.jpg", "b.jpg", "c.txt");
        using CancellationTokenSource stop = new();
        using FindDocument document = await FindVerb.Verb.RunAsync(new() { Catalogue = catalogue.Path, Pattern = "*" }, SmallCatalogue.Work, stop.Token);
        await stop.CancelAsync();

        JsonElement json = JsonSerializer.SerializeToElement(document, FindVerb.Verb.Document);

        Assert.Equal(["schema", "matches", "outcome", "error"], json.EnumerateObject().Select(key => key.Name));
        Assert.Empty(json.GetProperty("matches").EnumerateArray());
        Assert.Equal(("cancelled", "cancelled"), (json.GetProperty("outcome").GetString(), json.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(Outcome.Cancelled, document.Outcome);
    }

    [Fact]
    public async Task A_file_that_is_nowhere_is_lacking()
    {
        using SmallCatalogue catalogue = await SmallCatalogue.OfAsync("a.jpg");

        Assert.Equal(Outcome.Done, (await WhereVerb.Verb.RunAsync(new(catalogue.Path, "a.jpg"), SmallCatalogue.Work, CancellationToken.None)).Outcome);
        Assert.Equal(Outcome.Lacking, (await WhereVerb.Verb.RunAsync(new(catalogue.Path, "z.jpg"), SmallCatalogue.Work, CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task A_catalogue_that_is_not_there_is_a_failure_in_words() => Assert.Equal(
        "no-catalogue",
        (await Assert.ThrowsAsync<OperationFailedException>(() => FindVerb.Verb.RunAsync(new() { Catalogue = "none.db", Pattern = "*" }, SmallCatalogue.Work, CancellationToken.None))).Failure.Code);
}
