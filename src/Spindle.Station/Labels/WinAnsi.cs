// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Station.Labels;

/// <summary>The letters that the fonts of each reader of PDF have (ISO 32000-1 Annex D.2, WinAnsiEncoding).</summary>
internal static class WinAnsi
{
    private const char Missing = '?';

    // 80h to 9Fh; those without a letter are blanks here.
    private const string Special = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    /// <summary>A text as a literal string (§7.3.4.2).</summary>
    /// <param name="text">The text.</param>
    /// <param name="unknown">How many of its letters there are not.</param>
    public static string Literal(string text, out int unknown)
    {
        StringBuilder literal = new("(");
        unknown = 0;
        foreach (Rune letter in text.EnumerateRunes())
        {
            int special = letter.IsBmp && letter.Value > 0xFF ? Special.IndexOf((char)letter.Value, StringComparison.Ordinal) : -1;
            int code = letter.Value is (>= 0x20 and < 0x7F) or (>= 0xA0 and <= 0xFF) ? letter.Value : special >= 0 ? 0x80 + special : Missing;
            unknown += code == Missing && letter.Value != Missing ? 1 : 0;
            _ = code is '(' or ')' or '\\' ? literal.Append('\\').Append((char)code)
                : code < 0x7F ? literal.Append((char)code)
                : literal.Append('\\').Append(Convert.ToString(code, 8));
        }

        return literal.Append(')').ToString();
    }
}
