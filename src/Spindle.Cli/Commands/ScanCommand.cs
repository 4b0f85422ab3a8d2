// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Archiving.Scanning;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Archiving;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle scan PATH...</c>: what there is to archive goes into the catalogue.</summary>
internal sealed class ScanCommand : Command, IHasExamples
{
    private readonly CatalogueOption _catalogue = new();

    private readonly Argument<string[]> _paths = new("path")
    {
        Description = "A directory to archive; of several, each stands in the archive under its own name",
        Arity = ArgumentArity.OneOrMore,
        CompletionSources = { Values.Directories },
    };

    private readonly Option<string> _hash = new("--hash")
    {
        Description = "sha256, or sha256,sha512, which a catalogue for odarchive needs; a catalogue that has both keeps having both",
        HelpName = "LIST",
        CompletionSources = { "sha256", "sha256,sha512" },
        DefaultValueFactory = _ => "sha256",
    };

    private readonly Option<string[]> _exclude = new("--exclude")
    {
        Description = "Leave out what matches, by the rules of .gitignore; may be given again",
        HelpName = "GLOB",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _oneFileSystem = new("--one-file-system") { Description = "Don't go into other file systems that are mounted below" };

    private readonly Option<int?> _threads = new("--threads") { Description = "Files read at the same time; default: as suits the disk", HelpName = "N" };

    private readonly Option<bool> _rehash = new("--rehash") { Description = "Read unchanged files, too" };

    private readonly Option<string?> _job = new("--job") { Description = "A name for the archive", HelpName = "NAME" };

    private readonly Option<string?> _client = new("--client") { Description = "Whose archive it is", HelpName = "NAME" };

    private readonly Option<string?> _prefix = new("--as") { Description = "Where in the archive the tree stands, such as photos/2024", HelpName = "NAME" };

    private readonly Option<bool> _replace = new("--replace-source") { Description = "The tree that stands there is now at this PATH" };

    private readonly Option<bool> _noJson = new("--no-json") { Description = "Don't write the catalogue as JSON beside itself" };

    public ScanCommand(CommandContext context)
        : base("scan", "Walk and hash directories into the catalogue")
    {
        Aliases.Add("create_db");
        Aliases.Add("init");
        Add(_paths);
        _catalogue.AddTo(this);
        foreach (Option option in (Option[])[_hash, _exclude, _oneFileSystem, _threads, _rehash, _job, _client, _prefix, _replace, _noJson])
        {
            Add(option);
        }

        SetAction((arguments, cancellationToken) => context.RunAsync(ScanVerb.Verb, arguments, ToRequest, new ScanText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle scan ~/photos --job Photos", "into catalogue.db of this directory; again later, and only what is new is read"),
        ("spindle scan ~/photos ~/letters --catalogue family.db", "two trees in one archive, as photos/ and letters/"),
        ("spindle scan /srv --one-file-system --exclude '*.tmp' --exclude /cache/", "without what .gitignore would leave out"),
        ("spindle scan ~/photos --hash sha256,sha512 --json", "with the hash that odarchive's catalogues are keyed by"),
    ];

    internal ScanTreesRequest ToRequest(ParseResult arguments) => new(_catalogue.Path(arguments), ToScan(arguments), !arguments.GetValue(_noJson));

    private ScanRequest ToScan(ParseResult arguments) => new()
    {
        Sources = [.. arguments.GetRequiredValue(_paths).Select(Paths.ExpandHome)],
        WithSha512 = WithSha512(arguments.GetRequiredValue(_hash)),
        Excludes = arguments.GetValue(_exclude) ?? [],
        OneFileSystem = arguments.GetValue(_oneFileSystem),
        Threads = arguments.GetValue(_threads),
        Rehash = arguments.GetValue(_rehash),
        Job = arguments.GetValue(_job),
        Client = arguments.GetValue(_client),
        Prefix = arguments.GetValue(_prefix),
        ReplacesSource = arguments.GetValue(_replace),
    };

    private static bool WithSha512(string list)
    {
        string[] names = list.Split(',', StringSplitOptions.TrimEntries);
        return names.Contains("sha256") && names.All(name => name is "sha256" or "sha512")
            ? names.Contains("sha512")
            : throw new UsageException($"--hash {list} is not known here", "give sha256 or sha256,sha512");
    }
}
