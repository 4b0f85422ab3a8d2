// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Spindle.Media;
using Spindle.Service.Documents;

namespace Spindle.Service.Streaming;

/// <summary>Events as they are sent (HTML Living Standard §9.2.5): each is a kind, the number of the last change, and a record in one line.</summary>
internal sealed class EventText
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>How records are written: without lines.</summary>
    public static StreamJson Form { get; } = new(new(JsonForm.Options()) { WriteIndented = false });

    /// <summary>Whether there is anything.</summary>
    public bool IsEmpty => _bytes.WrittenCount == 0;

    /// <summary>A line that keeps the connection awake.</summary>
    public static byte[] Ping { get; } = Encoding.UTF8.GetBytes("event: ping\ndata: {}\n\n");

    /// <summary>The last that is said.</summary>
    public static byte[] Going { get; } = Encoding.UTF8.GetBytes("event: going\ndata: {\"reason\":\"stop\"}\n\n");

    /// <summary>Adds an event.</summary>
    /// <param name="kind">Its kind, such as <c>job-changed</c>.</param>
    /// <param name="id">The number of the last change that is in it; null where it says nothing of that.</param>
    /// <param name="record">All that is known, never a difference.</param>
    /// <param name="form">How that is written.</param>
    public void Add<T>(string kind, long? id, T record, JsonTypeInfo<T> form)
    {
        Write(id is { } number ? string.Create(CultureInfo.InvariantCulture, $"event: {kind}\nid: {number}\ndata: ") : $"event: {kind}\ndata: ");
        using (Utf8JsonWriter json = new(_bytes, new() { Encoder = form.Options.Encoder }))
        {
            JsonSerializer.Serialize(json, record, form);
        }

        Write("\n\n");
    }

    /// <summary>Adds an event whose record is written already.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">The number of the last change that is in it.</param>
    /// <param name="json">The record, in one line.</param>
    public void Add(string kind, long id, string json) => Write(string.Create(CultureInfo.InvariantCulture, $"event: {kind}\nid: {id}\ndata: {json}\n\n"));

    /// <summary>Adds a line of another kind.</summary>
    public void Write(string text) => _bytes.Write(Encoding.UTF8.GetBytes(text));

    /// <summary>All of it.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}

/// <summary>The first event of a stream.</summary>
/// <param name="LastEventId">The last change that is known.</param>
/// <param name="Complete">Whether all that came behind the one that was seen last is sent now; if not, that is too much, and all is to be asked for anew.</param>
internal sealed record HelloPart(long LastEventId, bool Complete);

/// <summary>A job needs something of a person.</summary>
/// <param name="Id">The job.</param>
/// <param name="Job">Its number.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Question">What it needs.</param>
internal sealed record WantedPart(Guid Id, long Job, string Title, JobQuestionPart Question);

/// <summary>What the process of a job wrote.</summary>
/// <param name="Id">The job.</param>
/// <param name="Job">Its number.</param>
/// <param name="Attempt">Which attempt at it.</param>
/// <param name="From">Where in its log that stands, in bytes.</param>
/// <param name="Text">Whole lines.</param>
internal sealed record LogPart(Guid Id, long Job, int Attempt, long From, string Text);

/// <summary>Something of the station was changed by a person.</summary>
/// <param name="Kind">What: <c>held</c>, <c>freed</c>, <c>batch-opened</c>, <c>batch-closed</c>.</param>
/// <param name="Name">The resource, or the batch.</param>
/// <param name="By">Who did; null where nobody said.</param>
internal sealed record StationChangePart([property: JsonConverter(typeof(JsonForm.Words<Jobs.RegisterEventKind>))] Jobs.RegisterEventKind Kind, string Name, string? By);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(HelloPart))]
[JsonSerializable(typeof(WantedPart))]
[JsonSerializable(typeof(LogPart))]
[JsonSerializable(typeof(StationChangePart))]
[JsonSerializable(typeof(JobPart))]
internal sealed partial class StreamJson : JsonSerializerContext;
