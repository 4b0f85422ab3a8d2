// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Spindle.Catalogue.Exchange;
using Spindle.Media;

namespace Spindle.Catalogue.Documents;

/// <summary>Discs that the Python program odarchive made: <c>/disc_info.json</c>, the whole archive's <c>/catalogue.json</c>, and the files in <c>/DATA</c>.</summary>
/// <remarks>
/// They have no list of where anything lies, and their ISO 9660 tree is no tree: files are found by their names in UDF. The same archive
/// has the same <c>job_id</c> on each of its discs.
/// </remarks>
public static class OdarchiveDisc
{
    /// <summary>What says which disc it is.</summary>
    public const string Description = "disc_info.json";

    private const string Catalogue = "catalogue.json";

    /// <summary>Finds out which disc it is.</summary>
    /// <returns>Null where it is none of odarchive's, or its documents can't be read.</returns>
    public static DiscIdentity? Identify(ArchiveDisc disc)
    {
        if (disc.ReadShort(Description) is not { } description || Number(description) is not { } number || JobOf(disc) is not { } job)
        {
            return null;
        }

        return new()
        {
            Archive = job,
            Disc = OdarchiveUuid.Of(job, number),
            Number = number,
            Label = $"disc {number} of odarchive",
            Planned = DateTimeOffset.MinValue,
            CatalogueFile = Catalogue,
            CatalogueSha256 = "",
            IsOdarchive = true,
        };
    }

    /// <summary>Fills a catalogue from one of the discs: each has all of it.</summary>
    public static CatalogueOrigin Adopt(IReadOnlyList<ArchiveDisc> discs, CatalogueDatabase database, CancellationToken cancellationToken)
    {
        OperationFailedException? failure = null;
        foreach (ArchiveDisc disc in discs)
        {
            try
            {
                using Stream document = disc.OpenDocument(Catalogue);
                CatalogueImport.Read(document, database, place: null, TimeProvider.System, cancellationToken);
                PlaceTheRest(disc, database);
                return new(disc.Identity.Label, failure is null, 0);
            }
            catch (OperationFailedException e)
            {
                failure = e;
            }
        }

        throw failure!;
    }

    /// <summary>Its command <c>archive</c> makes one disc of everything, and its catalogue then speaks of no disc.</summary>
    private static void PlaceTheRest(ArchiveDisc disc, CatalogueDatabase database)
    {
        using Statement placed = database.Prepare("SELECT EXISTS (SELECT 1 FROM placement)");
        if (placed.Scalar() == 0)
        {
            database.Run($"""
                INSERT INTO plan (id, uuid, created, scan, capacity, detail) SELECT 1, '', finished, id, 0, '{"{}"}' FROM scan;
                INSERT INTO disc (number, plan, uuid, label, status, sectors, files, bytes) VALUES ({disc.Identity.Number}, 1, '{disc.Identity.Disc}', '{disc.Identity.Label}', 'imported', 0, 0, 0);
                INSERT INTO placement (content, part, disc, offset, length) SELECT id, 0, {disc.Identity.Number}, 0, size FROM content;
                """);
        }
    }

    private static int? Number(byte[] description)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(description);

            // As text, and "None" where there is but one disc.
            return document.RootElement.GetProperty("disc_num").ToString() is var text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
                : text == "None" ? 0 : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static Guid? JobOf(ArchiveDisc disc)
    {
        using Stream document = disc.OpenDocument(Catalogue);
        JsonSource json = new(document);
        Guid? job = null;
        bool hasFiles = false;
        try
        {
            if (!json.Read() || json.Token != JsonTokenType.StartObject)
            {
                return null;
            }

            while (json.Read() && json.Token == JsonTokenType.PropertyName)
            {
                string key = json.Text!;
                hasFiles |= key == "files";
                if (key == "job_id" && json.Value() is { ValueKind: JsonValueKind.String } value && Guid.TryParse(value.GetString(), out Guid id))
                {
                    job = id;
                }
                else if (key != "job_id")
                {
                    json.Skip();
                }
            }
        }
        catch (JsonException)
        {
            // Damaged: what was read before is still so.
        }

        return hasFiles ? job ?? Guid.Empty : null;
    }
}
