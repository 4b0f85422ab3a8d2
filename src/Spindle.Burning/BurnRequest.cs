// SPDX-License-Identifier: MIT
namespace Spindle.Burning;

/// <summary>What is to be burned, and how.</summary>
public sealed record BurnRequest
{
    /// <summary>The most copies that one run makes.</summary>
    public const int MostCopies = 100;

    /// <summary>The image: sectors of 2048 bytes; a last one that is cut short is filled with zeros.</summary>
    public required string Image { get; init; }

    /// <summary>The drives, each once; they burn side by side.</summary>
    public required IReadOnlyList<string> Drives { get; init; }

    /// <summary>Copies that are to hold, from 1 to <see cref="MostCopies"/>.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>How fast at most, in multiples of the disc's own speed (4 for 4x); null for what the drive thinks best.</summary>
    public int? Speed { get; init; }

    /// <summary>Whether the laser stays dark: all is done as if, on discs that know such a thing.</summary>
    public bool Simulate { get; init; }

    /// <summary>How each copy is proven.</summary>
    public BurnVerification Verify { get; init; } = BurnVerification.Same;

    /// <summary>Whether what is on a disc that can be used again may be lost.</summary>
    public bool Blank { get; init; }

    /// <summary>SHA-256 that a record gives the image, small hexadecimal digits; null where none does.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>How a burned disc is proven.</summary>
public enum BurnVerification
{
    /// <summary>It is read in the drive that burned it, after it was out of that where the tray closes by itself, and compared with the image.</summary>
    Same,

    /// <summary>Not at all: such a copy is burned, and never called verified.</summary>
    None,
}

/// <summary>Brings discs to drives.</summary>
public interface IBlankBringer
{
    /// <summary>Asks for a blank disc, whose drive has its tray open, or nothing in it. Does not wait for it.</summary>
    /// <param name="drive">The drive.</param>
    /// <param name="copy">Which copy it will be, from 1.</param>
    /// <param name="why">What came of the disc before.</param>
    /// <returns>Whether there is anybody who will bring it.</returns>
    bool Ask(string drive, int copy, string why);
}
