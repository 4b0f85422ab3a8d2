// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Spindle.Catalogue.Documents;

/// <summary>Writes lines of columns, as bytes: names need not be text.</summary>
/// <remarks>Public lists of millions of lines go through here; it makes no string of any of them.</remarks>
public sealed class LineWriter(Stream output) : IDisposable
{
    private const int FlushAt = 1 << 16;

    private static readonly SearchValues<byte> AsTheyAre = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(value => (byte)value).Where(value => value != '\\')]);

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushAt + 4096);
    private long _flushed;

    /// <summary>Bytes written so far.</summary>
    public long Position => _flushed + _buffer.WrittenCount;

    /// <summary>Writes bytes as they are.</summary>
    public LineWriter Raw(ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        return this;
    }

    /// <summary>Writes what parts two columns.</summary>
    public LineWriter Tab() => Raw("\t"u8);

    /// <summary>Ends the line, with a line feed.</summary>
    public void End()
    {
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushAt)
        {
            Flush();
        }
    }

    /// <summary>Writes decimal digits.</summary>
    public LineWriter Number(long value)
    {
        Span<byte> digits = _buffer.GetSpan(20);
        Utf8Formatter.TryFormat(value, digits, out int length);
        _buffer.Advance(length);
        return this;
    }

    /// <summary>Lower-case hexadecimal digits; a hyphen where there is nothing.</summary>
    public LineWriter Hex(byte[]? bytes)
    {
        if (bytes is null)
        {
            return Raw("-"u8);
        }

        Span<byte> digits = _buffer.GetSpan(bytes.Length * 2);
        Convert.TryToHexStringLower(bytes, digits, out int length);
        _buffer.Advance(length);
        return this;
    }

    /// <summary>
    /// Writes a name so that it is one column of valid UTF-8: backslash, tab, line feed and carriage return as <c>\\ \t \n \r</c>,
    /// other control characters and bytes that are no UTF-8 as <c>\0ooo</c>, all of which <c>printf %b</c> (POSIX.1-2017) undoes.
    /// </summary>
    public LineWriter Escaped(ReadOnlySpan<byte> name)
    {
        int plain = name.IndexOfAnyExcept(AsTheyAre);
        if (plain < 0)
        {
            return Raw(name);
        }

        Raw(name[..plain]);
        name = name[plain..];
        while (!name.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(name, out Rune rune, out int length);
            ReadOnlySpan<byte> bytes = name[..length];
            name = name[length..];
            if (status == OperationStatus.Done && !Rune.IsControl(rune) && rune.Value != '\\')
            {
                Raw(bytes);
                continue;
            }

            foreach (byte value in bytes)
            {
                Escape(value);
            }
        }

        return this;
    }

    /// <inheritdoc/>
    public void Dispose() => Flush();

    private void Escape(byte value)
    {
        switch (value)
        {
            case (byte)'\\':
                Raw("\\\\"u8);
                break;
            case (byte)'\t':
                Raw("\\t"u8);
                break;
            case (byte)'\n':
                Raw("\\n"u8);
                break;
            case (byte)'\r':
                Raw("\\r"u8);
                break;
            default:
                Raw([(byte)'\\', (byte)'0', (byte)('0' + (value >> 6)), (byte)('0' + ((value >> 3) & 7)), (byte)('0' + (value & 7))]);
                break;
        }
    }

    private void Flush()
    {
        output.Write(_buffer.WrittenSpan);
        _flushed += _buffer.WrittenCount;
        _buffer.ResetWrittenCount();
    }
}
