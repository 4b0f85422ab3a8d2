// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Drives.Mmc;

/// <summary>Who a drive says that it is (SPC-4 §6.4.2, standard INQUIRY data).</summary>
/// <param name="DeviceType">Peripheral device type; 5 is an optical drive.</param>
/// <param name="Vendor">Vendor identification, without padding.</param>
/// <param name="Model">Product identification, without padding.</param>
/// <param name="Firmware">Product revision level, without padding.</param>
public sealed record InquiryData(int DeviceType, string Vendor, string Model, string Firmware)
{
    /// <summary>Bytes that hold all of it.</summary>
    public const int Length = 36;

    /// <summary>Whether it is an optical drive.</summary>
    public bool IsOptical => DeviceType == 5;

    /// <summary>Reads a reply.</summary>
    /// <returns>Null where it is too short to be one.</returns>
    public static InquiryData? Parse(ReadOnlySpan<byte> reply) => reply.Length < Length
        ? null
        : new(reply[0] & 0x1F, TextOf(reply[8..16]), TextOf(reply[16..32]), TextOf(reply[32..36]));

    // ASCII by the standard; a drive that keeps to it nowhere else may put anything there.
    private static string TextOf(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(bytes.Length);
        foreach (byte value in bytes)
        {
            text.Append(value is >= 0x20 and < 0x7F ? (char)value : ' ');
        }

        return text.ToString().Trim();
    }
}
