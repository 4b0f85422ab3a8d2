// SPDX-License-Identifier: MIT
namespace Spindle.Parity;

/// <summary>A medium whose size other programs try when they look for RS03 parity.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Sectors">Sectors of 2048 bytes that the format counts on, not what one disc may hold more.</param>
/// <param name="IsKnownToAll">Whether every program of the format knows the size, also those of 2021 and before.</param>
/// <param name="IsFirstChoice">Whether it is chosen for an image when nobody says which medium to fill.</param>
public sealed record StandardMedium(string Name, long Sectors, bool IsKnownToAll, bool IsFirstChoice)
{
    /// <summary>All media, the smallest first.</summary>
    public static IReadOnlyList<StandardMedium> All { get; } =
    [
        new("CD", 359_424, IsKnownToAll: true, IsFirstChoice: true),
        new("DVD", 2_295_104, IsKnownToAll: true, IsFirstChoice: true),
        new("DVD, two layers", 4_171_712, IsKnownToAll: true, IsFirstChoice: true),
        new("BD", 11_826_176, IsKnownToAll: true, IsFirstChoice: true),
        new("BD without defect management", 12_219_392, IsKnownToAll: false, IsFirstChoice: false),
        new("BD, two layers", 23_652_352, IsKnownToAll: true, IsFirstChoice: true),
        new("BD, two layers, without defect management", 24_438_784, IsKnownToAll: false, IsFirstChoice: false),
        new("BD XL, three layers", 47_305_728, IsKnownToAll: false, IsFirstChoice: true),
        new("BD XL, three layers, without defect management", 48_878_592, IsKnownToAll: false, IsFirstChoice: false),
        new("BD XL, four layers", 60_403_712, IsKnownToAll: false, IsFirstChoice: true),
        new("BD XL, four layers, without defect management", 62_500_864, IsKnownToAll: false, IsFirstChoice: false),
    ];
}
