// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Images become discs in the lab's burner; the lab's own files, and foreign programs, are the judges.</summary>
[Trait("with", "lab")]
public sealed class BurnTests(Lab lab) : IClassFixture<Lab>, IAsyncDisposable
{
    private const int Room = 65_536; // sectors

    private static readonly string[] Kinds = ["cd-r", "cd-rw", "dvd-r", "dvd-rw", "dvd-ram", "dvd+r", "dvd+r-dl", "dvd+rw", "bd-r", "bd-re"];

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Each_kind_of_disc_becomes_a_verified_copy_which_is_refused_when_it_comes_again()
    {
        string image = await lab.DiscAsync();
        foreach (string kind in Kinds)
        {
            await BlankAsync(kind, kind);
        }

        ProgramResult result = await RunAsync(
            ["--empty", "--burner"],
            $$"""
            for kind in {{string.Join(' ', Kinds)}}; do
              lab disc 0 $out/$kind.disc
              spindle burn {{image}} --drive /dev/sr0 --json > $out/$kind.json || exit 3
              dd if=/dev/sr0 bs=2048 count=$(($(stat -c %s {{image}}) / 2048)) status=none | cmp - {{image}} || exit 4
              isoinfo -d -i /dev/sr0 | grep -q 'Volume id: LAB_DISC' || exit 6
            done
            xorriso -indev /dev/sr0 -toc 2>&1 | grep LAB_DISC || exit 5
            spindle burn {{image}} --drive /dev/sr0 --json > $out/again.json; [ $? = 1 ]
            """);

        result.EndedWith(0);
        foreach (string kind in Kinds)
        {
            JsonElement disc = Only(Json(kind));
            Assert.Equal("verified", disc.GetProperty("state").GetString());
            Assert.True(disc.GetProperty("reloaded").GetBoolean());
            Assert.False(string.IsNullOrEmpty(disc.GetProperty("mediumId").GetString()) && kind != "dvd-ram", kind);
            Assert.True(Files.Begins(_workspace[$"{kind}.disc.data"], image), kind);
        }

        Assert.Equal("disc-used", Json("again").GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Each_fault_of_a_disc_is_found_and_named_and_none_is_called_verified()
    {
        string image = await lab.DiscAsync();
        (string Name, string Kind, string Faults, int ExitCode, string Code, long? Sector)[] faults =
        [
            ("write", "bd-r", """{"write": [[2000, 1, [3, 12, 0]]]}""", 2, "write-failed", 2000),
            ("weak", "bd-r", """{"weak": [[1000, 3]]}""", 2, "copy-differs", 1000),
            ("flip", "dvd+r", """{"flip": [[2000, 1]]}""", 2, "copy-differs", 2000),
            ("late", "bd-r", """{"late": [[512, 32, [3, 12, 0]]]}""", 2, "write-failed", 512),
            ("liar", "dvd-r", """{"liar": true}""", 2, "disc-unchanged", null),
            ("liar-rw", "bd-re", """{"liar": true}""", 2, "copy-differs", 16), // the disc has zeros, and so has the image in front of its volume
            ("close", "dvd+r", """{"close": [5, 114, 3]}""", 2, "closing-failed", null),
            ("opc", "cd-r", """{"opc": [3, 115, 3]}""", 2, "calibration-failed", null),
            ("protected", "dvd-ram", """{"protected": true}""", 1, "disc-protected", null),
            ("slow", "dvd+rw", """{"slow": [[512, 64, 0.3]]}""", 0, "", null),
        ];
        foreach ((string name, string kind, string broken, _, _, _) in faults)
        {
            await BlankAsync(name, kind, broken);
        }

        await BlankAsync("small", "dvd+r", sectors: 8000);
        await BlankAsync("spare", "bd-r", """{"write": [[2000, 1, [3, 12, 0]]]}""");
        await BlankAsync("power", "dvd+r", """{"power": 2000}""");
        ProgramResult result = await RunAsync(
            ["--empty", "--burner", "--disc", _workspace["power.disc"], "--burner"],
            $$"""
            for name in {{string.Join(' ', faults.Select(fault => fault.Name))}} small; do
              lab disc 0 $out/$name.disc
              spindle burn {{image}} --drive /dev/sr0 --json > $out/$name.json; echo $name $?
            done
            lab disc 0 $out/spare.disc; spindle burn {{image}} --drive /dev/sr0 --spare default --json > $out/spare.json; echo spare $?
            spindle burn {{image}} --drive /dev/sr1 --json > $out/power.json; echo power $?
            lab disc 0 $out/power.disc; spindle burn {{image}} --drive /dev/sr0 --json > $out/after.json; echo after $?
            """);

        string[] lines = result.EndedWith(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([.. faults.Select(fault => $"{fault.Name} {fault.ExitCode}"), "small 1", "spare 0", "power 2", "after 1"], lines);
        foreach ((string name, _, _, int exitCode, string code, long? sector) in faults.Where(fault => fault.ExitCode == 2))
        {
            JsonElement disc = Only(Json(name));
            Assert.Equal(("spoiled", code), (disc.GetProperty("state").GetString(), disc.GetProperty("error").GetProperty("code").GetString()));
            Assert.Equal(sector, disc.GetProperty("failedSector").ValueKind == JsonValueKind.Null ? null : disc.GetProperty("failedSector").GetInt64());
            Assert.Equal(0, Json(name).GetProperty("copiesVerified").GetInt32());
        }

        Assert.Equal("disc-protected", Json("protected").GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("verified", Only(Json("slow")).GetProperty("state").GetString());
        Assert.Equal(("verified", 32), (Only(Json("spare")).GetProperty("state").GetString(), Only(Json("spare")).GetProperty("spareFreeBefore").GetInt32() - Only(Json("spare")).GetProperty("spareFreeAfter").GetInt32()));
        Assert.Equal("disc-too-small", Json("small").GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("drive-gone", Only(Json("power")).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("disc-interrupted", Json("after").GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Xorriso_burns_too_and_is_believed_as_little()
    {
        string image = await lab.DiscAsync();
        string[] kinds = ["cd-r", "dvd+rw", "bd-r"];
        foreach (string kind in kinds)
        {
            await BlankAsync(kind, kind);
        }

        await BlankAsync("liar", "dvd-r", """{"liar": true}""");
        await BlankAsync("write", "bd-r", """{"write": [[2000, 1, [3, 12, 0]]]}""");

        ProgramResult result = await RunAsync(
            ["--empty", "--burner", "--without", "b6"], // which xorriso ends with failure for
            $$"""
            for name in {{string.Join(' ', kinds)}} liar write; do
              lab disc 0 $out/$name.disc
              spindle burn {{image}} --drive /dev/sr0 --engine xorriso --json > $out/$name.json; echo $name $?
            done
            """);

        Assert.Equal([.. kinds.Select(kind => $"{kind} 0"), "liar 2", "write 2"], result.EndedWith(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        foreach (string kind in kinds)
        {
            Assert.Contains("by xorriso 1", Only(Json(kind)).GetProperty("method").GetString(), StringComparison.Ordinal);
            Assert.True(Files.Begins(_workspace[$"{kind}.disc.data"], image), kind);
        }

        Assert.Equal(["disc-unchanged", "xorriso-failed"], new[] { "liar", "write" }.Select(name => Only(Json(name)).GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Two_drives_burn_side_by_side_and_what_is_killed_or_mounted_is_told()
    {
        string image = await lab.DiscAsync();
        await BlankAsync("a", "bd-r");
        await BlankAsync("b", "dvd-r", """{"weak": [[700, 1]]}""");
        await BlankAsync("killed", "bd-r", """{"slow": [[2000, 600, 0.2]]}""");
        await BlankAsync("stopped", "dvd+r", """{"slow": [[2000, 600, 0.2]]}""");
        await BlankAsync("again", "dvd-rw");

        ProgramResult result = await RunAsync(
            ["--disc", _workspace["a.disc"], "--burner", "--disc", _workspace["b.disc"], "--burner"],
            $$"""
            spindle drives --json > $out/drives.json
            spindle burn {{image}} --drive /dev/sr0 --drive /dev/sr1 --copies 2 --json > $out/both.json; echo both $?
            mkdir -p /mnt/disc; mount -t iso9660 -o ro /dev/sr0 /mnt/disc
            spindle burn {{image}} --drive /dev/sr0 --json > $out/mounted.json; echo mounted $?
            umount /mnt/disc
            lab disc 0 $out/killed.disc
            begin() {
              '{{SpindleProgram.Path}}' burn {{image}} --drive /dev/sr0 --json --progress json > $out/$1.json 2> /tmp/told & burning=$!
              until grep -q '"stage":"burning","done":[1-9]' /tmp/told; do sleep .1; done
            }
            begin killed; kill -KILL $burning; wait $burning 2> /dev/null
            lab disc 0 $out/stopped.disc; spindle drives > /dev/null 2>&1
            begin stopped; kill -TERM $burning; wait $burning; echo stopped $?
            lab disc 0 $out/killed.disc
            spindle burn {{image}} --drive /dev/sr0 --json > $out/killed.json; echo killed $?
            lab disc 0 $out/again.disc
            spindle burn {{image}} --drive /dev/sr0 --simulate --json > $out/simulated.json; echo simulated $?
            spindle burn {{image}} --drive /dev/sr0 --verify none --json > $out/first.json; echo first $?
            spindle burn {{image}} --drive /dev/sr0 --blank --speed 4 --json > $out/second.json; echo second $?
            """);

        Assert.Equal("both 2|mounted 1|stopped 130|killed 1|simulated 0|first 0|second 0", string.Join('|', result.EndedWith(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        JsonElement blank = Json("drives").GetProperty("drives")[0].GetProperty("writable");
        Assert.Equal((true, true, Room, "LABBDR/001/1"), (blank.GetProperty("blank").GetBoolean(), blank.GetProperty("canBeBurned").GetBoolean(), blank.GetProperty("freeSectors").GetInt32(), blank.GetProperty("mediumId").GetString()));
        JsonElement[] both = [.. Json("both").GetProperty("discs").EnumerateArray().OrderBy(disc => disc.GetProperty("drive").GetString(), StringComparer.Ordinal)];
        Assert.Equal(["verified", "spoiled"], both.Select(disc => disc.GetProperty("state").GetString()));
        Assert.Equal(700, both[1].GetProperty("unreadable")[0].GetProperty("start").GetInt64());
        Assert.Equal("disc-mounted", Json("mounted").GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("cancelled", Only(Json("stopped")).GetProperty("state").GetString());
        Assert.Equal("disc-appendable", Json("killed").GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(["simulated", "burned", "verified"], new[] { "simulated", "first", "second" }.Select(name => Only(Json(name)).GetProperty("state").GetString()));
        Assert.True(Files.Begins(_workspace["again.disc.data"], image));
    }

    [Fact]
    public async Task A_disc_of_an_archive_is_burned_remembered_and_restored_from()
    {
        _ = await lab.DiscAsync(); // there is a lab
        Files.WriteRandom(Path.Combine(Directory.CreateDirectory(_workspace["tree"]).FullName, "a.bin"), 3_000_000, seed: 5);
        (await SpindleProgram.RunAsync(["archive", "tree", "4000s", "--job", "Set", "--to", "images", "--parity", "15%", "--quiet"], _workspace.Path)).EndedWith(0);
        await BlankAsync("good", "bd-r");
        await BlankAsync("weak", "bd-r", """{"weak": [[900, 1]]}""");

        ProgramResult result = await RunAsync(
            ["--disc", _workspace["good.disc"], "--burner", "--disc", _workspace["weak.disc"], "--burner"],
            $$"""
            cp $out/catalogue.db $out/Set.db
            spindle burn 0 --drive /dev/sr0 --drive /dev/sr1 --copies 2 --place bank --medium 'Brand, lot 7' --catalogue $out/Set.db --json > $out/burned.json; echo $?
            spindle discs --catalogue $out/Set.db --json > $out/discs.json || exit
            spindle events --kind burned --catalogue $out/Set.db --json > $out/events.json || exit
            spindle check /dev/sr0 --quiet || exit
            spindle restore --from /dev/sr0 --to /tmp/restored --no-catalogue --quiet || exit
            cmp $out/tree/a.bin $(find /tmp/restored -name a.bin) && echo same
            """);

        Assert.Equal("2\nsame\n", result.EndedWith(0).Output);
        JsonElement[] remembered = [.. Json("burned").GetProperty("discs").EnumerateArray().Select(one => one.GetProperty("remembered"))];
        Assert.All(remembered, one => Assert.Equal(0, one.GetProperty("disc").GetInt32()));
        Assert.Equal(["", "A"], remembered.Select(one => one.GetProperty("copy").ToString()).Order(StringComparer.Ordinal));
        JsonElement disc = Assert.Single(Json("discs").GetProperty("discs").EnumerateArray());
        Assert.Equal(("A", "bank"), (disc.GetProperty("copies")[0].GetProperty("name").GetString(), disc.GetProperty("copies")[0].GetProperty("place").GetString()));
        Assert.Equal(["spoiled", "verified"], Json("events").GetProperty("events").EnumerateArray().Select(one => one.GetProperty("verdict").GetString()).Order(StringComparer.Ordinal));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private static JsonElement Only(JsonElement document) => Assert.Single(document.GetProperty("discs").EnumerateArray());

    private JsonElement Json(string name) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(_workspace[$"{name}.json"]));

    private Task<string> BlankAsync(string name, string kind, string faults = "{}", int sectors = Room) => Lab.BlankAsync(_workspace[$"{name}.disc"], kind, sectors, faults);

    private async Task<ProgramResult> RunAsync(IEnumerable<string> drives, string script)
    {
        // Drive and guest are to see the discs at the same place.
        ProgramResult result = await Lab.RunAsync(_workspace.Path, [.. drives, "--share", $"{_workspace.Path}:{_workspace.Path}:rw"], $"out={_workspace.Path}\n{script}");
        Lab.SkipWithoutBurner(result);
        return result;
    }
}
