// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files;

namespace Spindle.Imaging.Records;

/// <summary>Reads files that may be records: never more than a record can have, and never waiting for a pipe.</summary>
internal static class RecordFile
{
    /// <summary>Bytes of the largest record that is read: a manifest of a disc has some kilobytes, a list of a hundred thousand images some megabytes.</summary>
    public const int LargestLength = 16 << 20;

    /// <summary>Reads a whole file as text.</summary>
    /// <param name="path">The file; a link is followed.</param>
    /// <returns>The text, or why it is none that a record has.</returns>
    /// <exception cref="IOException">It can't be read.</exception>
    public static (string? Text, string? Wrong) Read(string path)
    {
        using SourceFile file = SourceFile.Open(Encoding.UTF8.GetBytes(path));
        using MemoryStream bytes = new();
        byte[] piece = new byte[64 * 1024];
        for (int read; (read = file.Read(bytes.Length, piece)) > 0;)
        {
            if (bytes.Length + read > LargestLength)
            {
                return (null, "has more than 16 MiB, as no record of images has");
            }

            bytes.Write(piece, 0, read);
        }

        return TextOf(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) is { } text ? (text, null) : (null, "is no text in UTF-8, nor in UTF-16 with a byte order mark");
    }

    /// <summary>UTF-8, or what a byte order mark says (The Unicode Standard 15.0, section 23.8): editors of Windows save a record anew in UTF-16.</summary>
    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        (Encoding encoding, int mark) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (new UTF8Encoding(false, throwOnInvalidBytes: true), 3),
            [0xFF, 0xFE, ..] => (new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true), 2),
            [0xFE, 0xFF, ..] => (new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true), 2),
            _ => ((Encoding)new UTF8Encoding(false, throwOnInvalidBytes: true), 0),
        };
        try
        {
            return encoding.GetString(bytes[mark..]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
