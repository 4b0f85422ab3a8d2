// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Whole archives become discs in the lab's burners, with somebody who brings blank ones.</summary>
[Trait("with", "lab")]
public sealed class BurnArchiveTests(Lab lab) : IClassFixture<Lab>, IAsyncDisposable
{
    private const int Room = 90_000; // sectors

    /// <summary>
    /// <c>bring N DISC…</c> puts the next disc into drive N whenever it is asked for; <c>at_terminal LINE</c> runs a command line of the program where somebody seems to sit.
    /// </summary>
    private static readonly string Person = $$"""
        bring() {
          local drive=$1 asked=0; shift
          while [ $# -gt 0 ]; do
            if [ "$(grep -c "Insert a blank disc into /dev/sr$drive" /tmp/told)" -gt $asked ]; then asked=$((asked + 1)); sleep 1; lab disc $drive $1; shift; fi
            sleep .2
          done
        }
        touch /tmp/told
        at_terminal() { SHELL=/bin/bash script -qefc "'{{SpindleProgram.Path}}' $1" /tmp/told < /dev/null > /dev/null; }
        """;

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_tree_of_300_MB_goes_onto_two_copies_of_each_disc_and_comes_back_from_them()
    {
        _ = await lab.DiscAsync(); // there is a lab
        Directory.CreateDirectory(_workspace["tree"]);
        Files.WriteRandom(_workspace["tree/a.bin"], 150_000_000, seed: 5);
        Files.WriteRandom(_workspace["tree/b.bin"], 150_000_000, seed: 6);
        await BlankAsync("a", "b", "d", "e", "f");
        await Lab.BlankAsync(_workspace["weak.disc"], "bd-r", Room, """{"weak": [[900, 1]]}""");

        ProgramResult result = await RunAsync(
            ["--disc", _workspace["a.disc"], "--burner", "--disc", _workspace["b.disc"], "--burner"],
            $$"""
            bring 0 $out/weak.disc $out/e.disc > /dev/null 2>&1 &
            bring 1 $out/d.disc $out/f.disc > /dev/null 2>&1 &
            cd $out
            at_terminal "archive tree 80000s --job Set --to images --catalogue Set.db --burn --copies 2 --drive /dev/sr0 --drive /dev/sr1 --place bank --medium 'Brand X, lot 7'"; echo archive $?
            spindle discs --catalogue Set.db --json > discs.json || exit
            spindle events --kind burned --catalogue Set.db --json > events.json || exit
            spindle label 1 --copy B --for disc --catalogue Set.db --to label.svg > /dev/null || exit
            spindle export study.csv --format media-study --catalogue Set.db --quiet || exit
            lab disc 0 $out/a.disc; lab disc 1 $out/d.disc
            spindle restore --from /dev/sr0 --from /dev/sr1 --to /tmp/restored --no-catalogue --quiet || exit
            cmp tree/a.bin $(find /tmp/restored -name a.bin) && cmp tree/b.bin $(find /tmp/restored -name b.bin) && echo same
            """);

        Assert.Equal("archive 0\nsame\n", result.EndedWith(0).Output);
        Assert.All(Json("discs").GetProperty("discs").EnumerateArray(), disc => Assert.Equal(
            ["A bank", "B bank"], disc.GetProperty("copies").EnumerateArray().Select(copy => $"{copy.GetProperty("name")} {copy.GetProperty("place")}")));
        Assert.Equal(
            ["0 verified", "0 verified", "1 spoiled", "1 verified", "1 verified"],
            Json("events").GetProperty("events").EnumerateArray().Select(one => $"{one.GetProperty("disc")} {one.GetProperty("verdict").GetString()}").Order(StringComparer.Ordinal));
        string label = await File.ReadAllTextAsync(_workspace["label.svg"]);
        Assert.Contains("SET_0001", label, StringComparison.Ordinal);
        string[] study = await File.ReadAllLinesAsync(_workspace["study.csv"]);
        Assert.Equal(["burned/spoiled 1", "burned/verified 4", "verified/whole 4"], study.Skip(1).GroupBy(KindOf).Select(kind => $"{kind.Key} {kind.Count()}").Order(StringComparer.Ordinal));
        Assert.All(study.Skip(1).Where(line => line.Contains(",burned,", StringComparison.Ordinal)), line => Assert.Contains("LABBDR/001/1", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_killed_goes_on_with_the_next_blank_disc_and_burns_nothing_twice()
    {
        _ = await lab.DiscAsync(); // there is a lab
        Directory.CreateDirectory(_workspace["tree"]);
        Files.WriteRandom(_workspace["tree/a.bin"], 6_000_000, seed: 5);
        Files.WriteRandom(_workspace["tree/b.bin"], 6_000_000, seed: 6);
        (await SpindleProgram.RunAsync(["archive", "tree", "4000s", "--job", "Set", "--to", "images", "--quiet"], _workspace.Path)).EndedWith(0);
        await BlankAsync("a", "c", "d", "e", "f");
        await Lab.BlankAsync(_workspace["slow.disc"], "bd-r", Room, """{"slow": [[1000, 2000, 1]]}""");

        ProgramResult result = await RunAsync(
            ["--disc", _workspace["a.disc"], "--burner", "--disc", _workspace["slow.disc"], "--burner"],
            $$"""
            cp $out/catalogue.db $out/Set.db
            '{{SpindleProgram.Path}}' burn --all --copies 2 --drive /dev/sr0 --drive /dev/sr1 --catalogue $out/Set.db > /dev/null 2>&1 & burning=$!
            until spindle events --kind burned --catalogue $out/Set.db | grep -q verified; do sleep .3; done
            kill -KILL $burning; wait $burning 2> /dev/null
            bring 0 $out/c.disc $out/e.disc > /dev/null 2>&1 &
            bring 1 $out/d.disc $out/f.disc > /dev/null 2>&1 &
            at_terminal "burn --all --copies 2 --drive /dev/sr0 --drive /dev/sr1 --catalogue $out/Set.db"; echo again $?
            grep -c disc-appendable /tmp/told
            at_terminal "burn 0 1 --copies 2 --drive /dev/sr0 --catalogue $out/Set.db"; echo nothing $?
            spindle events --kind burned --catalogue $out/Set.db --json > $out/events.json
            """);

        Assert.Equal("again 0\n1\nnothing 0\n", result.EndedWith(0).Output);
        Assert.Equal(
            ["0 verified", "0 verified", "1 verified", "1 verified"],
            Json("events").GetProperty("events").EnumerateArray().Select(one => $"{one.GetProperty("disc")} {one.GetProperty("verdict").GetString()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_disc_is_carried_into_another_drive_and_verified_there()
    {
        string image = await lab.DiscAsync();
        await BlankAsync("a");

        ProgramResult result = await RunAsync(
            ["--disc", _workspace["a.disc"], "--burner", "--empty", "--burner"],
            $$"""
            { until grep -q 'Bring the disc that /dev/sr0 burned into /dev/sr1' /tmp/told; do sleep .2; done; sleep 1; lab disc 0 none; lab disc 1 $out/a.disc; } > /dev/null 2>&1 &
            at_terminal "burn {{image}} --drive /dev/sr0 --verify /dev/sr1"; echo burned $?
            grep -c 'sectors in .* s, in /dev/sr1' /tmp/told
            cmp -n $(stat -c %s {{image}}) {{image}} /dev/sr1 && echo same
            """);

        Assert.Equal("burned 0\n1\nsame\n", result.EndedWith(0).Output);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private static string KindOf(string line)
    {
        string[] cells = line.Split(',');
        int kind = Array.FindIndex(cells, cell => cell is "burned" or "verified" or "checked");
        return $"{cells[kind]}/{cells[kind + 2]}";
    }

    private async Task BlankAsync(params string[] names)
    {
        foreach (string name in names)
        {
            await Lab.BlankAsync(_workspace[$"{name}.disc"], "bd-r", Room);
        }
    }

    private JsonElement Json(string name) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(_workspace[$"{name}.json"]));

    private async Task<ProgramResult> RunAsync(IEnumerable<string> drives, string script)
    {
        // Drive and guest are to see the discs at the same place.
        ProgramResult result = await Lab.RunAsync(_workspace.Path, [.. drives, "--share", $"{_workspace.Path}:{_workspace.Path}:rw"], $"out={_workspace.Path}\n{Person}\n{script}");
        Lab.SkipWithoutBurner(result);
        return result;
    }
}
