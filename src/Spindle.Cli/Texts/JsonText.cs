// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spindle.Cli.Terminals;
using Spindle.Station.Contract;

namespace Spindle.Cli.Texts;

/// <summary>A document as programs get it: one of JSON, written while it is read.</summary>
/// <param name="form">How its type is written.</param>
internal sealed class JsonText<TDocument>(JsonTypeInfo<TDocument> form) : IText<TDocument>
    where TDocument : Document
{
    public void Write(TDocument document, TextLines lines) => Write(document, form, lines.Plain);

    public static void Write(TDocument document, JsonTypeInfo<TDocument> form, TextWriter output)
    {
        using (TextWriterStream stream = new(output))
        {
            JsonSerializer.Serialize(stream, document, form);
        }

        output.WriteLine();
    }
}
