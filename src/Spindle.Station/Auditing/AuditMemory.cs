// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Catalogue;
using Spindle.Catalogue.Health;
using Spindle.Imaging.Auditing;
using Spindle.Media;

namespace Spindle.Station.Auditing;

/// <summary>Remembers audits in a catalogue: what earlier ones found, and what this one finds.</summary>
/// <remarks>An audit takes hours: the catalogue is held for writing only for moments, once a second. What another command kept from being entered then is entered later.</remarks>
internal sealed class AuditMemory : IAuditHistory, IDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

    private readonly string _catalogue;
    private readonly CatalogueWait _wait;
    private readonly ITimer _timer;
    private readonly CatalogueDatabase _reading;
    private readonly List<ImageAudit> _waiting = [];

    /// <param name="catalogue">The catalogue; made where there is none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="wait">Waits at the end for others who write to it.</param>
    /// <exception cref="OperationFailedException">The catalogue can't be used.</exception>
    public AuditMemory(string catalogue, TimeProvider time, CatalogueWait wait)
    {
        (_catalogue, _wait) = (catalogue, wait);
        CatalogueDatabase.OpenToEnter(catalogue, wait).Dispose(); // what is wrong with it is said before hours of reading
        _reading = CatalogueDatabase.OpenForReading(catalogue);
        _timer = time.CreateTimer(_ => TryWrite(wait: null), null, Often, Often); // an image may take an hour: those before it don't wait for it
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

    /// <summary>Remembers an image within a second.</summary>
    public void Add(AuditedImagePart image)
    {
        if (image.Image is null || image.State == AuditState.Skipped)
        {
            return;
        }

        ImageAudit audit = new(image.Image, image.Time, JsonForm.Word(image.State), new JsonObject
        {
            ["detail"] = image.Detail,
            ["records"] = new JsonArray([.. image.Records.Select(record => JsonValue.Create(record))]),
            ["size"] = image.Size,
            ["hashes"] = new JsonObject(image.Hashes.Where(hash => hash.Value.Found is not null).Select(hash => KeyValuePair.Create(hash.Key, (JsonNode?)hash.Value.Found))),
        }.ToJsonString());
        lock (_waiting)
        {
            _waiting.Add(audit);
        }
    }

    /// <summary>Remembers what the table of a killed audit has, and the catalogue has not.</summary>
    public void CatchUp(AuditTableRow row)
    {
        lock (_reading)
        {
            if (row.State == JsonForm.Word(AuditState.Skipped) || new AuditHistory(_reading).Has(row.Image, row.At))
            {
                return;
            }
        }

        JsonObject detail = new() { ["detail"] = row.Detail, ["records"] = new JsonArray([.. row.Records.Select(record => JsonValue.Create(record))]) };
        lock (_waiting)
        {
            _waiting.Add(new(row.Image, row.At, row.State, detail.ToJsonString()));
        }
    }

    /// <summary>Remembers all that is left; <see cref="Failed"/> says where that can't be done.</summary>
    public void Complete()
    {
        TryWrite(_wait);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        TryWrite(wait: null);
        _reading.Dispose();
    }

    private void TryWrite(CatalogueWait? wait)
    {
        lock (_waiting)
        {
            try
            {
                if (_waiting.Count > 0)
                {
                    using CatalogueDatabase database = CatalogueDatabase.OpenToEnter(_catalogue, wait);
                    new AuditHistory(database).Add(_waiting);
                    _waiting.Clear();
                }

                Failed = null;
            }
            catch (OperationFailedException e)
            {
                Failed = e.Failure;
            }
        }
    }
}
