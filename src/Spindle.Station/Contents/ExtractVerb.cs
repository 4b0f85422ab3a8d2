// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Imaging.Extracting;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Contents;

/// <summary><c>extract</c>: takes files out of a disc.</summary>
public static class ExtractVerb
{
    internal const string Name = "extract";

    /// <summary>The verb.</summary>
    public static Verb<ExtractRequest, ExtractDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = ExtractJson.Form.ExtractRequest,
        Document = ExtractJson.Form.ExtractDocument,
        RunAsync = RunAsync,
    };

    private static async Task<ExtractDocument> RunAsync(ExtractRequest request, Work work, CancellationToken cancellationToken)
    {
        using OpenedDisc disc = OpenedDisc.Open(request.Disc, cancellationToken);
        return ExtractDocument.Of(await Extractor.RunAsync(disc.Volume, request.What, work.Progress, cancellationToken));
    }
}

/// <summary>What is to be taken out.</summary>
/// <param name="Disc">Of which disc.</param>
/// <param name="What">What of it, and where to.</param>
public sealed record ExtractRequest(DiscChoice Disc, ExtractionRequest What);

/// <summary>What was taken out of a disc.</summary>
public sealed record ExtractDocument : Document
{
    /// <summary>Files written whole.</summary>
    public required long Files { get; init; }

    /// <summary>Directories made, or there already.</summary>
    public required long Directories { get; init; }

    /// <summary>Symbolic links made.</summary>
    public required long Symlinks { get; init; }

    /// <summary>Files <c>._NAME</c> written whole, with resource forks or what the Finder keeps.</summary>
    public required long Forks { get; init; }

    /// <summary>Resource forks that were left out because they were not asked for.</summary>
    public required long ForksLeftOut { get; init; }

    /// <summary>Bytes of the files.</summary>
    public required long Bytes { get; init; }

    /// <summary>Files of which not all could be read: they end with <c>.damaged</c>, and zeros stand for what is missing.</summary>
    public required IReadOnlyList<DamagedFile> Damaged { get; init; }

    /// <summary>What was not written, each with why.</summary>
    public required IReadOnlyList<Failure> Skipped { get; init; }

    /// <summary>What else may be worth knowing: other trees of the disc that have more.</summary>
    public required IReadOnlyList<Failure> Warnings { get; init; }

    /// <inheritdoc/>
    protected override Outcome Found => Damaged.Count == 0 && Skipped.Count == 0 ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => ExtractVerb.Name;

    internal static ExtractDocument Of(ExtractionResult result) => new()
    {
        Files = result.Files,
        Directories = result.Directories,
        Symlinks = result.Symlinks,
        Forks = result.Forks,
        ForksLeftOut = result.ForksLeftOut,
        Bytes = result.Bytes,
        Damaged = result.Damaged,
        Skipped = result.Skipped,
        Warnings = result.Warnings,
    };
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ExtractRequest))]
[JsonSerializable(typeof(ExtractDocument))]
internal sealed partial class ExtractJson : JsonSerializerContext
{
    public static ExtractJson Form { get; } = new(JsonForm.Options());
}
