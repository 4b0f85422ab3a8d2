// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;
using Spindle.Catalogue;
using Spindle.Catalogue.Collecting;
using Spindle.Catalogue.Health;
using Spindle.Catalogue.Sets;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Discs;

/// <summary><c>discs</c>: the discs of an archive, where their copies are kept, and how they age.</summary>
public static class DiscsVerb
{
    internal const string Name = "discs";

    /// <summary>The verb.</summary>
    public static Verb<DiscsRequest, DiscsDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = DiscsJson.Form.DiscsRequest,
        Document = DiscsJson.Form.DiscsDocument,
        RunAsync = (request, work, cancellationToken) => Task.Run(() => Run(request, work, cancellationToken), CancellationToken.None),
    };

    /// <summary>The words for kinds of disc that can be asked for.</summary>
    public static IReadOnlyList<string> Kinds => DiscKinds.All;

    private static DiscsDocument Run(DiscsRequest request, Work work, CancellationToken cancellationToken)
    {
        TimeProvider time = work.Equipment.Time;
        bool changes = request.Label is not null || request.Copy is not null || request.Place is not null;
        bool isImage = request.Image is not null;
        if (changes && (isImage ? request.Disc is not null || request.Place is null : request.Disc is null))
        {
            throw Usage.Error("--label, --copy and --place need the number of a disc, or --place the --image of one", "such as 'spindle discs 3 --place \"shelf 2\"'");
        }

        DiscKinds.Require(request.Kind);
        if (changes)
        {
            Change(request, time.GetUtcNow(), CatalogueWait.ToEnter(work.Progress, cancellationToken));
        }

        using CatalogueDatabase database = CatalogueDatabase.OpenForReading(request.Catalogue);
        DiscStore store = new(database);
        DiscCollection collection = new(database);

        DateTimeOffset? before = request.DueDays is not { } days ? null
            : days is >= 0 and <= 36_500 && !changes ? time.GetUtcNow().AddDays(-days)
            : throw Usage.Error("--due is a number of days, 0 at least and 36500 at most, and changes nothing");
        IReadOnlyList<DueCopy>? copies = request.Due ? DueOf(request, database, time.GetUtcNow()) : null;
        IReadOnlyList<DiscRecord> discs = isImage ? [] : request.Disc is { } one ? [store.Get(one)] : store.All();
        if (before is { } oldest)
        {
            discs = [.. discs.Where(disc => disc.Status is "written" or "imported" && !(DateTimeOffset.TryParse(disc.LastVerified, CultureInfo.InvariantCulture, out DateTimeOffset last) && last >= oldest))];
        }

        if (copies is not null)
        {
            HashSet<int> due = [.. copies.Select(copy => copy.Disc)];
            discs = [.. discs.Where(disc => due.Contains(disc.Number))];
        }

        IReadOnlyList<ImagedDisc> imaged = request.Disc is not null || before is not null || request.Due ? [] : [.. collection.All().Where(disc => request.Image is null || disc.Name == request.Image)];
        Dictionary<int, IReadOnlyList<string>>? kinds = request.Kinds || request.Kind is not null ? DiscKinds.OfArchive(store, discs) : null;
        if (request.Kind is { } kind)
        {
            discs = [.. discs.Where(disc => kinds![disc.Number].Contains(kind))];
            imaged = [.. imaged.Where(disc => disc.Kinds.Contains(kind) || (disc.Kinds.Count == 0 && kind == DiscKinds.All[^1]))];
        }

        CheckHistory history = new(database);
        DiscHealth[]? health = request.Health || request.Chart is not null ? [.. discs.Select(disc => new DiscHealth(disc, history.Of(disc.Number)))] : null;
        if (request.Chart is { } chart)
        {
            HealthChart.Write(health!, chart, request.Overwrite);
        }

        ILookup<(int Set, int Row), ParityCopyRecord> parity = new ParityCopies(database).All();
        return new()
        {
            Chart = request.Chart,
            Discs = [.. (health is null ? discs.Select(disc => ArchiveDiscPart.Of(disc)) : health.Select(ArchiveDiscPart.Of)).Select(disc => disc with { Kinds = kinds?[disc.Number] })],
            Sets = [.. new SetMargins(database).All().Where(set => discs.Any(disc => set.Set.Plan.FirstDisc <= disc.Number && disc.Number <= set.Set.Plan.LastDisc)).Select(set => DiscSetPart.Of(set, parity))],
            DueCopies = copies,
            Media = health is null ? null : new MediumGroups(database).All(),
            Refresh = health is null ? null : [.. new RefreshAdvice(database, LimitOf(request)).All(time.GetUtcNow()).Where(copy => request.Disc is null || copy.Disc == request.Disc)],
            Audits = before is { } then && request.Disc is null ? [.. new AuditHistory(database).Due(then)] : null,
            Imaged = [.. imaged.Select(disc => ImagedDiscPart.Of(disc) with { Files = disc.Files, Kinds = disc.Kinds })],
            Kinds = request.Kinds ? DiscKinds.Table(discs.Select(disc => kinds![disc.Number]), imaged.Select(disc => disc.Kinds)) : null,
            OnlyKind = request.Kind,
            Health = health,
        };
    }

    private static TimeSpan? LimitOf(DiscsRequest request) => request.RefreshAfterYears is not { } years ? null
        : years is > 0 and <= 1000 ? TimeSpan.FromDays(years * 365.25)
        : throw Usage.Error("--refresh-after is a number of years, more than 0 and 1000 at most");

    private static IReadOnlyList<DueCopy> DueOf(DiscsRequest request, CatalogueDatabase database, DateTimeOffset now)
    {
        if (request.DueDays is not null || request.FirstCheckDays is not (>= 1 and <= 36_500) || request.CheckEveryDays is not (>= 1 and <= 36_500))
        {
            throw Usage.Error("--first-check and --check-every are days, 1 at least and 36500 at most, of --due without a number");
        }

        return [.. new CheckSchedule(database, TimeSpan.FromDays(request.FirstCheckDays), TimeSpan.FromDays(request.CheckEveryDays)).Due(now).Where(copy => request.Disc is null || copy.Disc == request.Disc)];
    }

    private static void Change(DiscsRequest request, DateTimeOffset now, CatalogueWait wait)
    {
        CatalogueDatabase.OpenForReading(request.Catalogue).Dispose(); // none is made to change what is in it
        using CatalogueDatabase database = CatalogueDatabase.OpenToEnter(request.Catalogue, wait);
        using SqliteTransaction transaction = database.BeginWriting();
        if (request.Disc is { } disc)
        {
            Change(new DiscStore(database), disc, request, now);
        }
        else
        {
            new DiscCollection(database).SetPlace(request.Image!, request.Place!);
        }

        transaction.Commit();
    }

    private static void Change(DiscStore store, int disc, DiscsRequest request, DateTimeOffset now)
    {
        if (request.Label is { } label)
        {
            store.SetLabel(disc, label);
        }

        if ((request.Copy ?? (request.Place is null ? null : "main")) is { } copy)
        {
            store.SetCopy(disc, copy, request.Place, now);
        }
    }
}

/// <summary><c>num_isos</c>: how many discs there are, and nothing else.</summary>
public static class CountVerb
{
    internal const string Name = "num_isos";

    /// <summary>The verb.</summary>
    public static Verb<CountRequest, CountDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = DiscsJson.Form.CountRequest,
        Document = DiscsJson.Form.CountDocument,
        RunAsync = (request, _, _) =>
        {
            using CatalogueDatabase database = CatalogueDatabase.OpenForReading(request.Catalogue);
            return Task.FromResult(new CountDocument { Discs = new DiscStore(database).All().Count });
        },
    };
}

/// <summary>Which discs are shown, and what is said of them from now on.</summary>
public sealed record DiscsRequest
{
    /// <summary>The catalogue.</summary>
    public required string Catalogue { get; init; }

    /// <summary>Only this disc, by its number; null for all.</summary>
    public int? Disc { get; init; }

    /// <summary>What the disc is called from now on.</summary>
    public string? Label { get; init; }

    /// <summary>A copy of the disc, which is entered where it is not known.</summary>
    public string? Copy { get; init; }

    /// <summary>Where that copy is kept, or the one called <c>main</c>, or the disc that was imaged.</summary>
    public string? Place { get; init; }

    /// <summary>Instead of a disc of the archive: one that was imaged, by the name of its image.</summary>
    public string? Image { get; init; }

    /// <summary>Only what was not read and found whole for so many days: discs of the archive, and images; null for all.</summary>
    public double? DueDays { get; init; }

    /// <summary>Only copies whose time to be read has come: <see cref="FirstCheckDays"/> after they were made, and then every <see cref="CheckEveryDays"/>.</summary>
    public bool Due { get; init; }

    /// <summary>Days from when a disc was made to its first check, 1 to 36500.</summary>
    public double FirstCheckDays { get; set; } = CheckSchedule.UsualFirst.TotalDays;

    /// <summary>Days between checks, 1 to 36500.</summary>
    public double CheckEveryDays { get; set; } = CheckSchedule.UsualEvery.TotalDays;

    /// <summary>Whether it is told how many discs there are of each kind.</summary>
    public bool Kinds { get; init; }

    /// <summary>Only discs of this kind, such as <c>dvd-video</c>; null for all.</summary>
    public string? Kind { get; init; }

    /// <summary>Whether what checks found over time is told.</summary>
    public bool Health { get; init; }

    /// <summary>After how many years a copy should be burned anew; null for what is usual for its kind.</summary>
    public double? RefreshAfterYears { get; init; }

    /// <summary>The file into which that is drawn (SVG), as a full path; null for none.</summary>
    public string? Chart { get; init; }

    /// <summary>Whether a drawing of that name is replaced.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>Of which archive discs are counted.</summary>
/// <param name="Catalogue">The catalogue.</param>
public sealed record CountRequest(string Catalogue);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DiscsRequest))]
[JsonSerializable(typeof(DiscsDocument))]
[JsonSerializable(typeof(CountRequest))]
[JsonSerializable(typeof(CountDocument))]
internal sealed partial class DiscsJson : JsonSerializerContext
{
    public static DiscsJson Form { get; } = new(JsonForm.Options());
}
