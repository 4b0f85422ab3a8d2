// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Formats.Names;

/// <summary>Makes text of the names of a disc whose format does not say in what charset they are: ISO 9660, Rock Ridge, HFS.</summary>
/// <param name="charset">What the user says that it is; null where nobody knows.</param>
internal sealed class NameText(Encoding? charset)
{
    /// <summary>Names that are kept to make a guess by.</summary>
    private const int MostKept = 200;

    private readonly List<byte[]> _kept = [];

    /// <summary>Whether the user has named one.</summary>
    public bool IsNamed => charset is not null;

    /// <summary>What the names look like that are no UTF-8; null where there were none, or they look like nothing.</summary>
    public string? Guess => CharsetGuess.Of(_kept);

    /// <summary>Whether there was a name that is no UTF-8, and nobody has said what it is.</summary>
    public bool AreUnknown => _kept.Count > 0;

    /// <summary>A name, or the target of a link.</summary>
    public string Of(ReadOnlySpan<byte> bytes)
    {
        if (charset is not null && !Ascii.IsValid(bytes))
        {
            try
            {
                return charset.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                return IsoText.Bytes(bytes); // one name in another charset takes none of the others away
            }
        }

        string text = IsoText.Bytes(bytes, out bool isKnown);
        if (!isKnown && _kept.Count < MostKept)
        {
            _kept.Add(bytes.ToArray());
        }

        return text;
    }
}
