// SPDX-License-Identifier: MIT
namespace Spindle.Burning;

/// <summary>What is to be burned, and how.</summary>
public sealed record BurnRequest
{
    /// <summary>The most copies that one run makes.</summary>
    public const int MostCopies = 100;

    /// <summary>The images, in the order in which they are burned; one at least.</summary>
    public required IReadOnlyList<ImageToBurn> Images { get; init; }

    /// <summary>The drives, each once; they burn side by side.</summary>
    public required IReadOnlyList<string> Drives { get; init; }

    /// <summary>How fast at most, in multiples of the disc's own speed (4 for 4x); null for what the drive thinks best.</summary>
    public int? Speed { get; init; }

    /// <summary>Whether the laser stays dark: all is done as if, on discs that know such a thing.</summary>
    public bool Simulate { get; init; }

    /// <summary>What of a Blu-ray Disc is kept for bad sectors.</summary>
    public SpareChoice Spare { get; init; }

    /// <summary>Who sends the drive what it is told.</summary>
    public BurnEngine Engine { get; init; } = BurnEngine.Native;

    /// <summary>How each copy is proven.</summary>
    public BurnVerification Verify { get; init; } = BurnVerification.Same;

    /// <summary>The drive that discs are read in that the others burned; null unless that is how they are proven.</summary>
    public string? Verifier { get; init; }

    /// <summary>Whether what is on a disc that can be used again may be lost.</summary>
    public bool Blank { get; init; }
}

/// <summary>An image that is to be burned.</summary>
/// <param name="Path">The image: sectors of 2048 bytes; a last one that is cut short is filled with zeros.</param>
public sealed record ImageToBurn(string Path)
{
    /// <summary>Copies that are to be made, from 1 to <see cref="BurnRequest.MostCopies"/>.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>SHA-256 that a record gives the image, small hexadecimal digits; null where none does.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What people call a copy of it, by which it is, from 1.</summary>
    public Func<int, string> Name { get; init; } = number => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"copy {number}");
}

/// <summary>What of a Blu-ray Disc is kept to stand in for bad sectors when it is formatted. Writing takes twice as long where there is a spare area.</summary>
public enum SpareChoice
{
    /// <summary>Of a BD-R nothing; of a BD-RE what its drive thinks best, where the image leaves the room.</summary>
    AsUsual,

    /// <summary>Nothing.</summary>
    None,

    /// <summary>What its drive thinks best.</summary>
    Default,
}

/// <summary>Who sends a drive what it is told while it burns. What is proven, and how, is the same.</summary>
public enum BurnEngine
{
    /// <summary>Spindle itself.</summary>
    Native,

    /// <summary>The program xorriso, for drives that want something else than Spindle sends. It has no simulation here.</summary>
    Xorriso,
}

/// <summary>How a burned disc is proven.</summary>
public enum BurnVerification
{
    /// <summary>It is read in the drive that burned it, after it was out of that where the tray closes by itself, and compared with the image.</summary>
    Same,

    /// <summary>It is brought into another drive (<see cref="BurnRequest.Verifier"/>), read there, and compared with the image: that other drives read it is proven, too.</summary>
    Other,

    /// <summary>Not at all: such a copy is burned, and never called verified.</summary>
    None,
}

/// <summary>Looks after a burn: brings discs, and hears what came of each. Asked and told by the threads of all drives.</summary>
public interface IBurnAttendant
{
    /// <summary>Asks for a blank disc, whose drive has its tray open, or nothing in it. Does not wait for it.</summary>
    /// <param name="drive">The drive.</param>
    /// <param name="what">What it will be: a copy, as <see cref="ImageToBurn.Name"/> calls it.</param>
    /// <param name="why">What came of the disc before.</param>
    /// <returns>Whether there is anybody who will bring it.</returns>
    bool Ask(string drive, string what, string why);

    /// <summary>Asks that a burned disc be brought into the drive that reads it, which has its tray open, or nothing in it. Does not wait for it.</summary>
    /// <param name="burner">The drive that burned it, and has given it out.</param>
    /// <param name="verifier">The drive that it is to be brought into.</param>
    /// <param name="why">What came before.</param>
    /// <returns>Whether there is anybody who will bring it.</returns>
    bool AskToVerify(string burner, string verifier, string why);

    /// <summary>Told of each disc as soon as it has come to its end, so that what is done is known whatever happens next.</summary>
    /// <param name="copy">The disc.</param>
    /// <param name="image">Its image.</param>
    void Ended(BurnedCopy copy, BurnedImage image);
}
