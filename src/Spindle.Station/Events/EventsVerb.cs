// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Archiving.Catalogue;
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
        RunAsync = (request, _, cancellationToken) =>
        {
            if (request.Kind is { } kind && !DiscEvents.Kinds.Contains(kind))
            {
                throw new OperationFailedException(new("usage", $"there are no events of the kind {kind}", $"one of {string.Join(", ", DiscEvents.Kinds)}"));
            }

            CatalogueDatabase database = CatalogueDatabase.OpenForReading(request.Catalogue);
            return Task.FromResult(new EventsDocument(database, new DiscEvents(database).All(request), cancellationToken));
        },
    };
}

/// <summary>Events, read while they are told: it holds the catalogue open until it is disposed of.</summary>
public sealed record EventsDocument : Document, IDisposable
{
    private readonly CatalogueDatabase _catalogue;
    private readonly Listed<DiscEvent> _events;

    internal EventsDocument(CatalogueDatabase catalogue, IEnumerable<DiscEvent> events, CancellationToken cancellationToken)
    {
        _catalogue = catalogue;
        _events = new(events, cancellationToken);
    }

    /// <summary>The events, the oldest first.</summary>
    public IEnumerable<DiscEvent> Events => _events;

    /// <inheritdoc/>
    public override Outcome Outcome => Error switch { null => Outcome.Done, { Code: "cancelled" } => Outcome.Cancelled, _ => Outcome.Failed };

    /// <inheritdoc/>
    protected override Failure? Ended => _events.Ended;

    /// <inheritdoc/>
    protected override string Verb => EventsVerb.Name;

    /// <inheritdoc/>
    public void Dispose() => _catalogue.Dispose();
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(EventsRequest))]
[JsonSerializable(typeof(EventsDocument))]
internal sealed partial class EventsJson : JsonSerializerContext
{
    public static EventsJson Form { get; } = new(JsonForm.Options());
}
