// SPDX-License-Identifier: MIT
namespace Spindle.Catalogue.Documents;

/// <summary>Reads a document line by line: no more than one is in memory.</summary>
/// <param name="stream">The document; it is not closed.</param>
public sealed class DocumentLines(Stream stream)
{
    // Damage may take the ends of lines away: what is longer than any record of ours is handed on in pieces, which nobody understands.
    private const int LongestLine = 64 << 20;

    private byte[] _buffer = new byte[256 << 10];
    private int _start;
    private int _end;
    private bool _isOver;

    /// <summary>Whether the last line that was read ended with the document, and not with a line feed.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <param name="line">Without its line feed; holds until the next call.</param>
    /// <returns>False at the end.</returns>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        for (int searched = 0; ;)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = _buffer.AsMemory(_start, searched + length);
                _start += searched + length + 1;
                return true;
            }

            searched = _end - _start;
            if (_isOver || searched >= LongestLine)
            {
                line = _buffer.AsMemory(_start, searched);
                _start = _end;
                IsCut = true;
                return searched > 0;
            }

            Fill();
        }
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        try
        {
            int read = stream.Read(_buffer.AsSpan(_end));
            _end += read;
            _isOver = read == 0;
        }
        catch (InvalidDataException)
        {
            _isOver = true; // compressed, and damaged: what came before is of use
        }
    }
}
