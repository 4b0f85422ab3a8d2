// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Spindle.Vault.Packing;

/// <summary>What objects are called on discs: their keys, name by name, as far as a file system has such names.</summary>
/// <remarks>
/// A name that none has (<c>.</c>, <c>..</c>, an empty one, one with control characters) and each per cent sign is percent-encoded; an empty name is <c>%</c>. A name of
/// more than 200 bytes is cut, and has a hash behind <c>%~</c>. An object that has the name of a directory, too, has <c>%=</c> behind it.
/// </remarks>
public static class KeyNames
{
    private const int Longest = 200; // bytes: file systems and UDF take 255, and an ending may follow
    private const int HashDigits = 16;

    /// <summary>Ends the name of an object beside a directory of its name.</summary>
    internal static ReadOnlySpan<byte> BesideDirectory => "%="u8;

    /// <summary>A name for a part of a key.</summary>
    public static byte[] Of(ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty)
        {
            return "%"u8.ToArray();
        }

        bool isDots = part.SequenceEqual("."u8) || part.SequenceEqual(".."u8);
        List<byte> name = new(part.Length);
        foreach (byte one in part)
        {
            if (isDots || one is < 0x20 or 0x7F or (byte)'%')
            {
                name.AddRange(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"%{one:X2}")));
            }
            else
            {
                name.Add(one);
            }
        }

        if (name.Count <= Longest)
        {
            return [.. name];
        }

        int cut = Longest - HashDigits - 2;
        while (cut > 0 && ((name[cut] & 0xC0) == 0x80 || name[cut - 1] == '%' || (cut > 1 && name[cut - 2] == '%')))
        {
            cut--; // within a character, or an encoded byte
        }

        return [.. name.Take(cut), .. "%~"u8, .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(part))[..HashDigits])];
    }

    /// <summary>The part of a key that has a name.</summary>
    /// <returns>Null where the name does not say it: it was cut.</returns>
    public static byte[]? PartOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("%"u8))
        {
            return [];
        }

        if (name.EndsWith(BesideDirectory))
        {
            name = name[..^BesideDirectory.Length];
        }

        if (name.IndexOf("%~"u8) >= 0)
        {
            return null;
        }

        List<byte> part = new(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == '%' && i + 2 < name.Length && byte.TryParse(name.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte one))
            {
                part.Add(one);
                i += 2;
            }
            else
            {
                part.Add(name[i]);
            }
        }

        return [.. part];
    }
}
