// SPDX-License-Identifier: MIT
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Spindle.Catalogue.Documents;

/// <summary>Writes <c>ARCHIVE/meta.jsonl</c>: what no file system of the disc holds, a JSON object a line.</summary>
public sealed class MetadataLines(Stream output) : IDisposable
{
    private readonly LineWriter _lines = new(output);
    private readonly System.Buffers.ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Adds a line for an entry that has such.</summary>
    public void Add(DiscEntry entry)
    {
        if (entry.Extra is null)
        {
            return;
        }

        _buffer.ResetWrittenCount();
        using (Utf8JsonWriter json = new(_buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("path"u8, System.Text.Encoding.UTF8.GetString(entry.Path));
            if (!Utf8.IsValid(entry.Path))
            {
                json.WriteBase64String("pathBytes"u8, entry.Path);
            }

            json.WritePropertyName("extra"u8);
            json.WriteRawValue(entry.Extra);
            json.WriteEndObject();
        }

        _lines.Raw(_buffer.WrittenSpan).End();
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();
}
