// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Cli.Terminals;

/// <summary>A stream of UTF-8 whose text goes to a writer, which stays open.</summary>
internal sealed class TextWriterStream(TextWriter writer) : WriteOnlyStream
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Span<char> characters = stackalloc char[1024];
        while (buffer.Length > 0)
        {
            _decoder.Convert(buffer, characters, flush: false, out int bytes, out int count, out _);
            writer.Write(characters[..count]);
            buffer = buffer[bytes..];
        }
    }
}
