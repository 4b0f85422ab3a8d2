// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Merging;

namespace Spindle.Station.Tests.Merging;

public sealed class MergeVerbTests : IDisposable
{
    private readonly SmallDisc _disc = new();

    [Fact]
    public async Task What_one_copy_lacks_is_taken_from_the_other_and_told_as_the_record_says()
    {
        string image = _disc.Whole;
        File.Copy(image, _disc["b.iso"]);
        await File.WriteAllTextAsync(_disc["a.map"], "0 + 1\n0 0x8000 -\n0x8000 0x7A4800 +\n");
        await File.WriteAllTextAsync(_disc["b.map"], "0 + 1\n0 0x8000 +\n0x8000 0x1000 -\n0x9000 0x7A3800 +\n");
        MergeCopiesRequest request = new() { Output = _disc["out.iso"], Sources = [new(image, _disc["a.map"]), new(_disc["b.iso"], _disc["b.map"])] };

        MergeDocument document = await MergeVerb.Verb.RunAsync(request, SmallCatalogue.Work, CancellationToken.None);

        Assert.Equal((Outcome.Done, 0, 0), (document.Outcome, document.Sectors.Missing, document.Sectors.Conflicting));
        Assert.Equal([16, 2, document.Sectors.Total - 18], document.Ranges.Select(range => range.Count));
        Assert.Equal([[1], [0], [0, 1]], document.Ranges.Select(range => range.Sources));
        Dictionary<string, string> told = JsonSerializer.SerializeToElement(document, MergeVerb.Verb.Document).EnumerateObject().ToDictionary(key => key.Name, key => key.Value.GetRawText());
        Assert.True(told.Remove("outcome"));
        Assert.Equal(JsonDocument.Parse(await File.ReadAllBytesAsync(_disc["out.iso_merge.json"])).RootElement.EnumerateObject().ToDictionary(key => key.Name, key => key.Value.GetRawText()), told);
    }

    [Fact]
    public async Task A_size_that_no_sector_has_is_refused()
    {
        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => MergeVerb.Verb.RunAsync(
            new() { Output = _disc["out.iso"], Sources = [new("a", "b"), new("c", "d")], SectorSize = 1000 }, SmallCatalogue.Work, CancellationToken.None));

        Assert.Equal("usage", e.Failure.Code);
    }

    public void Dispose() => _disc.Dispose();
}
