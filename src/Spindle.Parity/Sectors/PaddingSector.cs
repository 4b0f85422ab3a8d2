// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Spindle.Parity.Sectors;

/// <summary>A sector that fills a layer up: a text that says so, its number, and the fingerprint of the payload.</summary>
internal static class PaddingSector
{
    /// <summary>Writes one padding sector.</summary>
    /// <param name="sector">2048 bytes.</param>
    /// <param name="number">Its place among the sectors of the data layers, from 0.</param>
    /// <param name="fingerprint">MD5 of payload sector 16, as a big-endian number.</param>
    public static void Write(Span<byte> sector, long number, UInt128 fingerprint)
    {
        sector.Clear();
        "dvdisaster padding sector       This is a padding sector needed for augmenting the image with error correction data."u8.CopyTo(sector);
        "Padding sector marker version"u8.CopyTo(sector[0x100..]);
        "1.00"u8.CopyTo(sector[0x120..]);
        "Padding sector number"u8.CopyTo(sector[0x140..]);
        Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture), sector[0x160..]);
        "Medium fingerprint"u8.CopyTo(sector[0x180..]);
        BinaryPrimitives.WriteUInt128BigEndian(sector[0x1A0..], fingerprint);
        "Medium fingerprint sector"u8.CopyTo(sector[0x1C0..]);
        "16"u8.CopyTo(sector[0x1E0..]);
        "dvdisaster padding sector end marker"u8.CopyTo(sector[2011..]);
    }
}
