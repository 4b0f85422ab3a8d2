// SPDX-License-Identifier: MIT
using System.IO.Compression;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Catalogue.Exchange;

/// <summary>Reads a catalogue that was written as JSON, record by record: into an empty one, or to what is there already.</summary>
public static class CatalogueImport
{
    /// <summary>Imports our own document, or odarchive's of version 1 or 2; either may be compressed with gzip.</summary>
    /// <remarks>
    /// An empty catalogue becomes that archive. One that is the same archive gets what it lacks. Another archive comes in under a name,
    /// with discs, scans and plans behind ours; what both hold is one content from then on.
    /// </remarks>
    /// <param name="input">The document; it stays open.</param>
    /// <param name="database">Open for writing. It stays as it is if the document can't be read to its end.</param>
    /// <param name="place">Where the tree of another archive is to stand in this one, from its root; null for none.</param>
    /// <param name="time">The zone of odarchive's times.</param>
    /// <param name="cancellationToken">Leaves the catalogue as it is.</param>
    /// <param name="teller">The disc that the document lay on, by its <c>disc.json</c>: so that disc was written. Null where that is not known.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="OperationFailedException"><c>catalogue-not-empty</c>, <c>same-archive</c>, <c>bad-prefix</c>, <c>place-taken</c>, <c>catalogues-diverged</c>, <c>bad-import</c>.</exception>
    public static ImportResult Read(
        Stream input, CatalogueDatabase database, string? place, TimeProvider time, CancellationToken cancellationToken, Guid? teller = null) =>
        CatalogueDatabase.Guarded(database.Path, () =>
        {
            using Statement any = database.Prepare("SELECT EXISTS (SELECT 1 FROM scan) OR EXISTS (SELECT 1 FROM plan)");
            ImportResult result = any.Scalar() == 0 && place is null
                ? Fill(new(input, teller), database, time, cancellationToken)
                : Merge(new(input, teller), place, database, time, cancellationToken);
            using Statement told = database.Prepare("SELECT count(*) FROM disc WHERE status = 'told'");
            return result with { DiscsToldOf = told.Scalar()!.Value };
        });

    private static ImportResult Fill(Told told, CatalogueDatabase database, TimeProvider time, CancellationToken cancellationToken)
    {
        using SqliteTransaction transaction = database.BeginWriting();
        try
        {
            using ImportTables tables = new(database);
            ImportResult result = Read(new JsonSource(Plain(told.Input)), database, tables, (told.Teller, time, cancellationToken));
            ImportTables.NumberEntriesAboveLinkGroups(database);
            transaction.Commit();
            return result with { NewEntries = result.Entries };
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            throw Failures.Contradicting(e);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or InvalidDataException or OverflowException)
        {
            throw Failures.NoDocument(e);
        }
    }

    /// <summary>The document becomes a catalogue of its own first, beside ours, for as long as this takes.</summary>
    private static ImportResult Merge(Told told, string? place, CatalogueDatabase database, TimeProvider time, CancellationToken cancellationToken)
    {
        if (place is not null && ArchivePath.PlaceOf(place) is not { Length: > 0 })
        {
            throw Failures.BadPlace(place);
        }

        string incoming = database.Path + "-import";
        DeleteCatalogue(incoming); // of a run that was killed
        try
        {
            ImportResult result;
            Guid archive;
            using (CatalogueDatabase other = CatalogueDatabase.OpenOrCreate(incoming))
            {
                other.Run("PRAGMA synchronous = OFF");
                result = Fill(told, other, time, cancellationToken);
                archive = other.Uuid;
            }

            using CatalogueMerge merge = new(database, incoming);
            long added = (archive == database.Uuid, place) switch
            {
                (true, null) => merge.AddOwn(),
                (true, _) => throw Failures.SameArchive(database.Path),
                (false, null) => throw Failures.NotEmpty(database.Path),
                (false, { } name) => merge.AddOther(ArchivePath.PlaceOf(name)!),
            };
            cancellationToken.ThrowIfCancellationRequested();
            merge.Commit();
            return result with { NewEntries = added };
        }
        finally
        {
            DeleteCatalogue(incoming);
        }
    }

    private static void DeleteCatalogue(string path)
    {
        foreach (string suffix in (string[])["", "-wal", "-shm"])
        {
            File.Delete(path + suffix);
        }
    }

    private static ImportResult Read(JsonSource json, CatalogueDatabase database, ImportTables tables, (Guid? Teller, TimeProvider Time, CancellationToken Cancellation) run)
    {
        bool isObject = json.Read() && json.Token == JsonTokenType.StartObject && json.Read();
        if (!isObject)
        {
            throw new JsonException("it is no JSON object");
        }

        return json is { Token: JsonTokenType.PropertyName, Text: "schema" }
            ? new OwnImport(json, database, tables, run.Teller).Read(run.Cancellation)
            : new OdarchiveImport(json, database, tables, run.Time.LocalTimeZone).Read(run.Cancellation);
    }

    private static Stream Plain(Stream input)
    {
        BufferedStream buffered = new(input);
        Span<byte> magic = stackalloc byte[2];
        int length = buffered.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        Stream whole = new PrefixedStream(magic[..length].ToArray(), buffered);
        return length == 2 && magic[0] == 0x1F && magic[1] == 0x8B ? new GZipStream(whole, CompressionMode.Decompress) : whole; // RFC 1952 §2.3.1
    }

    /// <summary>A stream whose first bytes were looked at.</summary>
    private sealed class PrefixedStream(byte[] first, Stream rest) : ForwardStream
    {
        private int _taken;

        public override int Read(Span<byte> buffer)
        {
            int length = Math.Min(buffer.Length, first.Length - _taken);
            if (length == 0)
            {
                return rest.Read(buffer);
            }

            first.AsSpan(_taken, length).CopyTo(buffer);
            _taken += length;
            return length;
        }
    }

    /// <summary>A document, and the disc that it lay on.</summary>
    private readonly record struct Told(Stream Input, Guid? Teller);
}

/// <summary>What was imported.</summary>
/// <param name="Format"><c>spindle/catalogue/1</c>, or <c>odarchive</c> with its version.</param>
/// <param name="Entries">Names, also those that are gone.</param>
/// <param name="Contents">Different contents.</param>
/// <param name="Discs">Discs.</param>
public sealed record ImportResult(string Format, long Entries, long Contents, long Discs)
{
    /// <summary>Names that the catalogue did not know before.</summary>
    public long NewEntries { get; init; }

    /// <summary>Discs of the catalogue that nothing proves: they may have been written or not.</summary>
    public long DiscsToldOf { get; init; }
}
