// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Archiving;

/// <summary><c>scan</c>: what there is to archive goes into the catalogue.</summary>
public static class ScanVerb
{
    internal const string Name = "scan";

    private const int MostThreads = 256;

    /// <summary>The verb.</summary>
    public static Verb<ScanTreesRequest, ScanDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = ArchivingJson.Form.ScanTreesRequest,
        Document = ArchivingJson.Form.ScanDocument,
        Stopped = new("cancelled", "stopped; what was read is in the catalogue", "the same command goes on with the rest"),
        RunAsync = RunAsync,
    };

    /// <exception cref="OperationFailedException"><c>usage</c>: it makes no sense.</exception>
    internal static void Require(ScanRequest request)
    {
        if (request.Threads is < 1 or > MostThreads)
        {
            throw Usage.Error($"--threads {request.Threads} makes no sense", $"give a number from 1 to {MostThreads}");
        }
    }

    private static async Task<ScanDocument> RunAsync(ScanTreesRequest request, Work work, CancellationToken cancellationToken)
    {
        Require(request.What);
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(request.Catalogue, CatalogueWait.ToWork(work.Progress, cancellationToken));
        ScanResult result = await new Scanner(work.Equipment.Time).ScanAsync(database, request.What, work.Progress, cancellationToken);
        string json = Path.ChangeExtension(database.Path, ".json");
        if (request.WritesJson && (result.HasChanges || !File.Exists(json)))
        {
            await CatalogueJson.WriteFileAsync(json, database, cancellationToken);
        }

        return new() { Catalogue = Path.GetFullPath(request.Catalogue), Sources = ScannedSourcePart.Of(result) };
    }
}

/// <summary>What is to be scanned into which catalogue.</summary>
/// <param name="Catalogue">The catalogue; made where there is none.</param>
/// <param name="What">Which trees, and how.</param>
/// <param name="WritesJson">Whether the catalogue is written as JSON beside itself, too, where it changed.</param>
public sealed record ScanTreesRequest(string Catalogue, ScanRequest What, bool WritesJson = true);

/// <summary>Trees that were scanned.</summary>
public sealed record ScanDocument : Document
{
    /// <summary>The catalogue, as a full path.</summary>
    public required string Catalogue { get; init; }

    /// <summary>Each tree by itself.</summary>
    public required IReadOnlyList<ScannedSourcePart> Sources { get; init; }

    /// <inheritdoc/>
    protected override Outcome Found => Sources.All(source => source.ProblemCount == 0) ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => ScanVerb.Name;
}

/// <summary>What was found in one tree.</summary>
public sealed record ScannedSourcePart
{
    /// <summary>The directory that was walked, as a full path.</summary>
    public required string Source { get; init; }

    /// <summary>Where it stands in the archive; empty: at its root.</summary>
    public required string Prefix { get; init; }

    /// <summary>The number of the scan: a point in time.</summary>
    public required long Scan { get; init; }

    /// <summary>Whether it went on with a scan that had been cut off.</summary>
    public required bool Resumed { get; init; }

    /// <summary>Regular files, by name.</summary>
    public required long Files { get; init; }

    /// <summary>Directories below the source.</summary>
    public required long Directories { get; init; }

    /// <summary>Links and special files.</summary>
    public required long Others { get; init; }

    /// <summary>Bytes of all files, by name.</summary>
    public required long Bytes { get; init; }

    /// <summary>Files that were read.</summary>
    public required long FilesRead { get; init; }

    /// <summary>Bytes that were read.</summary>
    public required long BytesRead { get; init; }

    /// <summary>Names that are new.</summary>
    public required long Added { get; init; }

    /// <summary>Names that stand for something else than before, or with other attributes.</summary>
    public required long Changed { get; init; }

    /// <summary>Files that had another name before.</summary>
    public required long Moved { get; init; }

    /// <summary>Names that are gone.</summary>
    public required long Deleted { get; init; }

    /// <summary>How many names could not be read, or changed while they were read.</summary>
    public required long ProblemCount { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<Failure> Problems { get; init; }

    /// <summary>What is worth knowing, and no problem.</summary>
    public required IReadOnlyList<Failure> Concerns { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    public required double DurationSeconds { get; init; }

    internal static IReadOnlyList<ScannedSourcePart> Of(ScanResult result) => [.. result.Sources.Select(Of)];

    private static ScannedSourcePart Of(SourceScan scan) => new()
    {
        Source = scan.Source,
        Prefix = scan.Prefix,
        Scan = scan.Scan,
        Resumed = scan.IsResumed,
        Files = scan.Totals.Files,
        Directories = scan.Totals.Directories,
        Others = scan.Totals.Others,
        Bytes = scan.Totals.Bytes,
        FilesRead = scan.FilesRead,
        BytesRead = scan.BytesRead,
        Added = scan.Changes.Added,
        Changed = scan.Changes.Changed,
        Moved = scan.Changes.Moved,
        Deleted = scan.Changes.Deleted,
        ProblemCount = scan.ProblemCount,
        Problems = scan.Problems,
        Concerns = scan.Concerns,
        DurationSeconds = Math.Round(scan.Duration.TotalSeconds, 3),
    };
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ScanTreesRequest))]
[JsonSerializable(typeof(ScanDocument))]
[JsonSerializable(typeof(PlanDiscsRequest))]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(WriteDiscsRequest))]
[JsonSerializable(typeof(WriteDocument))]
[JsonSerializable(typeof(ArchiveRequest))]
[JsonSerializable(typeof(ArchiveDocument))]
internal sealed partial class ArchivingJson : JsonSerializerContext
{
    public static ArchivingJson Form { get; } = new(JsonForm.Options());
}
