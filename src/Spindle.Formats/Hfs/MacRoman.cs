// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Hfs;

/// <summary>Text in the character set of the first Macintosh.</summary>
internal static class MacRoman
{
    // 80 to FF, as in Apple's table ROMAN.TXT with the euro sign of 1998.
    private const string Upper =
        "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø" +
        "¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uF8FFÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

    public static string Text(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[bytes.Length];
        for (int index = 0; index < bytes.Length; index++)
        {
            text[index] = bytes[index] < 0x80 ? (char)bytes[index] : Upper[bytes[index] - 0x80];
        }

        return new(text);
    }
}
