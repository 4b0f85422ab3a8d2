// SPDX-License-Identifier: MIT
namespace Spindle.Parity;

/// <summary>A medium whose size other programs try when they look for RS03 parity.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Sectors">Sectors of 2048 bytes that the format counts on, not what one disc may hold more.</param>
/// <param name="IsKnownToAll">Whether every program of the format knows the size, also those of 2021 and before.</param>
public sealed record StandardMedium(string Name, long Sectors, bool IsKnownToAll = true)
{
    /// <summary>All media, the smallest first.</summary>
    public static IReadOnlyList<StandardMedium> All { get; } =
    [
        new("CD", 359_424),
        new("DVD", 2_295_104),
        new("DVD, two layers", 4_171_712),
        new("BD", 11_826_176),
        new("BD without defect management", 12_219_392, IsKnownToAll: false),
        new("BD, two layers", 23_652_352),
        new("BD, two layers, without defect management", 24_438_784, IsKnownToAll: false),
        new("BD XL, three layers", 47_305_728, IsKnownToAll: false),
        new("BD XL, three layers, without defect management", 48_878_592, IsKnownToAll: false),
        new("BD XL, four layers", 60_403_712, IsKnownToAll: false),
        new("BD XL, four layers, without defect management", 62_500_864, IsKnownToAll: false),
    ];
}
