// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace Spindle.Catalogue.Exchange;

/// <summary>A JSON document that is read piece by piece: token by token, or a value at a time.</summary>
internal sealed class JsonSource(Stream stream)
{
    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _isOver;
    private JsonReaderState _state;

    /// <summary>What <see cref="Read"/> came upon.</summary>
    public JsonTokenType Token { get; private set; }

    /// <summary>Its text, where it is a string or a name.</summary>
    public string? Text { get; private set; }

    /// <summary>Goes on to the next token.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public bool Read()
    {
        while (true)
        {
            Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), _isOver, _state);
            if (reader.Read())
            {
                Token = reader.TokenType;
                Text = Token is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
                Advance(reader);
                return true;
            }

            if (_isOver)
            {
                return false;
            }

            Fill();
        }
    }

    /// <summary>Reads the value that comes next as a whole.</summary>
    /// <returns>Null where an array or an object ends instead.</returns>
    public JsonElement? Value()
    {
        while (true)
        {
            Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), _isOver, _state);
            if (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
                {
                    Advance(reader);
                    return null;
                }

                if (JsonDocument.TryParseValue(ref reader, out JsonDocument? document))
                {
                    using (document)
                    {
                        Advance(reader);
                        return document.RootElement.Clone();
                    }
                }
            }

            if (_isOver)
            {
                throw new JsonException("the document ends too early");
            }

            Fill();
        }
    }

    /// <summary>Leaves the value that comes next out, token by token: it may be as large as the document.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public void Skip()
    {
        int depth = 0;
        do
        {
            if (!Read())
            {
                throw new JsonException("the document ends too early");
            }

            depth += Token is JsonTokenType.StartArray or JsonTokenType.StartObject ? 1 : Token is JsonTokenType.EndArray or JsonTokenType.EndObject ? -1 : 0;
        }
        while (depth > 0);
    }

    private void Advance(in Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        int read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        _isOver = read == 0;
    }
}
