// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Spindle.Cli.Commands;
using Spindle.Cli.Terminals;
using Spindle.Station.AccessCopies;
using Spindle.Station.Archiving;
using Spindle.Station.Auditing;
using Spindle.Station.Burning;
using Spindle.Station.Contents;
using Spindle.Station.Demonstrating;
using Spindle.Station.Exchanging;
using Spindle.Station.Imaging;
using Spindle.Station.Merging;
using Spindle.Station.Mounting;
using Spindle.Station.Protecting;
using Spindle.Station.Restoring;
using Spindle.Station.Sets;
using Spindle.Station.Vaults;
using Spindle.Station.Verifying;

namespace Spindle.Cli.Tests.Commands;

/// <summary>A request becomes a command line that is read as that request again.</summary>
public sealed class CommandLineOfRequestTests
{
    private static readonly IReadOnlyDictionary<string, Func<RootCommand, ParseResult, JsonElement>> Readers = new Dictionary<string, Func<RootCommand, ParseResult, JsonElement>>
    {
        ["image"] = (root, line) => Json(Find<ImageCommand>(root).ToRequest(line)! with { CommandLine = "" }, ImageVerb.Verb.Request),
        ["scan"] = (root, line) => Json(Find<ScanCommand>(root).ToRequest(line), ScanVerb.Verb.Request),
        ["plan"] = (root, line) => Json(Find<PlanCommand>(root).ToRequest(line), PlanVerb.Verb.Request),
        ["write"] = (root, line) => Json(Find<WriteCommand>(root).ToRequest(line), WriteVerb.Verb.Request),
        ["archive"] = (root, line) => Json(Find<ArchiveCommand>(root).ToRequest(line), ArchiveVerb.Verb.Request),
        ["verify"] = (root, line) => Json(Find<VerifyCommand>(root).ToRequest(line), VerifyVerb.Verb.Request),
        ["restore"] = (root, line) => Json(Find<RestoreCommand>(root).ToRequest(line), RestoreVerb.Verb.Request),
        ["mount"] = (root, line) => Json(Find<MountCommand>(root).ToRequest(line), MountVerb.Verb.Request),
        ["audit"] = (root, line) => Json(Find<AuditCommand>(root).ToRequest(line), AuditVerb.Verb.Request),
        ["access"] = (root, line) => Json(Find<AccessCommand>(root).ToRequest(line), AccessVerb.Verb.Request),
        ["protect"] = (root, line) => Json(Find<ProtectCommand>(root).ToRequest(line), ProtectVerb.Verb.Request),
        ["burn"] = (root, line) => Json(Find<BurnCommand>(root).ToRequest(line), BurnVerb.Verb.Request),
        ["check"] = (root, line) => Json(Find<CheckCommand>(root).ToRequest(line), CheckVerb.Verb.Request),
        ["repair"] = (root, line) => Json(Find<RepairCommand>(root).ToRequest(line), RepairVerb.Verb.Request),
        ["parity"] = (root, line) => Json(Find<ParityCommand>(root).ToRequest(line), ParityVerb.Verb.Request),
        ["merge"] = (root, line) => Json(Find<MergeCommand>(root).ToRequest(line), MergeVerb.Verb.Request),
        ["extract"] = (root, line) => Json(Find<ExtractCommand>(root).ToRequest(line), ExtractVerb.Verb.Request),
        ["export"] = (root, line) => Json(Find<ExportCommand>(root).ToRequest(line), ExportVerb.Verb.Request),
        ["import"] = (root, line) => Json(Find<ImportCommand>(root).ToRequest(line), ImportVerb.Verb.Request),
        ["vault"] = (root, line) => Json(Find<VaultCommand>(root).ToRequest(line, Enum.Parse<VaultTask>(line.CommandResult.Command.Name, ignoreCase: true)), VaultVerb.Verb.Request),
    };

    /// <summary>What no example has: every option of the long ones, and values that look like something else.</summary>
    private static readonly string[] Further =
    [
        "image /dev/sr0 --dir /d --filename 'a b' --operator 'Ann O''Neill' --identifier=-7 --title T --note \"\" --hash md5,sha1 --verify none --retries 0 --speed 4 --session 2 --map m.map --resume --repair --overwrite --no-eject --no-tree --charset cp437 --no-structure --bag --premis --dry-run --catalogue c.db --place 'box 1'",
        "scan --as x/y --replace-source --threads 3 --rehash --client 'A & B' --no-json --hash sha256,sha512 -- -odd",
        "plan 25GB --reserve 2.5% --parity 15 --keep-together a --keep-together 'b c' --split --names",
        "write 7 --to /srv --overwrite --dry-run --verify none --catalogue c.db",
        "restore '*.jpg' --from a.iso b.iso --to out --scan 3 --overwrite --no-catalogue",
        "restore --to out --catalogue c.db --robot jukebox --driver smc --device /dev/sg2 --drives /dev/sr0,/dev/sr1 --opens-trays --move-seconds 60",
        "restore --from a.iso --to out --at 2020-01-01 --catalogue c.db",
        "mount /mnt/a --from a.iso --from /dev/sr0 --cold wait --scan 3 --at 2020-01-01T12:00Z --catalogue c.db",
        "audit a b --jobs 3 --older-than 0.5 --sample 12.5% --adopt --copies c --copies d --csv t.csv --resume --overwrite --catalogue c.db",
        "access a --to out --by title --profile ffv1 --crf 3 --preset slow --deinterlace off --stills 2 --subtitles --jobs 2 --overwrite",
        "protect a.iso --redundancy 33.3% --ecc a.ecc --overwrite",
        "burn a.iso --drive /dev/sr0 --drive /dev/sr1 --copies 3 --speed 4 --simulate --verify none --blank",
        "burn a.iso b.iso --drive /dev/sr0 --verify /dev/sr1",
        "burn --all --copies 2 --engine xorriso --catalogue c.db",
        "burn a.iso --spare none",
        "burn a.iso --spare default",
        "burn 12 13 --place 'shelf 2' --medium 'Brand, lot 7' --catalogue c.db",
        "check a.iso --ecc a.ecc --map a.map --copy second --disc 4 --catalogue c.db",
        "repair a.iso --to b.iso --overwrite --map a.map",
        "parity create a.iso 'b c.iso' --to out --parity-discs 3 --name Box --capacity dvd --overwrite",
        "parity create --to out -- -odd.iso",
        "parity create a.iso --to out --open",
        "parity create --to out --close",
        "parity check a b",
        "parity repair --from a b --to out --lost x.iso y.iso --dry-run --overwrite",
        "merge out.iso a.iso:a.map b.iso:b.map --sector-size 512 --overwrite",
        "extract a.iso x 'y z' --to out --forks none --overwrite --session 2 --view joliet --charset shift_jis --map none",
        "extract a.iso --to out --session-start 16 --offset 16",
        "export out.json --format tsv --scan 2 --overwrite --catalogue c.db",
        "import in.json --as old --catalogue c.db",
        "vault init --landing 'a b' --copies 3 --landing-size 500GB --catalogue c.db",
        "vault ls photos/2019/ --limit 20",
        "vault rules photos --archive a --archive 'b c' --smallest 1MB --age 1.5 --stay 30 --default-class GLACIER --restored-as-standard yes --worm no --hold yes",
        "vault pack --size bd --to a b --now --reserve 5% --parity 15% --split --catalogue c.db",
        "vault pack --size bd --to a --burn --drive /dev/sr0 --drive /dev/sr1 --speed 4 --verify-discs none --place bank --catalogue c.db",
        "vault evict --keep 1TB",
        "vault thaw photos/x --from a.iso b --days 3 --wait --dry-run",
        "verify a.iso --sample 7% --catalogue c.db",
        "archive src bd --job J --to out --burn --drive /dev/sr0 --drive /dev/sr1 --copies 2 --speed 4 --verify-discs none --blank --place bank --medium 'Brand, lot 7' --catalogue c.db",
        "archive src bd --exclude '*.tmp' --job J --client C --to out --parity 10% --catalogue c.db",
    ];

    public static TheoryData<string> Lines()
    {
        using Terminal terminal = SilentTerminal();
        RootCommand root = SpindleCommand.Create(new CommandContext(terminal));
        IEnumerable<string> examples = root.Subcommands.OfType<IHasExamples>().SelectMany(command => command.Examples)
            .Select(example => example.CommandLine).Where(line => line.StartsWith("spindle ", StringComparison.Ordinal)).Select(line => line["spindle ".Length..])
            .Where(line => Readers.ContainsKey(line.Split(' ')[0]) && !line.StartsWith("vault key", StringComparison.Ordinal) && !line.Contains("--loop", StringComparison.Ordinal) && !line.Contains('|', StringComparison.Ordinal));
        return new(examples.Concat(Further).Distinct());
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void What_a_line_asks_for_is_asked_for_by_the_line_that_is_made_of_it(string line)
    {
        using Terminal terminal = SilentTerminal();
        RootCommand root = SpindleCommand.Create(new CommandContext(terminal));
        string verb = line.Split(' ')[0];
        JsonElement Read(IReadOnlyList<string> words)
        {
            ParseResult parsed = root.Parse(words);
            Assert.Empty(parsed.Errors);
            return Readers[verb](root, parsed);
        }

        JsonElement request = Read(Split(line));
        IReadOnlyList<string>? made = Station.CommandLines.CommandLine.WordsOf(verb, request);

        Assert.NotNull(made);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(request.GetRawText()), JsonNode.Parse(Read(made).GetRawText())), $"{request.GetRawText()} is not what {string.Join(' ', made)} asks for");
    }

    [Fact]
    public void Every_reader_is_tried() => Assert.Empty(Readers.Keys.Except(Lines().Select(row => row.Data.Split(' ')[0])));

    [Fact]
    public void The_demonstration_names_its_folder() =>
        Assert.Equal(["demo", "/tmp/d"], Station.CommandLines.CommandLine.WordsOf("demo", Json(new DemoRequest("/tmp/d"), DemoVerb.Verb.Request)));

    private static Terminal SilentTerminal() => new(() => TextReader.Null) { Output = TextWriter.Null, Error = TextWriter.Null, IsInteractive = false };

    private static TCommand Find<TCommand>(RootCommand root)
        where TCommand : Command => root.Subcommands.OfType<TCommand>().Single();

    private static JsonElement Json<TRequest>(TRequest request, JsonTypeInfo<TRequest> form) => JsonSerializer.SerializeToElement(request, form);

    /// <summary>Words as a POSIX shell splits them, quotes and all.</summary>
    private static List<string> Split(string line)
    {
        List<string> words = [];
        System.Text.StringBuilder? word = null;
        char quote = '\0';
        foreach (char character in line)
        {
            if (quote != '\0')
            {
                if (character == quote)
                {
                    quote = '\0';
                }
                else
                {
                    word!.Append(character);
                }
            }
            else if (character is '\'' or '"')
            {
                quote = character;
                word ??= new();
            }
            else if (character == ' ')
            {
                words.AddRange(word is null ? [] : [word.ToString()]);
                word = null;
            }
            else
            {
                (word ??= new()).Append(character);
            }
        }

        words.AddRange(word is null ? [] : [word.ToString()]);
        return words;
    }
}
