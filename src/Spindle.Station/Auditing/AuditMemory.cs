// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Catalogue;
using Spindle.Catalogue.Health;
using Spindle.Imaging.Auditing;
using Spindle.Media;

namespace Spindle.Station.Auditing;

/// <summary>Remembers audits in a catalogue: what earlier ones found, and what this one finds.</summary>
/// <remarks>An audit takes hours: the catalogue is held for writing only for moments, and another command that writes it just then is waited for.</remarks>
internal sealed class AuditMemory : IAuditHistory, IDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

    private readonly string _catalogue;
    private readonly TimeProvider _time;
    private readonly CatalogueDatabase _reading;
    private readonly List<ImageAudit> _waiting = [];
    private long _written;

    /// <exception cref="OperationFailedException">The catalogue can't be used.</exception>
    public AuditMemory(string catalogue, TimeProvider time)
    {
        (_catalogue, _time) = (catalogue, time);
        CatalogueDatabase.OpenOrCreate(catalogue).Dispose(); // what is wrong with it is said before hours of reading
        _reading = CatalogueDatabase.OpenForReading(catalogue);
        _written = time.GetTimestamp();
    }

    /// <summary>Why something could not be remembered; null as long as all was.</summary>
    public Failure? Failed { get; private set; }

    /// <inheritdoc/>
    public DateTimeOffset? LastPass(string image)
    {
        lock (_reading)
        {
            return new AuditHistory(_reading).LastPass(image);
        }
    }

    /// <summary>Remembers an image, now or within a second of others.</summary>
    public void Add(AuditedImagePart image)
    {
        if (image.Image is null || image.State == AuditState.Skipped)
        {
            return;
        }

        _waiting.Add(new(image.Image, image.Time, JsonForm.Word(image.State), new JsonObject
        {
            ["detail"] = image.Detail,
            ["records"] = new JsonArray([.. image.Records.Select(record => JsonValue.Create(record))]),
            ["size"] = image.Size,
            ["hashes"] = new JsonObject(image.Hashes.Where(hash => hash.Value.Found is not null).Select(hash => KeyValuePair.Create(hash.Key, (JsonNode?)hash.Value.Found))),
        }.ToJsonString()));
        if (_time.GetElapsedTime(_written) >= Often)
        {
            Write();
        }
    }

    /// <summary>Remembers what is left to be.</summary>
    public void Dispose()
    {
        Write();
        _reading.Dispose();
    }

    private void Write()
    {
        _written = _time.GetTimestamp();
        if (_waiting.Count == 0)
        {
            return;
        }

        try
        {
            using CatalogueDatabase database = CatalogueDatabase.OpenForWriting(_catalogue);
            new AuditHistory(database).Add(_waiting);
            _waiting.Clear();
            Failed = null;
        }
        catch (OperationFailedException e)
        {
            Failed = e.Failure; // tried again with the next image
        }
    }
}
