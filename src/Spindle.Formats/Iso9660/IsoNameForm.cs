// SPDX-License-Identifier: MIT
using Spindle.Formats.Names;

namespace Spindle.Formats.Iso9660;

/// <summary>Names of ISO 9660: A-Z, 0-9 and _, one dot and a version in the names of files (ECMA-119 §7.5, §7.6).</summary>
/// <remarks>31 bytes at most, dot and version included: what level 1 and 2 of interchange and the oldest readers take.</remarks>
public sealed class IsoNameForm : NameForm
{
    private const int DirectoryLimit = 31;

    // 31 without the dot and ";1".
    private const int FileLimit = 28;
    private const int ExtensionLimit = 8;

    /// <inheritdoc/>
    public override int Encode(ReadOnlySpan<byte> name, bool isDirectory, Span<byte> encoded, out bool isExact)
    {
        int length = Compose(name, isDirectory, encoded, []);
        isExact = KeyOf(encoded[..length]).SequenceEqual(name);
        return length;
    }

    /// <inheritdoc/>
    public override int EncodeNumbered(ReadOnlySpan<byte> name, bool isDirectory, Span<byte> encoded, int number)
    {
        Span<char> mark = stackalloc char[16];
        return Compose(name, isDirectory, encoded, mark[..Mark('_', number, mark)]);
    }

    /// <inheritdoc/>
    /// <remarks>Without the version, and without the dot of an empty extension: a file A and a directory A must not meet.</remarks>
    public override ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> encoded)
    {
        ReadOnlySpan<byte> key = encoded.EndsWith(";1"u8) ? encoded[..^2] : encoded;
        return key.EndsWith("."u8) ? key[..^1] : key;
    }

    private static int Compose(ReadOnlySpan<byte> name, bool isDirectory, Span<byte> encoded, ReadOnlySpan<char> mark)
    {
        int dot = isDirectory ? -1 : name.LastIndexOf((byte)'.');
        Span<byte> stem = stackalloc byte[MaximumLength];
        Span<byte> extension = stackalloc byte[MaximumLength];
        int stemLength = Allowed(dot > 0 ? name[..dot] : name, stem);
        int extensionLength = dot > 0 ? Allowed(name[(dot + 1)..], extension) : 0;

        int limit = isDirectory ? DirectoryLimit : FileLimit;
        if (stemLength + extensionLength + mark.Length > limit)
        {
            extensionLength = Math.Min(extensionLength, ExtensionLimit);
            stemLength = Math.Min(stemLength, limit - extensionLength - mark.Length);
        }

        stem[..stemLength].CopyTo(encoded);
        int length = stemLength;
        foreach (char character in mark)
        {
            encoded[length++] = (byte)character;
        }

        if (isDirectory)
        {
            return length;
        }

        encoded[length++] = (byte)'.';
        extension[..extensionLength].CopyTo(encoded[length..]);
        length += extensionLength;
        encoded[length++] = (byte)';';
        encoded[length++] = (byte)'1';
        return length;
    }

    // One underscore for each character that is not allowed, however many bytes of UTF-8 it has.
    private static int Allowed(ReadOnlySpan<byte> name, Span<byte> allowed)
    {
        int length = 0;
        foreach (byte value in name)
        {
            if (value is >= 0x80 and < 0xC0)
            {
                continue;
            }

            allowed[length++] = value switch
            {
                >= (byte)'a' and <= (byte)'z' => (byte)(value - 32),
                (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') => value,
                _ => (byte)'_',
            };
        }

        if (length == 0 && !name.IsEmpty)
        {
            allowed[length++] = (byte)'_';
        }

        return length;
    }
}
