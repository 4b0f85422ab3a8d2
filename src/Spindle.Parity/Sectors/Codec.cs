// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Sectors;

/// <summary>The codecs as headers name them: four ASCII bytes, read as a big-endian number.</summary>
internal static class Codec
{
    /// <summary>A file of parity beside an image, with checksums in one piece.</summary>
    public const uint Rs01 = 0x5253_3031;

    /// <summary>Parity within an image of any size.</summary>
    public const uint Rs02 = 0x5253_3032;

    /// <summary>Parity within an image of a medium's size, or in a file.</summary>
    public const uint Rs03 = 0x5253_3033;
}
