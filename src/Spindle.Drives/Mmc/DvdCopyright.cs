// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>Whether a DVD is encrypted, and for which regions (MMC-6, READ DISC STRUCTURE, format 01h: copyright information).</summary>
/// <param name="System">00h none, 01h CSS or CPPM, 02h CPRM, 03h AACS with HD DVD content, 10h AACS with BD content.</param>
/// <param name="ForbiddenRegions">A bit for each region, 1 the lowest, in which it may not be played.</param>
public readonly record struct DvdCopyright(byte System, byte ForbiddenRegions)
{
    /// <summary>The format code.</summary>
    public const byte Format = 0x01;

    /// <summary>Bytes of a reply.</summary>
    public const int Length = 8;

    private const int Regions = 8;

    /// <summary>Whether there is any protection.</summary>
    public bool IsProtected => System != 0;

    /// <summary>The protection's name; null where there is none.</summary>
    public string? Name => System switch
    {
        0x00 => null,
        0x01 => "CSS",
        0x02 => "CPRM",
        0x03 or 0x10 => "AACS",
        _ => $"protection {System:X2}h",
    };

    /// <summary>The regions, 1 to 8, in which it may be played.</summary>
    public IReadOnlyList<int> AllowedRegions
    {
        get
        {
            byte forbidden = ForbiddenRegions;
            return [.. Enumerable.Range(1, Regions).Where(region => (forbidden & (1 << (region - 1))) == 0)];
        }
    }

    /// <summary>Reads a reply.</summary>
    /// <returns>Null where it is too short to be one.</returns>
    public static DvdCopyright? Parse(ReadOnlySpan<byte> reply) => reply.Length < Length ? null : new(reply[4], reply[5]);
}
