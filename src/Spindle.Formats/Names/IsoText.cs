// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Formats.Names;

/// <summary>Makes text of the bytes of a name, whatever they are.</summary>
internal static class IsoText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>UTF-8 where the bytes are that, else each byte a character of Latin-1: no name is lost, none collides.</summary>
    public static string Bytes(ReadOnlySpan<byte> bytes) => Bytes(bytes, out _);

    /// <summary>The same.</summary>
    /// <param name="bytes">The name.</param>
    /// <param name="isUtf8">Whether the bytes are UTF-8.</param>
    public static string Bytes(ReadOnlySpan<byte> bytes, out bool isUtf8)
    {
        isUtf8 = true;
        if (Ascii.IsValid(bytes))
        {
            return Encoding.Latin1.GetString(bytes); // the same, and does not check again
        }

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            isUtf8 = false;
            return Encoding.Latin1.GetString(bytes);
        }
    }

    /// <summary>A field of fixed length: without what fills it up at its end.</summary>
    public static string Field(ReadOnlySpan<byte> field) => Bytes(field.TrimEnd(" \0"u8));

    /// <summary>The name that people know: without the version <c>;1</c> and without the dot of an empty extension.</summary>
    public static string WithoutVersion(string identifier)
    {
        string name = identifier.EndsWith(";1", StringComparison.Ordinal) ? identifier[..^2] : identifier;
        return name.Length > 1 && name.EndsWith('.') ? name[..^1] : name;
    }
}
