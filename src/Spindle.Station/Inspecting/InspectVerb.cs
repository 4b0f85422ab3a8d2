// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Formats.Analysis;
using Spindle.Formats.Holdings;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Contents;
using Spindle.Station.Contract;

namespace Spindle.Station.Inspecting;

/// <summary><c>inspect</c>: what file systems are on discs, whether they are whole, and what is wrong with them.</summary>
public static class InspectVerb
{
    internal const string Name = "inspect";

    /// <summary>The verb.</summary>
    public static Verb<InspectRequest, InspectDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = InspectJson.Form.InspectRequest,
        Document = InspectJson.Form.InspectDocument,
        RunAsync = (request, _, cancellationToken) => Task.FromResult(Inspect(request, cancellationToken)),
    };

    private static InspectDocument Inspect(InspectRequest request, CancellationToken cancellationToken)
    {
        List<InspectedImagePart> images = [];
        foreach (string source in request.Sources)
        {
            cancellationToken.ThrowIfCancellationRequested();
            images.Add(Look(new()
            {
                Source = source,
                Session = request.Session,
                SessionStart = request.SessionStart,
                Offset = request.Offset,
                Map = request.Map,
            }, cancellationToken));
        }

        return new() { Images = images };
    }

    // One source that can't be read does not keep the others from being looked at.
    private static InspectedImagePart Look(DiscChoice choice, CancellationToken cancellationToken)
    {
        SourceChoice wanted = choice.ToSourceChoice(cancellationToken);
        try
        {
            using DiscSource source = DiscSource.Open(choice.Source, wanted);
            bool isNamed = choice.Offset is not null || choice.SessionStart is not null;
            AnalysisOptions options = new()
            {
                MediumStart = choice.Offset ?? source.FirstSector,
                SessionStart = isNamed ? choice.SessionStart : source.ContentsStart,
                SessionEnd = isNamed ? null : source.SessionEnd,
            };

            // First: what the analysis remembers of a disc that is made to be large is not to be there twice.
            VolumeOptions shown = new() { MediumStart = options.MediumStart, SessionStart = options.SessionStart, SessionEnd = options.SessionEnd };
            PlayerContents players = PlayerContents.Read(Volume.Open(source.Reader, shown), source.SoundTracks);
            FileTally files = new();
            DiscAnalysis analysis = DiscAnalyzer.Analyze(source.Reader, options with { Seen = files.Add });
            return InspectedImagePart.Of(choice.Source, source, options.SessionStart, analysis, DiscHoldings.Of(players, files, analysis));
        }
        catch (OperationFailedException e)
        {
            return new() { Source = choice.Source, Error = e.Failure };
        }
    }
}

/// <summary>What is to be inspected.</summary>
public sealed record InspectRequest
{
    /// <summary>Drives, block devices or image files.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>As in <see cref="DiscChoice"/>.</summary>
    public int? Session { get; init; }

    /// <summary>As in <see cref="DiscChoice"/>.</summary>
    public long? SessionStart { get; init; }

    /// <summary>As in <see cref="DiscChoice"/>.</summary>
    public long? Offset { get; init; }

    /// <summary>As in <see cref="DiscChoice"/>.</summary>
    public string? Map { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(InspectRequest))]
[JsonSerializable(typeof(InspectDocument))]
internal sealed partial class InspectJson : JsonSerializerContext
{
    public static InspectJson Form { get; } = new(JsonForm.Options());
}
