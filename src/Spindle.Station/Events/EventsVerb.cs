// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Events;

/// <summary><c>events</c>: what happened to the discs of an archive.</summary>
public static class EventsVerb
{
    internal const string Name = "events";

    /// <summary>The verb.</summary>
    public static Verb<EventsRequest, EventsDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = EventsJson.Form.EventsRequest,
        Document = EventsJson.Form.EventsDocument,
        RunAsync = (request, _, cancellationToken) => request.Kind is { } kind && !DiscEvents.Kinds.Contains(kind)
            ? throw new OperationFailedException(new("usage", $"there are no events of the kind {kind}", $"one of {string.Join(", ", DiscEvents.Kinds)}"))
            : Task.FromResult(new EventsDocument(request, cancellationToken)),
    };
}

/// <summary>Events.</summary>
public sealed record EventsDocument : Listing<DiscEvent>
{
    internal EventsDocument(EventsRequest request, CancellationToken cancellationToken)
        : base(request.Catalogue, catalogue => new DiscEvents(catalogue).All(request), cancellationToken)
    {
    }

    /// <summary>The events, the oldest first.</summary>
    public IEnumerable<DiscEvent> Events => Items;

    /// <inheritdoc/>
    protected override string Verb => EventsVerb.Name;
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(EventsRequest))]
[JsonSerializable(typeof(EventsDocument))]
internal sealed partial class EventsJson : JsonSerializerContext
{
    public static EventsJson Form { get; } = new(JsonForm.Options());
}
