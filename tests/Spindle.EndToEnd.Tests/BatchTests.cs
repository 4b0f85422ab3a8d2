// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>A changer full of discs of others, imaged by two drives, and a program that is killed all the time.</summary>
[Trait("with", "lab")]
public sealed class BatchTests(Lab lab) : IClassFixture<Lab>, IAsyncDisposable
{
    private const int Discs = 5;

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Killed_again_and_again_it_images_each_disc_once_and_knows_where_each_is()
    {
        byte[] bytes = await File.ReadAllBytesAsync(await lab.DiscAsync());
        string[] discs = [.. Enumerable.Range(1, Discs).Select(number => _workspace[$"VOL{number}.iso"])];
        foreach ((string disc, int at) in discs.Select((disc, at) => (disc, at)))
        {
            bytes[(16 * 2048) + 1000] = (byte)at; // of the descriptor's part for applications
            await File.WriteAllBytesAsync(disc, bytes);
        }

        await File.WriteAllTextAsync(_workspace["form.csv"], $"slot,name,expect\n{string.Concat(Enumerable.Range(1, Discs).Select(number => $"{number},D{number},{(number == 2 ? "OTHER" : "LAB_DISC")}\n"))}");
        await File.WriteAllTextAsync(_workspace["changer.json"], JsonSerializer.Serialize(new
        {
            slots = discs.Append(null).Append(null),
            mail = new string?[] { null },
            state = _workspace["truth.json"],
            move_ms = 150,
            bad = new Dictionary<string, string[]> { [discs[3]] = ["700+2"] },
        }));

        ProgramResult result = await Lab.RunAsync(
            _workspace.Path,
            ["--empty", "--empty", "--changer", _workspace["changer.json"], "--slow", "30000000"],
            $$"""
            export XDG_STATE_HOME=$out/state
            batch="'{{SpindleProgram.Path}}' batch image --form $out/form.csv --dir $out/box --reject 7 --retries 0 --progress none --quiet"
            for seconds in .3 .9 .6 1.2 .5 1.5 .8 1; do
              eval "exec $batch" > /dev/null 2>&1 & p=$!; sleep $seconds; kill -9 $p 2> /dev/null; wait $p
            done 2> /dev/null
            eval "$batch"; echo $?; spindle robot status --json > $out/status.json
            """);
        Lab.SkipWithoutBurner(result);

        Assert.Equal("2\n", result.EndedWith(0).Output);
        string[] rows = await File.ReadAllLinesAsync(_workspace["box/manifest.csv"]);
        Assert.Equal(["done,success", "rejected,", "done,success", "rejected,incomplete", "done,success"], rows.Skip(1).Select(row => string.Join(',', row.Split(',')[3..5])));
        Assert.All(new[] { 1, 3, 5 }, number => Assert.True(Files.AreIdentical(discs[number - 1], _workspace[$"box/D{number}/D{number}.iso"])));
        Assert.False(Directory.Exists(_workspace["box/D2"]));

        JsonElement truth = JsonDocument.Parse(await File.ReadAllTextAsync(_workspace["truth.json"])).RootElement;
        Assert.Equal(2 * Discs, truth.GetProperty("moves").GetInt32()); // each came once into a drive, and out
        Assert.Equal(
            truth.GetProperty("slots").EnumerateArray().Index().Where(slot => slot.Item.ValueKind == JsonValueKind.String).Select(slot => $"{slot.Index + 1} {Path.GetFileNameWithoutExtension(slot.Item.GetString())}"),
            JsonDocument.Parse(await File.ReadAllTextAsync(_workspace["status.json"])).RootElement.GetProperty("places").EnumerateArray()
                .Where(place => place.GetProperty("content").GetString() == "full").Select(place => $"{place.GetProperty("place").GetString()} {place.GetProperty("barcode").GetString()}"));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
