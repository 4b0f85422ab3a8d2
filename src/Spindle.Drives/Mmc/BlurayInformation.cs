// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Drives.Mmc;

/// <summary>What is moulded into a Blu-ray disc (MMC-6, READ DISC STRUCTURE, media type 1, format 00h: disc information, first unit).</summary>
/// <param name="Type"><c>BDO</c> for a pressed disc, <c>BDR</c> for BD-R, <c>BDW</c> for BD-RE.</param>
/// <param name="Layers">Layers; 0 where the disc does not say.</param>
public sealed record BlurayInformation(string Type, int Layers)
{
    /// <summary>Who made a recordable one, and which it is: <c>MAKER/TYPE/VERSION</c>, bytes 100 to 111; null where it does not say.</summary>
    public string? MediumCode { get; init; }

    /// <summary>The format code.</summary>
    public const byte Format = 0x00;

    /// <summary>Bytes that a reply may take: header, and all units of four layers.</summary>
    public const int Length = 4 + 4096;

    private const int ShortestLength = 4 + 13;

    /// <summary>Reads a reply.</summary>
    /// <returns>Null where it is too short to be one, or does not begin as one does.</returns>
    public static BlurayInformation? Parse(ReadOnlySpan<byte> reply)
    {
        if (reply.Length < ShortestLength || !reply[4..6].SequenceEqual("DI"u8))
        {
            return null;
        }

        ReadOnlySpan<byte> unit = reply[4..];
        string type = Encoding.ASCII.GetString(unit[8..11]);
        return type.All(char.IsAsciiLetterOrDigit) ? new(type, unit[12] >> 4) { MediumCode = CodeOf(unit) } : null;
    }

    private static string? CodeOf(ReadOnlySpan<byte> unit) =>
        unit.Length >= 112 && MediumText.Joined(MediumText.Of(unit[100..106]), MediumText.Of(unit[106..109])) is { } code ? $"{code}/{unit[111]}" : null;
}
