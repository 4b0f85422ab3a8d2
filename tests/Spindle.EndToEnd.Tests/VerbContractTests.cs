// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests;

/// <summary>
/// What every command keeps to, whichever it is: it hears Ctrl-C, gives one JSON document, tells of progress in one shape, brings no control
/// character to a terminal, and notices a standard output that takes nothing. The commands are those that <c>--help</c> lists.
/// </summary>
[Trait("with", "clock")]
public sealed partial class VerbContractTests(VerbContractTests.Archive archive) : IClassFixture<VerbContractTests.Archive>
{
    private const int Attempts = 4; // each sooner than the one before

    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(2); // one second, and one for the tester's own
    private static readonly string[] ProgressKeys = ["schema", "stage", "done", "total", "unit", "item", "trouble", "rate", "secondsLeft", "elapsedSeconds", "silentSeconds"];

    /// <summary>A command line of each command that ends well, and whether it is work of which there is progress.</summary>
    private static readonly Dictionary<string, (string Words, bool HasProgress)> Usual = new(StringComparer.Ordinal)
    {
        ["drives"] = ("drives", false),
        ["image"] = ("image discs/Set_0000.iso --dir made --filename x --overwrite", true),
        ["inspect"] = ("inspect discs/Set_0000.iso", false),
        ["ls"] = ("ls discs/Set_0000.iso --recursive --long", false),
        ["tree"] = ("tree discs/Set_0000.iso", false),
        ["extract"] = ("extract discs/Set_0000.iso --to made/out --overwrite", true),
        ["damage"] = ("damage discs/Set_0000.iso damaged.map", false),
        ["merge"] = ("merge made/merged.iso discs/Set_0000.iso:whole.map copy.iso:damaged.map --overwrite", true),
        ["scan"] = ("scan tree --job Set", true),
        ["restore"] = ("restore --from discs --to made/restored --overwrite", true),
        ["verify"] = ("verify discs", true),
        ["audit"] = ("audit discs", true),
        ["access"] = ("access discs --to made/access", true),
        ["find"] = ("find", false),
        ["where"] = ("where data", false),
        ["plan"] = ("plan cd --catalogue unplanned.db", true),
        ["discs"] = ("discs", false),
        ["events"] = ("events", false),
        ["label"] = ("label --to made/labels.pdf --overwrite", false),
        ["num_isos"] = ("num_isos", false),
        ["write"] = ("write 0 --to made --overwrite", true),
        ["archive"] = ("archive tree cd --job New --catalogue made/new.db --to made/new --overwrite", true),
        ["export"] = ("export made/exported.json --overwrite", false),
        ["import"] = ("import catalogue.json --catalogue made/imported.db", false),
        ["protect"] = ("protect discs/Set_0000.iso --to made/protected.iso --overwrite", true),
        ["check"] = ("check protected.iso", true),
        ["repair"] = ("repair protected.iso", true),
        ["parity"] = ("parity create discs --to made/parity --overwrite", true),
        ["vault"] = ("vault pack --now --size cd --to made/vault --catalogue vault.db", true),
        ["demo"] = ("demo", true),
        ["completion"] = ("completion bash", false),
        ["jobs"] = ("jobs --state made/station", false),
    };

    /// <summary>Of those whose usual work is over before anyone could stop it: the same on something large.</summary>
    private static readonly Dictionary<string, string> Long = new(StringComparer.Ordinal)
    {
        ["image"] = "image large.img --dir made --filename large", // there must be room for all of it
        ["inspect"] = "inspect many.iso many.iso many.iso many.iso",
        ["ls"] = "ls many.iso --recursive --long",
        ["tree"] = "tree many.iso",
        ["extract"] = "extract many.iso --to made/many",
        ["damage"] = "damage many.iso many.map",
        ["merge"] = "merge made/huge.iso huge.img:huge.map huge2.img:huge.map",
        ["scan"] = "scan sparse --catalogue made/sparse.db",
        ["audit"] = "audit huge.img --adopt",
        ["archive"] = "archive sparse bd --catalogue made/sparse2.db --to made/sparse",
        ["protect"] = "protect huge.img --to made/huge.iso",
        ["check"] = "check huge.img",
        ["repair"] = "repair huge.img",
        ["parity"] = "parity create huge.img huge2.img --to made/parity",
    };

    [Fact]
    public async Task Each_command_is_held_to_it() =>
        Assert.Equal((await archive.CommandsAsync()).Except(["batch", "burn", "mount", "robot", "serve"]).Order(StringComparer.Ordinal), Usual.Keys.Order(StringComparer.Ordinal)); // these need a drive or a robot, or have no end of their own: BatchTests, BurnTests, MountTests, RobotTests, ServiceTests

    [Fact]
    public Task No_control_character_of_a_name_reaches_a_terminal() => ForEachAsync(async (_, words) =>
    {
        ProgramResult result = await archive.RunAsync(words);
        Assert.InRange(result.ExitCode, 0, 2);
        Assert.DoesNotMatch(@"[\x00-\x08\x0B-\x1F\x7F-\x9F]", result.Output.Replace("\r\n", "\n", StringComparison.Ordinal) + result.Error);
    });

    [Fact]
    public Task Programs_get_one_document_of_the_command_and_progress_of_one_shape() => ForEachAsync(async (name, words) =>
    {
        ProgramResult result = await archive.RunAsync($"{words} --json --progress json");
        Assert.InRange(result.ExitCode, 0, 2);
        Assert.Equal($"spindle/{name}/1", result.Json.GetProperty("schema").GetString());
        string schema = Repository.File($"docs/formats/{name}.schema.json");
        Assert.Null(File.Exists(schema) ? await ManifestSchema.ComplaintAsync(schema, [archive.Keep(result.Output)]) : null);
        JsonElement[] lines = [.. result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
        Assert.Equal(Usual[name].HasProgress, lines.Length > 0);
        Assert.All(lines, line =>
        {
            Assert.Equal(ProgressKeys, line.EnumerateObject().Select(key => key.Name));
            Assert.Equal("spindle/progress/1", line.GetProperty("schema").GetString());
            Assert.Matches(StageWord(), line.GetProperty("stage").GetString());
            Assert.True(line.GetProperty("total").ValueKind == JsonValueKind.Null || line.GetProperty("done").GetInt64() <= line.GetProperty("total").GetInt64(), line.ToString());
        });
        Assert.All(lines.TakeLast(1).Where(line => line.GetProperty("total").ValueKind == JsonValueKind.Number), line => // the last one tells the end
            Assert.Equal(line.GetProperty("total").GetInt64(), line.GetProperty("done").GetInt64()));
    });

    [Fact]
    public Task A_full_or_closed_standard_output_is_an_error_and_a_reader_that_left_is_none() => ForEachAsync(async (_, words) =>
    {
        foreach (string where in (string[])["> /dev/full", "--json >&-"])
        {
            Assert.Contains("[output-failed]", (await archive.ShellAsync($"{words} {where}")).EndedWith(1).Error, StringComparison.Ordinal);
        }

        Assert.NotEqual(1, (await archive.LateAsync(words)).ExitCode);
    });

    [Fact]
    public Task Yes_answers_whether_something_is_replaced() => ForEachAsync(async (name, words) =>
    {
        if (words.Contains("--overwrite", StringComparison.Ordinal))
        {
            int usual = (await archive.RunAsync(words)).ExitCode;
            (await archive.RunAgainAsync(words.Replace("--overwrite", "--yes", StringComparison.Ordinal))).EndedWith(usual);
        }
    });

    [Fact]
    public async Task Ctrl_C_is_heard_within_a_second_and_leaves_one_document()
    {
        List<string> stopped = [];
        await ForEachAsync(async (name, usual) =>
        {
            string words = Long.GetValueOrDefault(name, usual);
            TimeSpan wait = Long.ContainsKey(name) && !Usual[name].HasProgress ? await HalfOfAsync(words) : TimeSpan.FromSeconds(0.3);
            for (int attempt = 0; attempt < Attempts && !stopped.Contains(name); attempt++, wait /= 2)
            {
                if (await IsStoppedAsync(name, words, wait))
                {
                    stopped.Add(name);
                }
                else if (!Long.ContainsKey(name))
                {
                    break; // it was over before
                }
            }
        });
        Assert.Superset(Long.Keys.Except(["check", "repair"]).ToHashSet(), stopped.ToHashSet());
    }

    /// <summary>Interrupts a command when it tells of progress, or after a while, and holds it to what it owes then.</summary>
    /// <returns>Whether it was still at work.</returns>
    private async Task<bool> IsStoppedAsync(string name, string words, TimeSpan wait)
    {
        using RunningProgram program = archive.Start($"{words} --json --progress json");
        await Task.WhenAny(program.SaysAsync("spindle/progress/1"), Task.Delay(wait));
        program.Interrupt();
        long interrupted = Stopwatch.GetTimestamp();
        ProgramResult result = await program.EndAsync();

        Assert.True(Stopwatch.GetElapsedTime(interrupted) < Promptly, $"it ended after {Stopwatch.GetElapsedTime(interrupted)}: {result}");
        Assert.Contains(result.ExitCode, (int[])[0, 1, 2, 130]); // 1: check and repair may have found by then that there is no parity
        Assert.Equal($"spindle/{name}/1", result.Json.GetProperty("schema").GetString());
        if (result.ExitCode == 130)
        {
            Assert.Equal("cancelled", result.Json.GetProperty("error").GetProperty("code").GetString());
        }

        return result.ExitCode == 130;
    }

    /// <summary>Half of what it takes to its end: by then it is at work, on whatever machine.</summary>
    private async Task<TimeSpan> HalfOfAsync(string words)
    {
        long began = Stopwatch.GetTimestamp();
        await archive.RunAsync($"{words} --json");
        return Stopwatch.GetElapsedTime(began) / 2;
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex StageWord();

    /// <summary>Tells of all commands that don't keep to it, not of the first one.</summary>
    private static async Task ForEachAsync(Func<string, string, Task> holds)
    {
        List<string> broken = [];
        foreach ((string name, (string words, _)) in Usual.Where(command => command.Key != "access" || ForeignProgram.Find("ffmpeg") is not null))
        {
            try
            {
                await holds(name, words);
            }
            catch (Exception e) when (e is Xunit.Sdk.XunitException or JsonException or KeyNotFoundException)
            {
                broken.Add($"{name}: {e.Message}");
            }
        }

        Assert.True(broken.Count == 0, string.Join("\n\n", broken));
    }

    /// <summary>An archive of one disc whose names are made to hurt, and something large of each kind.</summary>
    public sealed class Archive : IAsyncLifetime
    {
        private readonly Workspace _workspace = new();

        public async ValueTask InitializeAsync()
        {
            await _workspace.ShellAsync(@"
                mkdir -p tree/named sparse made
                printf x > ""$(printf 'tree/named/a\033[31mRED\007b')""; ln -s ""$(printf 'to\033[31m')"" ""$(printf 'tree/l\033[32mink')""; mkdir ""$(printf 'tree/d\010ir')""
                head -c 3000000 /dev/urandom > tree/data
                truncate -s 60G sparse/file huge.img huge2.img; truncate -s 4G large.img");
            await _workspace.ShellAsync($"spindle='{SpindleProgram.Path}'\n" + """
                "$spindle" scan tree --job Set --quiet; cp catalogue.db unplanned.db
                "$spindle" vault init --landing landing --catalogue vault.db --quiet
                "$spindle" plan cd --quiet; "$spindle" write --all --to discs --quiet
                "$spindle" export catalogue.json --overwrite --quiet
                "$spindle" protect discs/Set_0000.iso --to protected.iso --quiet
                length() { stat -c %s "$1"; }
                whole() { printf '0x0 + 1\n0x0 0x%x +\n' $(length "$1"); }
                damaged() { printf '0x0 + 1\n0x0 0x%x +\n0x%x 0x800 -\n' $(($(length "$1") - 2048)) $(($(length "$1") - 2048)); }
                cp discs/Set_0000.iso copy.iso; whole copy.iso > whole.map; damaged discs/Set_0000.iso > damaged.map; whole huge.img > huge.map
                """);
            HostileDisc.ManyFiles(_workspace["many.iso"]);
            long length = new FileInfo(_workspace["many.iso"]).Length;
            _workspace.Write("many.map", System.Text.Encoding.ASCII.GetBytes($"0x0 + 1\n0x0 0x{length - 2048:x} +\n0x{length - 2048:x} 0x800 -\n"));
        }

        /// <summary>The names of all commands; of those that have several, the one that is not odarchive's.</summary>
        internal async Task<string[]> CommandsAsync()
        {
            string help = (await RunAsync("--help")).EndedWith(0).Output;
            string list = help[(help.IndexOf("Commands:", StringComparison.Ordinal) + 9)..help.IndexOf("Exit codes:", StringComparison.Ordinal)];
            return [.. list.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line.Length > 2 && line[2] != ' ')
                .Select(line => line.Trim().Split("  ")[0].Split(" <")[0].Split(", ")).Select(names => names.FirstOrDefault(Usual.ContainsKey, names[0]))];
        }

        /// <summary>Puts a document into a file.</summary>
        internal string Keep(string document) => _workspace.Write("document.json", System.Text.Encoding.UTF8.GetBytes(document));

        internal Task<ProgramResult> RunAsync(string words)
        {
            Clear();
            return RunAgainAsync(words);
        }

        internal Task<ProgramResult> RunAgainAsync(string words) => _workspace.RunAsync(Words(words));

        internal RunningProgram Start(string words)
        {
            Clear();
            return _workspace.Start(Words(words));
        }

        /// <summary>Runs a command whose reader has left before it begins.</summary>
        internal async Task<ProgramResult> LateAsync(string words)
        {
            Clear();
            using RunningProgram shell = new("bash", ["-c", $"(sleep 0.1; exec '{SpindleProgram.Path}' {words}) | true; exit ${{PIPESTATUS[0]}}"], _workspace.Path);
            return await shell.EndAsync();
        }

        internal async Task<ProgramResult> ShellAsync(string words)
        {
            Clear();
            using RunningProgram shell = new("bash", ["-c", $"'{SpindleProgram.Path}' {words}"], _workspace.Path);
            return await shell.EndAsync();
        }

        public ValueTask DisposeAsync() => _workspace.DisposeAsync();

        /// <summary>What an earlier command made is not in the way of the next one.</summary>
        private void Clear()
        {
            Directory.Delete(_workspace["made"], recursive: true);
            Directory.CreateDirectory(_workspace["made"]);
        }

        private static string[] Words(string words) => words.Split(' ');
    }
}
