// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Station.Contract;
using Spindle.Station.Inspecting;

namespace Spindle.Station.Tests.Inspecting;

public sealed class InspectingVerbTests : IDisposable
{
    private readonly SmallDisc _disc = new();

    [Theory]
    [InlineData(Outcome.Done, "whole")]
    [InlineData(Outcome.Lacking, "whole", "cut")]
    [InlineData(Outcome.Failed, "none", "whole", "cut")]
    public async Task The_worst_of_many_is_the_outcome_and_all_are_told(Outcome outcome, params string[] discs)
    {
        InspectRequest request = new() { Sources = [.. discs.Select(disc => disc == "whole" ? _disc.Whole : disc == "cut" ? _disc.Cut(1_000_000) : _disc["none"])] };

        InspectDocument document = await InspectVerb.Verb.RunAsync(request, SmallCatalogue.Work, CancellationToken.None);

        Assert.Equal(outcome, document.Outcome);
        Assert.Equal(request.Sources, document.Images.Select(image => image.Source));
        Assert.Equal(discs.Select(disc => disc == "none" ? null : (bool?)(disc == "whole")), document.Images.Select(image => image.SizeAsExpected));
    }

    [Fact]
    public async Task Damage_is_told_in_the_words_of_the_record_beside_an_image()
    {
        string map = _disc["map"];
        await File.WriteAllTextAsync(map, "0 + 1\n0 0xB000 +\n0xB000 0x1000 -\n0xC000 0x7A0800 +\n");

        DamageDocument document = await DamageVerb.Verb.RunAsync(new(_disc.Whole, map), SmallCatalogue.Work, CancellationToken.None);

        using MemoryStream record = new();
        document.Damage.Write(record);
        Dictionary<string, string> told = JsonSerializer.SerializeToElement(document, DamageVerb.Verb.Document).EnumerateObject().ToDictionary(key => key.Name, key => key.Value.GetRawText());
        Assert.True(told.Remove("outcome", out string? outcome));
        Assert.Equal("\"lacking\"", outcome);
        Assert.Equal(JsonDocument.Parse(record.ToArray()).RootElement.EnumerateObject().Select(key => (key.Name, key.Value.GetRawText())), told.Select(key => (key.Key, key.Value)));
        Assert.Equal(0x1000, Assert.Single(document.Entries).BytesLost);
    }

    public void Dispose() => _disc.Dispose();
}
