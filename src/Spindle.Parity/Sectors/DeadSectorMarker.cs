// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Sectors;

/// <summary>What rescue programs of this family write in place of a sector that could not be read.</summary>
internal static class DeadSectorMarker
{
    private const int EndPosition = 2012;

    private static ReadOnlySpan<byte> Beginning =>
        "dvdisaster dead sector marker\nThis sector could not be read from the image.\nIts contents have been substituted by the dvdisaster read routine.\n"u8;

    private static ReadOnlySpan<byte> End => "dvdisaster dead sector end marker\n"u8;

    /// <summary>Whether a sector is such a marker.</summary>
    public static bool Is(ReadOnlySpan<byte> sector) =>
        sector.StartsWith(Beginning) && sector[EndPosition..].StartsWith(End);

    /// <summary>Writes a marker; the fields that only help people stay empty.</summary>
    public static void Write(Span<byte> sector)
    {
        sector.Clear();
        Beginning.CopyTo(sector);
        End.CopyTo(sector[EndPosition..]);
    }
}
