// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Formats.Names;

/// <summary>The charsets in which names of old discs may be.</summary>
public static class Charsets
{
    /// <summary>Finds one by its name in the registry of IANA, such as <c>shift_jis</c>, or as <c>cp</c> with the number of its code page.</summary>
    /// <returns>It, which throws on bytes that are no text in it; null where there is none of that name.</returns>
    public static Encoding? Find(string name)
    {
        try
        {
            bool isNumber = int.TryParse(name.StartsWith("cp", StringComparison.OrdinalIgnoreCase) ? name[2..] : name, out int page);
            Encoding? found = isNumber ? CodePagesEncodingProvider.Instance.GetEncoding(page) : CodePagesEncodingProvider.Instance.GetEncoding(name);
            found ??= isNumber ? Encoding.GetEncoding(page) : Encoding.GetEncoding(name);
            Encoding strict = (Encoding)found.Clone();
            strict.DecoderFallback = DecoderFallback.ExceptionFallback;
            return strict;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
