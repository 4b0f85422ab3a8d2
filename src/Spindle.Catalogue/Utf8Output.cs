// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Spindle.Catalogue;

/// <summary>Text in UTF-8 that goes to a stream piece by piece, with JSON's strings as Python's json module writes them (ensure_ascii=False).</summary>
internal sealed class Utf8Output(Stream stream)
{
    private const int BufferLength = 128 * 1024;
    private const int LongestNumber = 20;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(value => (byte)value), (byte)'"', (byte)'\\']);

    private readonly byte[] _buffer = new byte[BufferLength];
    private int _length;

    /// <summary>Writes text as it is.</summary>
    public Utf8Output Raw(ReadOnlySpan<byte> text)
    {
        while (text.Length > _buffer.Length - _length)
        {
            int part = _buffer.Length - _length;
            text[..part].CopyTo(_buffer.AsSpan(_length));
            _length += part;
            text = text[part..];
            Flush();
        }

        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
        return this;
    }

    public Utf8Output Number(long value)
    {
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_length), out int written);
        _length += written;
        return this;
    }

    public Utf8Output Hex(ReadOnlySpan<byte> bytes)
    {
        Reserve(2 * bytes.Length);
        Convert.TryToHexStringLower(bytes, _buffer.AsSpan(_length), out int written);
        _length += written;
        return this;
    }

    public Utf8Output Base64Of(ReadOnlySpan<byte> bytes) => Raw(Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)));

    /// <summary>A JSON string; what is not UTF-8 shows as U+FFFD.</summary>
    public Utf8Output Quoted(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
        {
            text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
        }

        Raw("\""u8);
        for (int stop; (stop = text.IndexOfAny(Escaped)) >= 0; text = text[(stop + 1)..])
        {
            Raw(text[..stop]);
            Escape(text[stop]);
        }

        return Raw(text).Raw("\""u8);
    }

    public Utf8Output Quoted(string text) => Quoted(Encoding.UTF8.GetBytes(text));

    public void Flush()
    {
        stream.Write(_buffer, 0, _length);
        _length = 0;
    }

    private void Escape(byte value)
    {
        switch (value)
        {
            case (byte)'"':
                Raw("\\\""u8);
                break;
            case (byte)'\\':
                Raw("\\\\"u8);
                break;
            case (byte)'\n':
                Raw("\\n"u8);
                break;
            case (byte)'\r':
                Raw("\\r"u8);
                break;
            case (byte)'\t':
                Raw("\\t"u8);
                break;
            case (byte)'\b':
                Raw("\\b"u8);
                break;
            case (byte)'\f':
                Raw("\\f"u8);
                break;
            default:
                Raw("\\u00"u8).Hex([value]);
                break;
        }
    }

    private void Reserve(int length)
    {
        if (_buffer.Length - _length < length)
        {
            Flush();
        }
    }
}
