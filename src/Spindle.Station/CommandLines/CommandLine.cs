// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spindle.Archiving.Scanning;
using Spindle.Burning;
using Spindle.Catalogue.Exchange;
using Spindle.Imaging;
using Spindle.Imaging.AccessCopies;
using Spindle.Media;
using Spindle.Restoring.Verifying;
using Spindle.Station.AccessCopies;
using Spindle.Station.Archiving;
using Spindle.Station.Auditing;
using Spindle.Station.Burning;
using Spindle.Station.Contents;
using Spindle.Station.Demonstrating;
using Spindle.Station.Exchanging;
using Spindle.Station.Imaging;
using Spindle.Station.Labels;
using Spindle.Station.Merging;
using Spindle.Station.Mounting;
using Spindle.Station.Protecting;
using Spindle.Station.Restoring;
using Spindle.Station.Sets;
using Spindle.Station.Vaults;
using Spindle.Station.Verifying;

namespace Spindle.Station.CommandLines;

/// <summary>What a request would be on the command line: shown where it was made by a page or a program, and kept in records.</summary>
/// <remarks>Defaults are left out. A test parses what comes out, and wants the same request back.</remarks>
public static class CommandLine
{
    private static readonly Dictionary<string, Func<JsonElement, Words>> Verbs = new Dictionary<string, Func<JsonElement, Words>>(StringComparer.Ordinal)
    {
        [ImageVerb.Verb.Name] = request => Image(Read(request, ImageVerb.Verb.Request)),
        [ScanVerb.Verb.Name] = request => Scan(Read(request, ScanVerb.Verb.Request)),
        [PlanVerb.Verb.Name] = request => Plan(Read(request, PlanVerb.Verb.Request)),
        [WriteVerb.Verb.Name] = request => Write(Read(request, WriteVerb.Verb.Request)),
        [ArchiveVerb.Verb.Name] = request => Archive(Read(request, ArchiveVerb.Verb.Request)),
        [VaultVerb.Verb.Name] = request => Vault(Read(request, VaultVerb.Verb.Request)),
        [VerifyVerb.Verb.Name] = request => Verify(Read(request, VerifyVerb.Verb.Request)),
        [RestoreVerb.Verb.Name] = request => Restore(Read(request, RestoreVerb.Verb.Request)),
        [MountVerb.Verb.Name] = request => Mount(Read(request, MountVerb.Verb.Request)),
        [AuditVerb.Verb.Name] = request => Audit(Read(request, AuditVerb.Verb.Request)),
        [AccessVerb.Verb.Name] = request => Access(Read(request, AccessVerb.Verb.Request)),
        [ProtectVerb.Verb.Name] = request => Protect(Read(request, ProtectVerb.Verb.Request)),
        [BurnVerb.Verb.Name] = request => Burn(Read(request, BurnVerb.Verb.Request)),
        [CheckVerb.Verb.Name] = request => Check(Read(request, CheckVerb.Verb.Request)),
        [RepairVerb.Verb.Name] = request => Repair(Read(request, RepairVerb.Verb.Request)),
        [ParityVerb.Verb.Name] = request => Sets(Read(request, ParityVerb.Verb.Request)),
        [MergeVerb.Verb.Name] = request => Merge(Read(request, MergeVerb.Verb.Request)),
        [ExtractVerb.Verb.Name] = request => Extract(Read(request, ExtractVerb.Verb.Request)),
        [ExportVerb.Verb.Name] = request => Export(Read(request, ExportVerb.Verb.Request)),
        [ImportVerb.Verb.Name] = request => Import(Read(request, ImportVerb.Verb.Request)),
        [LabelVerb.Verb.Name] = request => Label(Read(request, LabelVerb.Verb.Request)),
        [DemoVerb.Verb.Name] = request => new Words(DemoVerb.Verb.Name).Argument(Read(request, DemoVerb.Verb.Request).Directory),
    };

    /// <summary>The words of it, without the program's name.</summary>
    /// <param name="verb">The verb's name.</param>
    /// <param name="request">The request: one that the verb can read.</param>
    /// <returns>Null for verbs that this knows no words of: <c>spindle run FILE</c> does each of them.</returns>
    public static IReadOnlyList<string>? WordsOf(string verb, JsonElement request) => Verbs.TryGetValue(verb, out Func<JsonElement, Words>? words) ? words(request).ToList() : null;

    /// <summary>The line, as a shell needs it.</summary>
    /// <inheritdoc cref="WordsOf"/>
    public static string Of(string verb, JsonElement request) =>
        $"spindle {string.Join(' ', (WordsOf(verb, request) ?? ["run", "request.json"]).Select(ShellWord.Quote))}";

    private static TRequest Read<TRequest>(JsonElement request, JsonTypeInfo<TRequest> form)
        where TRequest : notnull => request.Deserialize(form)!;

    private static Words Image(ImageRequest request)
    {
        string usual = string.Join(',', ImagingRequest.DefaultHashes.Select(kind => kind.Name));
        string? hashes = request.Hashes is null ? null : string.Join(',', request.Hashes);
        return new Words(ImageVerb.Verb.Name)
            .Argument(request.Source)
            .Option("--dir", request.Directory, unless: ".")
            .Option("--filename", request.Name)
            .Option("--operator", request.Operator)
            .Option("--identifier", request.Identifier)
            .Option("--title", request.Title)
            .Option("--note", request.Note)
            .Option("--hash", hashes, unless: usual)
            .Option("--verify", Word(request.Verify), unless: Word(VerifyMode.Image))
            .Option("--retries", Number(request.Retries), unless: Number(ImagingRequest.DefaultRetries))
            .Option("--speed", Number(request.Speed))
            .Option("--session", Number(request.Session))
            .Option("--map", request.Map)
            .Flag("--resume", request.Resume)
            .Flag("--repair", request.Repair)
            .Flag("--overwrite", request.Overwrite)
            .Flag("--no-eject", !request.Eject)
            .Flag("--no-tree", !request.Tree)
            .Option("--charset", request.Charset)
            .Flag("--no-structure", !request.Structure)
            .Flag("--bag", request.Bag)
            .Flag("--premis", request.Premis)
            .Flag("--dry-run", request.DryRun)
            .Option("--catalogue", request.Catalogue)
            .Option("--place", request.Place);
    }

    private static Words Scan(ScanTreesRequest request) => Scan(new Words(ScanVerb.Verb.Name).Arguments(request.What.Sources), request.What)
        .Option("--hash", request.What.WithSha512 ? "sha256,sha512" : null)
        .Flag("--one-file-system", request.What.OneFileSystem)
        .Option("--threads", Number(request.What.Threads))
        .Flag("--rehash", request.What.Rehash)
        .Option("--as", request.What.Prefix)
        .Flag("--replace-source", request.What.ReplacesSource)
        .Flag("--no-json", !request.WritesJson)
        .Option("--catalogue", request.Catalogue);

    private static Words Scan(Words words, ScanRequest request) => words
        .Options("--exclude", request.Excludes)
        .Option("--job", request.Job)
        .Option("--client", request.Client);

    private static Words Plan(PlanDiscsRequest request) => Plan(new Words(PlanVerb.Verb.Name).Argument(request.What.Capacity), request.What).Option("--catalogue", request.Catalogue);

    private static Words Plan(Words words, PlanChoice choice) => words
        .Option("--reserve", choice.ReservePercent > 0 ? Percent(choice.ReservePercent) : null)
        .Option("--parity", Percent(choice.ParityPercent))
        .Option("--parity-discs", Number(choice.ParityDiscs))
        .Option("--set-size", Number(choice.SetSize))
        .Options("--keep-together", choice.KeepTogether)
        .Flag("--split", choice.SplitsFiles)
        .Flag("--names", choice.Names);

    private static Words Write(WriteDiscsRequest request)
    {
        Words words = new(WriteVerb.Verb.Name);
        words = request.Disc is { } disc ? words.Argument(Number(disc)!) : words.Flag("--all", true);
        return Write(words, request.How).Option("--catalogue", request.Catalogue);
    }

    private static Words Write(Words words, WriteChoice choice) => words
        .Option("--to", choice.Directory, unless: ".")
        .Flag("--overwrite", choice.Overwrite)
        .Flag("--dry-run", choice.DryRun)
        .Option("--verify", choice.ReadBack ? null : "none")
        .Flag("--no-set", choice.NoSet);

    private static Words Archive(ArchiveRequest request)
    {
        Words words = Write(Plan(Scan(new Words(ArchiveVerb.Verb.Name).Arguments(request.Scan.Sources).Argument(request.Plan.Capacity), request.Scan), request.Plan), request.Write);
        return (request.Burn is { } burn ? Burn(words.Flag("--burn", true), burn, "--verify-discs") : words).Option("--catalogue", request.Catalogue);
    }

    private static Words Verify(VerifyRequest request) => new Words(VerifyVerb.Verb.Name)
        .Arguments(request.Sources)
        .Option("--sample", request.Share < 1 ? Percent(request.Share * 100) : null)
        .Option("--catalogue", request.Catalogue);

    private static Words Restore(RestoreTreeRequest request) => new Words(RestoreVerb.Verb.Name)
        .Arguments(request.What.Patterns)
        .Options("--from", request.What.Sources)
        .Option("--to", request.What.Target)
        .Option("--scan", Number(request.What.Scan))
        .Option("--at", request.What.At?.ToString("O", CultureInfo.InvariantCulture))
        .Flag("--overwrite", request.What.Overwrite)
        .Flag("--dry-run", request.What.DryRun)
        .Flag("--no-catalogue", request.Catalogue is null)
        .Option("--catalogue", request.Catalogue)
        .Option("--robot", request.Robot?.Name)
        .Option("--driver", request.Robot?.Driver is { } driver ? JsonForm.Word(driver) : null)
        .Option("--device", request.Robot?.Device)
        .Option("--program", request.Robot?.Program)
        .Option("--drives", request.Robot?.Drives is { Count: > 0 } drives ? string.Join(',', drives) : null)
        .Option("--slots", Number(request.Robot?.Slots))
        .Flag("--opens-trays", request.Robot?.OpensTrays == true)
        .Option("--move-seconds", Number(request.Robot?.MoveSeconds));

    private static Words Audit(AuditCollectionRequest request) => new Words(AuditVerb.Verb.Name)
        .Arguments(request.Paths)
        .Option("--jobs", Number(request.Jobs), unless: "1")
        .Option("--older-than", request.OlderThanDays?.ToString("R", CultureInfo.InvariantCulture))
        .Option("--sample", request.SamplePercent < 100 ? Percent(request.SamplePercent) : null)
        .Flag("--adopt", request.Adopt)
        .Options("--copies", request.Copies)
        .Option("--csv", request.Csv)
        .Flag("--resume", request.Resume)
        .Flag("--overwrite", request.Overwrite)
        .Option("--catalogue", request.Catalogue);

    private static Words Access(AccessCopiesRequest request)
    {
        AccessSettings usual = new(), settings = request.Settings;
        return new Words(AccessVerb.Verb.Name)
            .Arguments(request.Paths)
            .Option("--to", request.Target)
            .Option("--by", settings.ByTitle ? "title" : null)
            .Option("--profile", Word(settings.Profile), unless: Word(usual.Profile))
            .Option("--crf", Number(settings.Crf), unless: Number(usual.Crf))
            .Option("--preset", settings.Preset, unless: usual.Preset)
            .Option("--deinterlace", settings.Deinterlace is { } joining ? Word(joining) : null)
            .Option("--stills", Number(settings.Stills), unless: "0")
            .Flag("--subtitles", settings.Subtitles)
            .Option("--jobs", Number(request.Jobs), unless: "1")
            .Flag("--overwrite", request.Overwrite);
    }

    private static Words Protect(ProtectImageRequest request) => new Words(ProtectVerb.Verb.Name)
        .Argument(request.Image)
        .Option("--redundancy", Percent(request.Redundancy))
        .Option("--fill", request.Fill)
        .Option("--to", request.Target)
        .Option("--ecc", request.ParityFile)
        .Flag("--overwrite", request.Overwrite);

    private static Words Burn(BurnImagesRequest request) =>
        Burn(new Words(BurnVerb.Verb.Name).Arguments(request.Images).Arguments(request.Discs.Select(disc => Number(disc)!)).Flag("--all", request.All), request.How, "--verify")
            .Flag("--simulate", request.How.Simulate)
            .Option("--catalogue", request.Catalogue);

    private static Words Burn(Words words, BurnChoice choice, string verify) => words
        .Options("--drive", choice.Drives)
        .Option("--copies", Number(choice.Copies), unless: "1")
        .Option("--speed", Number(choice.Speed))
        .Option("--spare", Word(choice.Spare), unless: Word(SpareChoice.AsUsual))
        .Option("--engine", Word(choice.Engine), unless: Word(BurnEngine.Native))
        .Option(verify, choice.Verifier ?? Word(choice.Verify), unless: Word(BurnVerification.Same))
        .Flag("--blank", choice.Blank)
        .Option("--place", choice.Place)
        .Option("--medium", choice.Medium);

    private static Words Check(CheckImageRequest request) => Parity(new(CheckVerb.Verb.Name), request.What)
        .Option("--copy", request.Copy)
        .Option("--disc", Number(request.Disc))
        .Option("--catalogue", request.Catalogue);

    private static Words Repair(RepairImageRequest request) => Parity(new(RepairVerb.Verb.Name), request.What)
        .Option("--to", request.Target)
        .Flag("--overwrite", request.Overwrite);

    private static Words Parity(Words words, ParityChoice choice) => words
        .Argument(choice.Image)
        .Option("--ecc", choice.ParityFile)
        .Option("--map", choice.Map);

    private static Words Sets(ParityRequest request)
    {
        Words words = new(ParityVerb.Verb.Name, Word(request.Task));
        words = request.Task == ParityTask.Repair ? words.Options("--from", request.Sources) : words.Arguments(request.Sources);
        return words
            .Option("--to", request.Target)
            .Option("--parity-discs", Number(request.ParityDiscs))
            .Option("--name", request.Name)
            .Option("--capacity", request.Capacity)
            .Flag("--open", request.Open)
            .Flag("--close", request.Close)
            .Options("--extend", request.Extends)
            .Options("--lost", request.Lost)
            .Flag("--dry-run", request.DryRun)
            .Flag("--overwrite", request.Overwrite);
    }

    private static Words Vault(VaultRequest request)
    {
        Words words = new Words(VaultVerb.Verb.Name, Word(request.Task))
            .Arguments(request.What is { } what ? [what] : [])
            .Option("--limit", Number(request.Limit))
            .Option("--landing", request.Landing)
            .Option("--copies", Number(request.Copies))
            .Option("--landing-size", request.LandingSize);
        if (request.Rules is { } rules)
        {
            words = words
                .Options("--archive", rules.Archive ?? [])
                .Option("--smallest", rules.SmallestSize)
                .Option("--age", Number(rules.MinimumAge))
                .Option("--stay", Number(rules.MinimumStay))
                .Option("--default-class", rules.DefaultClass)
                .Option("--restored-as-standard", YesNo(rules.RestoredAsStandard))
                .Option("--worm", YesNo(rules.Worm))
                .Option("--hold", YesNo(rules.Hold));
        }

        if (request.Plan is { } plan)
        {
            words = Plan(words.Option("--size", plan.Capacity), plan);
        }

        words = words.Options("--to", request.Directories).Flag("--now", request.Now);
        return (request.Burn is { } burn ? Burn(words.Flag("--burn", true), burn, "--verify-discs") : words)
            .Option("--keep", request.Keep)
            .Options("--from", request.Sources)
            .Option("--days", request.Task == VaultTask.Thaw ? Number(request.Days) : null, unless: "7")
            .Flag("--wait", request.Wait)
            .Flag("--dry-run", request.DryRun)
            .Option("--catalogue", request.Catalogue);

        static string? YesNo(bool? value) => value is { } set ? set ? "yes" : "no" : null;
    }

    private static Words Merge(MergeCopiesRequest request) => new Words(MergeVerb.Verb.Name)
        .Argument(request.Output)
        .Arguments(request.Sources.Select(source => $"{source.Image}:{source.Map}"))
        .Option("--sector-size", Number(request.SectorSize))
        .Flag("--overwrite", request.Overwrite);

    private static Words Extract(ExtractRequest request) => new Words(ExtractVerb.Verb.Name)
        .Argument(request.Disc.Source)
        .Arguments(request.What.Patterns)
        .Option("--to", request.What.Target)
        .Option("--forks", request.What.Forks ? null : "none")
        .Flag("--overwrite", request.What.Overwrite)
        .Option("--session", Number(request.Disc.Session))
        .Option("--session-start", Number(request.Disc.SessionStart))
        .Option("--offset", Number(request.Disc.Offset))
        .Option("--view", request.Disc.View is { } view ? Word(view) : null)
        .Option("--map", request.Disc.Map)
        .Option("--charset", request.Disc.Charset);

    private static Words Mount(MountRequest request) => new Words(MountVerb.Verb.Name)
        .Argument(request.Directory)
        .Options("--from", request.Sources)
        .Option("--cold", Word(request.Cold), unless: Word(ColdContent.Fail))
        .Option("--scan", Number(request.Scan))
        .Option("--at", request.At?.ToString("O", CultureInfo.InvariantCulture))
        .Option("--catalogue", request.Catalogue);

    private static Words Export(ExportRequest request) => new Words(ExportVerb.Verb.Name)
        .Argument(request.File)
        .Option("--format", request.Format == ExportFormat.MediaStudy ? "media-study" : Word(request.Format), unless: Word(ExportFormat.Json))
        .Option("--scan", Number(request.Scan))
        .Option("--plan", Number(request.Plan))
        .Flag("--overwrite", request.Overwrite)
        .Option("--catalogue", request.Catalogue);

    private static Words Label(LabelRequest request) => new Words(LabelVerb.Verb.Name)
        .Arguments((request.Discs ?? []).Select(disc => disc.ToString(CultureInfo.InvariantCulture)))
        .Option("--for", request.For, unless: "disc")
        .Option("--to", request.To)
        .Option("--copy", request.Copy)
        .Option("--template", request.Template)
        .Option("--save-template", request.SaveTemplate)
        .Option("--paper", request.Paper, unless: "a4")
        .Flag("--overwrite", request.Overwrite)
        .Option("--catalogue", request.Catalogue);

    private static Words Import(ImportRequest request) => new Words(ImportVerb.Verb.Name)
        .Argument(request.File)
        .Option("--as", request.Place)
        .Option("--catalogue", request.Catalogue);

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Number(double? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Percent(double? percent) => percent is { } some ? $"{((decimal)some).ToString(CultureInfo.InvariantCulture)}%" : null;
}
