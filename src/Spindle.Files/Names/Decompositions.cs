// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;

namespace Spindle.Files.Names;

/// <summary>Takes text apart into the characters that it is made of: é into e and an accent, a syllable of Hangul into its letters.</summary>
/// <remarks>
/// Canonical decomposition as in The Unicode Standard, 3.7 and 3.12. This program runs without the system's tables of languages, where the
/// runtime's own leaves text as it is. Accents are brought into the order of their numbers and not of their classes: which text is equal
/// to which is all that is asked here.
/// </remarks>
internal static partial class Decompositions
{
    private const int Syllables = 0xAC00;
    private const int SyllableCount = 11_172;
    private const int LeadingLetters = 0x1100;
    private const int Vowels = 0x1161;
    private const int TrailingLetters = 0x11A7;
    private const int VowelCount = 21;
    private const int TrailingCount = 28;

    private static readonly Lazy<Dictionary<char, (char First, char Second)>> Parts = new(Read);

    /// <summary>The text, taken apart.</summary>
    public static string Of(string text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text;
        }

        List<char> apart = new(text.Length + 8);
        foreach (char character in text)
        {
            Add(apart, character);
        }

        char[] characters = [.. apart];
        for (int start = 0; start < characters.Length; start++)
        {
            int end = start;
            while (end < characters.Length && IsAccent(characters[end]))
            {
                end++;
            }

            characters.AsSpan(start..end).Sort();
            start = Math.Max(start, end - 1);
        }

        return new(characters);
    }

    private static bool IsAccent(char character) => character >= '\u0300' && CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark;

    private static void Add(List<char> apart, char character)
    {
        int syllable = character - Syllables;
        if (syllable is >= 0 and < SyllableCount)
        {
            apart.Add((char)(LeadingLetters + (syllable / (VowelCount * TrailingCount))));
            apart.Add((char)(Vowels + (syllable % (VowelCount * TrailingCount) / TrailingCount)));
            if (syllable % TrailingCount != 0)
            {
                apart.Add((char)(TrailingLetters + (syllable % TrailingCount)));
            }
        }
        else if (character >= '\x80' && Parts.Value.TryGetValue(character, out (char First, char Second) parts))
        {
            Add(apart, parts.First);
            if (parts.Second != 0)
            {
                apart.Add(parts.Second);
            }
        }
        else
        {
            apart.Add(character);
        }
    }

    private static Dictionary<char, (char, char)> Read()
    {
        byte[] table = Convert.FromBase64String(Table);
        Dictionary<char, (char, char)> parts = new(table.Length / 6);
        for (int at = 0; at < table.Length; at += 6)
        {
            parts.Add(CharacterAt(at), (CharacterAt(at + 2), CharacterAt(at + 4)));
        }

        return parts;

        char CharacterAt(int place) => (char)BinaryPrimitives.ReadUInt16LittleEndian(table.AsSpan(place));
    }
}
