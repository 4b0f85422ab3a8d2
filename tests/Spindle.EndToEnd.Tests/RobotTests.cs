// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.RegularExpressions;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>A SCSI changer with two drives (tests/lab/changer.py), by the kernel's own driver, with <c>mtx</c> as the judge of what is said of it.</summary>
[Trait("with", "lab")]
public sealed partial class RobotTests(Lab lab) : IClassFixture<Lab>, IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Mtx_and_spindle_see_the_same_whoever_moves()
    {
        const string Look = "echo =; mtx -f /dev/sg2 status; echo =; spindle robot status --json";

        ProgramResult result = await RunAsync("{}", $"""
            {Look}; spindle robot load 2 --quiet; {Look}; mtx -f /dev/sg2 load 1 1 > /dev/null; {Look}
            spindle robot unload drive0 5 --quiet; {Look}; lab robot mail 1 {await lab.DiscAsync()}; {Look}
            spindle robot move mail1 2 --quiet; spindle robot unload /dev/sr1 --quiet; {Look}
            """);

        string[] looks = result.EndedWith(0).Output.Split("=\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(12, looks.Length);
        for (int i = 0; i < looks.Length; i += 2)
        {
            Assert.Equal(ByMtx(looks[i]), BySpindle(looks[i + 1]));
        }
    }

    /// <summary>Bacula's own script, where it is installed, with the settings that docs/manual/robots.md tells.</summary>
    [Fact]
    public async Task The_script_of_Bacula_moves_the_discs()
    {
        const string Script = "/etc/bacula/scripts/mtx-changer";
        const string Robot = "--driver command --program " + Script + " --device /dev/sg2 --drives /dev/sr0,/dev/sr1";
        const string Look = $"echo =; mtx -f /dev/sg2 status; echo =; spindle robot status --json {Robot}";
        Assert.SkipUnless(File.Exists(Script), "Bacula's mtx-changer is not installed (Debian: bacula-sd)");

        ProgramResult result = await RunAsync("{}", $"""
            mkdir -p /var/lib/bacula; echo ready= >> {Script}.conf
            spindle robot load 2 drive1 --quiet {Robot}; {Look}
            spindle robot unload drive1 5 --quiet {Robot}; spindle robot move 1 mail1 --quiet {Robot}; {Look}
            """);

        string[] looks = result.EndedWith(0).Output.Split("=\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, looks.Length);
        Assert.Contains("drive1 full VOL2 2", BySpindle(looks[1]));
        Assert.Equal(ByMtx(looks[0]), BySpindle(looks[1]));
        Assert.Contains("mail1 full VOL1 ", BySpindle(looks[3]));
        Assert.Equal(ByMtx(looks[2]), BySpindle(looks[3]));
    }

    /// <summary>Each fault once, and what a person reads of it; at the end, each disc is where the robot truly has it.</summary>
    [Fact]
    public async Task Whatever_goes_wrong_the_discs_are_where_it_is_said_that_they_are()
    {
        ProgramResult result = await RunAsync(
            """{"1": "jam", "3": "lies", "4": "astray", "6": "stuck", "7": "drops", "9": "dies"}""",
            """
            spindle robot load 1; echo $?; spindle robot move arm 1 --quiet
            spindle robot load 1; echo $?; spindle robot load 1; echo $?; spindle robot move 5 drive0 --quiet
            spindle robot unload 0 1; echo $?; spindle robot unload 0 1; echo $?; spindle robot load 2 --quiet
            spindle robot load 3; echo $?; lab robot reset; spindle robot status > /dev/null; spindle robot move arm 3 --quiet
            mkdir /tmp/m; mount -r /dev/sr0 /tmp/m; spindle robot unload; echo $?; umount /tmp/m
            lab robot mail 1 none; spindle robot status --json > $out/status.json
            """);

        Assert.Equal(["1", "1", "1", "1", "0", "1", "1"], result.EndedWith(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Length == 1));
        string[] codes = ["robot-jammed", "move-refused", "robot-jammed", "robot-jammed", "robot-lost-disc", "drive-keeps-disc"];
        Assert.Equal(codes, Code().Matches(result.Error).Select(match => match.Groups[1].Value));
        AssertIsTrue(await File.ReadAllTextAsync(_workspace["status.json"]));
    }

    /// <summary>The robot ends what it began; the next program tells what became of it.</summary>
    [Fact]
    public async Task Killed_in_the_middle_of_a_move_a_program_leaves_word_of_it()
    {
        ProgramResult result = await RunAsync(
            "{}",
            """
            spindle robot import --quiet
            for slot in 1 2 3; do
              '{{spindle}}' robot load $slot drive0 > /dev/null 2>&1 & p=$!
              for i in {1..100}; do grep -q '"begun"' $XDG_STATE_HOME/spindle/robots/*.json && break; sleep .05; done
              kill -9 $p; wait $p; spindle robot status --json > $out/status$slot.json; spindle robot unload --quiet
            done
            """,
            moveMilliseconds: 600);

        _ = result.EndedWith(0);
        foreach (int slot in new[] { 1, 2, 3 })
        {
            JsonElement status = JsonDocument.Parse(await File.ReadAllTextAsync(_workspace[$"status{slot}.json"])).RootElement;
            JsonElement interrupted = status.GetProperty("interrupted");
            Assert.Equal((slot.ToString(System.Globalization.CultureInfo.InvariantCulture), "drive0", "moved"), (interrupted.GetProperty("from").GetString(), interrupted.GetProperty("to").GetString(), interrupted.GetProperty("outcome").GetString()));
            Assert.Equal("LAB_DISC", status.GetProperty("places").EnumerateArray().First().GetProperty("disc").GetProperty("name").GetString());
        }
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [GeneratedRegex(@"\[([a-z]+(?:-[a-z]+)+)\]")]
    private static partial Regex Code();

    [GeneratedRegex(@"^\s*(?:Data Transfer Element (\d+)|Storage Element (\d+)( IMPORT/EXPORT)?) ?:(Full|Empty)(?: \(Storage Element (\d+) Loaded\))?[ ]*(?::VolumeTag ?= ?(\S*))?", RegexOptions.Multiline)]
    private static partial Regex Element();

    /// <summary>What mtx prints: it counts mail slots behind the others.</summary>
    private static SortedSet<string> ByMtx(string text) => [.. Element().Matches(text).Select(element =>
        $"{(element.Groups[1].Success ? $"drive{element.Groups[1].Value}" : element.Groups[3].Success ? "mail1" : element.Groups[2].Value)} {element.Groups[4].Value.ToLowerInvariant()} {element.Groups[6].Value} {element.Groups[5].Value}")];

    private static SortedSet<string> BySpindle(string json) => [.. JsonDocument.Parse(json).RootElement.GetProperty("places").EnumerateArray().Where(place => place.GetProperty("place").GetString() != "arm").Select(place =>
        $"{place.GetProperty("place").GetString()} {place.GetProperty("content").GetString()} {place.GetProperty("barcode").GetString()} {place.GetProperty("source").GetString()}")];

    /// <summary>What spindle says is held against what the lab's robot wrote down: the truth.</summary>
    private void AssertIsTrue(string status)
    {
        JsonElement truth = JsonDocument.Parse(File.ReadAllText(_workspace["truth.json"])).RootElement;
        IEnumerable<string> Full(string kind, string prefix, int first) => truth.GetProperty(kind).EnumerateArray().Index().Where(place => place.Item.ValueKind == JsonValueKind.String).Select(place => $"{prefix}{place.Index + first}");
        Assert.Equal(
            Full("drives", "drive", 0).Concat(Full("arm", "arm", 0)).Concat(Full("mail", "mail", 1)).Concat(Full("slots", "", 1)).Order(StringComparer.Ordinal),
            JsonDocument.Parse(status).RootElement.GetProperty("places").EnumerateArray().Where(place => place.GetProperty("content").GetString() == "full").Select(place => place.GetProperty("place").GetString()!).Order(StringComparer.Ordinal));
    }

    private async Task<ProgramResult> RunAsync(string faults, string script, int moveMilliseconds = 0)
    {
        string disc = await lab.DiscAsync();
        string[] discs = [.. Enumerable.Range(1, 3).Select(number => _workspace[$"VOL{number}.iso"])];
        Array.ForEach(discs, copy => File.Copy(disc, copy, overwrite: true));
        await File.WriteAllTextAsync(_workspace["changer.json"], $$"""
            {"slots": ["{{discs[0]}}", "{{discs[1]}}", "{{discs[2]}}", null, null], "mail": [null], "faults": {{faults}}, "state": "{{_workspace["truth.json"]}}", "move_ms": {{moveMilliseconds}}}
            """);
        ProgramResult result = await Lab.RunAsync(_workspace.Path, ["--empty", "--empty", "--changer", _workspace["changer.json"]],
            $"export XDG_STATE_HOME=$out/state; {script.Replace("{{spindle}}", SpindleProgram.Path, StringComparison.Ordinal)}");
        Lab.SkipWithoutBurner(result);
        return result;
    }
}
