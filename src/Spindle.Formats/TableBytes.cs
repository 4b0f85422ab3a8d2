// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace Spindle.Formats;

/// <summary>The bytes of a table of contents, by offset from 0; what would lie outside is null, for tables may say anything.</summary>
/// <remarks>All numbers are big-endian, as on every disc for players.</remarks>
/// <param name="bytes">All of the file.</param>
internal sealed class TableBytes(byte[] bytes)
{
    /// <summary>Bytes of the file.</summary>
    public int Length => bytes.Length;

    /// <summary>Whether letters stand at an offset.</summary>
    public bool Says(long offset, string letters) => Has(offset, letters.Length) && bytes.AsSpan((int)offset, letters.Length).SequenceEqual(Encoding.ASCII.GetBytes(letters));

    public int? Byte(long offset) => Has(offset, 1) ? bytes[offset] : null;

    public int? Word(long offset) => Has(offset, 2) ? BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan((int)offset)) : null;

    public long? Long(long offset) => Has(offset, 4) ? BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan((int)offset)) : null;

    /// <summary>Text of printable ASCII, without spaces around it; null where there is none, or something else.</summary>
    public string? Text(long offset, int length)
    {
        if (!Has(offset, length))
        {
            return null;
        }

        string text = Encoding.ASCII.GetString(bytes, (int)offset, length).TrimEnd('\0').Trim();
        return text.Length > 0 && text.All(letter => letter is >= ' ' and <= '~') ? text : null;
    }

    private bool Has(long offset, int length) => offset >= 0 && offset + length <= bytes.Length;
}
