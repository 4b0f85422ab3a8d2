// SPDX-License-Identifier: MIT
using System.IO.Compression;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Spindle.Archiving.Catalogue;
using Spindle.Media;

namespace Spindle.Archiving.Exchange;

/// <summary>Reads a catalogue that was written as JSON into an empty one, record by record.</summary>
public static class CatalogueImport
{
    /// <summary>Imports our own document, or odarchive's of version 1 or 2; either may be compressed with gzip.</summary>
    /// <param name="input">The document.</param>
    /// <param name="database">Open for writing, and empty. It stays so if the document can't be read to its end.</param>
    /// <param name="time">The zone of odarchive's times.</param>
    /// <param name="cancellationToken">Leaves the catalogue empty.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="OperationFailedException"><c>catalogue-not-empty</c>, <c>bad-import</c>.</exception>
    public static ImportResult Read(Stream input, CatalogueDatabase database, TimeProvider time, CancellationToken cancellationToken) =>
        CatalogueDatabase.Guarded(database.Path, () =>
        {
            using Statement any = database.Prepare("SELECT EXISTS (SELECT 1 FROM scan) OR EXISTS (SELECT 1 FROM plan)");
            if (any.Scalar() != 0)
            {
                throw new OperationFailedException(new("catalogue-not-empty", $"{database.Path} holds an archive already", "import into a new one: --catalogue NEW.db"));
            }

            using SqliteTransaction transaction = database.BeginWriting();
            try
            {
                using ImportTables tables = new(database);
                ImportResult result = Read(new JsonSource(Plain(input)), database, tables, (time, cancellationToken));
                tables.Finish();
                transaction.Commit();
                return result;
            }
            catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
            {
                throw new OperationFailedException(new("bad-import", $"this catalogue contradicts itself: {e.Message}", "import an older one, or that of another disc"), e);
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or InvalidDataException or OverflowException)
            {
                throw new OperationFailedException(new("bad-import", $"this is no catalogue that can be read: {e.Message}", "import a catalogue.json of spindle or odarchive"), e);
            }
        });

    private static ImportResult Read(JsonSource json, CatalogueDatabase database, ImportTables tables, (TimeProvider Time, CancellationToken Cancellation) run)
    {
        bool isObject = json.Read() && json.Token == JsonTokenType.StartObject && json.Read();
        if (!isObject)
        {
            throw new JsonException("it is no JSON object");
        }

        return json is { Token: JsonTokenType.PropertyName, Text: "schema" }
            ? new OwnImport(json, database, tables).Read(run.Cancellation)
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
    private sealed class PrefixedStream(byte[] first, Stream rest) : Stream
    {
        private int _taken;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int length = Math.Min(count, first.Length - _taken);
            if (length == 0)
            {
                return rest.Read(buffer, offset, count);
            }

            first.AsSpan(_taken, length).CopyTo(buffer.AsSpan(offset));
            _taken += length;
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>What was imported.</summary>
/// <param name="Format"><c>spindle/catalogue/1</c>, or <c>odarchive</c> with its version.</param>
/// <param name="Entries">Names, also those that are gone.</param>
/// <param name="Contents">Different contents.</param>
/// <param name="Discs">Discs.</param>
public sealed record ImportResult(string Format, long Entries, long Contents, long Discs);
