// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Spindle.Formats.Names;

/// <summary>Guesses in what charset names are: something to suggest to a person who sees them, and nothing to rely on.</summary>
internal static class CharsetGuess
{
    private const double LeastSure = 0.6;

    // In the order of preference among equals. The names are those of the IANA registry.
    private static readonly string[] Candidates =
        ["shift_jis", "euc-jp", "euc-kr", "big5", "gb18030", "windows-1251", "koi8-r", "cp866", "windows-1253", "windows-1252", "ibm437", "macintosh"];

    /// <summary>The charset that makes the best words of all names.</summary>
    /// <returns>Its name; null where none makes words.</returns>
    public static string? Of(IReadOnlyList<byte[]> names)
    {
        (string? best, double most) = (null, LeastSure);
        foreach (string candidate in names.Count > 0 ? Candidates : [])
        {
            double score = Score(Charsets.Find(candidate)!, names);
            if (score > most)
            {
                (best, most) = (candidate, score);
            }
        }

        return best;
    }

    private static double Score(Encoding charset, IReadOnlyList<byte[]> names)
    {
        double sum = 0;
        int count = 0;
        try
        {
            foreach (string text in names.Select(charset.GetString))
            {
                for (int index = 0; index < text.Length; index++)
                {
                    if (text[index] >= 0x80)
                    {
                        sum += Fits(text[index], index > 0 ? text[index - 1] : '\0', index + 1 < text.Length ? text[index + 1] : '\0');
                        count++;
                    }
                }
            }
        }
        catch (DecoderFallbackException)
        {
            return 0;
        }

        return count == 0 ? 0 : sum / count;
    }

    /// <summary>How well a character stands between its neighbours, from 0 to 1.</summary>
    private static double Fits(char character, char before, char behind)
    {
        Script script = ScriptOf(character);
        bool standsInWord = char.IsLetter(before) || char.IsLetter(behind);
        bool isAmongOwn = (!char.IsLetter(before) || ScriptOf(before) == script || IsEastern(before, script)) && (!char.IsLetter(behind) || ScriptOf(behind) == script || IsEastern(behind, script));
        double own = !isAmongOwn ? 0.2 : char.IsLower(before) && char.IsUpper(character) ? 0.3 : 1;
        return script switch
        {
            Script.Kana => own,
            Script.Hangul => own * 0.97,
            Script.Ideograph => own * 0.9, // nearly any two bytes are one in some charset
            Script.Cyrillic or Script.Greek => own * 0.95,
            Script.Latin => standsInWord ? own * 0.95 : 0.3,
            _ => 0,
        };
    }

    // Japanese mixes kana and ideographs.
    private static bool IsEastern(char neighbour, Script script) => script is Script.Kana or Script.Ideograph && ScriptOf(neighbour) is Script.Kana or Script.Ideograph;

    private static Script ScriptOf(char character) => character switch
    {
        _ when !char.IsLetter(character) && CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.ModifierLetter => Script.None,
        < '\u0250' => Script.Latin,
        >= '\u0370' and < '\u0400' => Script.Greek,
        >= '\u0400' and < '\u0530' => Script.Cyrillic,
        >= '\u3040' and < '\u3100' => Script.Kana,
        >= '\u4E00' and < '\uA000' => Script.Ideograph,
        >= '\uAC00' and < '\uD7B0' => Script.Hangul,
        _ => Script.None,
    };

    private enum Script
    {
        None,
        Latin,
        Greek,
        Cyrillic,
        Kana,
        Ideograph,
        Hangul,
    }
}
