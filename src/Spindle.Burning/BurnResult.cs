// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Burning;

/// <summary>What came of burning images.</summary>
/// <param name="Images">The images, as they were asked for.</param>
/// <param name="Copies">Each disc that was touched or refused, in the order in which they ended.</param>
/// <param name="WasCancelled">Whether it was stopped.</param>
public sealed record BurnResult(IReadOnlyList<BurnedImage> Images, IReadOnlyList<BurnedCopy> Copies, bool WasCancelled);

/// <summary>An image that was burned, or was to be.</summary>
/// <param name="Path">The image.</param>
public sealed record BurnedImage(string Path)
{
    /// <summary>Its bytes; null where nobody came to look, as the next two.</summary>
    public long? Bytes { get; init; }

    /// <summary>Sectors of 2048 bytes that it takes.</summary>
    public long? Sectors { get; init; }

    /// <summary>Of the image, as it was read before a disc was touched; small hexadecimal digits.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Copies that were asked for and were not made.</summary>
    public int Lacking { get; init; }

    /// <summary>Why it can't be burned at all; null where it can.</summary>
    public Failure? Failure { get; init; }
}

/// <summary>What came of one disc.</summary>
public enum CopyState
{
    /// <summary>It was refused before anything was written: the disc is as it was.</summary>
    Refused,

    /// <summary>It was written as if, with the laser dark: the disc is as it was.</summary>
    Simulated,

    /// <summary>It was written, and not read again.</summary>
    Burned,

    /// <summary>It was written, and read: it is the image.</summary>
    Verified,

    /// <summary>It is not the image, or nobody can say: it is no copy.</summary>
    Spoiled,

    /// <summary>It was stopped.</summary>
    Cancelled,
}

/// <summary>What is done with a disc, in its order.</summary>
public enum BurnStep
{
    /// <summary>Drive and disc are looked at.</summary>
    Surveying,

    /// <summary>The image is read and hashed, once for all of its copies, before a disc is touched.</summary>
    Hashing,

    /// <summary>A disc that can be used again is made blank.</summary>
    Blanking,

    /// <summary>It is formatted.</summary>
    Formatting,

    /// <summary>The drive is told how it will be written.</summary>
    Preparing,

    /// <summary>The laser is measured.</summary>
    Calibrating,

    /// <summary>The image is written.</summary>
    Burning,

    /// <summary>The drive writes what it held back.</summary>
    Flushing,

    /// <summary>Track and session are closed.</summary>
    Closing,

    /// <summary>The drive is asked what the disc is now.</summary>
    Judging,

    /// <summary>The disc goes out and in, so that nothing is remembered of it.</summary>
    Loading,

    /// <summary>It is read, and compared with the image.</summary>
    Verifying,
}

/// <summary>One disc: what it is, what was done with it, and what came of it.</summary>
public sealed record BurnedCopy
{
    /// <summary>Which of the images it was to be, from 0.</summary>
    public int Image { get; init; }

    /// <summary>Which copy of that it was to be, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The drive, as the user named it.</summary>
    public required string Drive { get; init; }

    /// <summary>Who made the drive; null where it does not say, as the next two.</summary>
    public string? Vendor { get; init; }

    /// <summary>Which it is.</summary>
    public string? Model { get; init; }

    /// <summary>The version of its firmware.</summary>
    public string? Firmware { get; init; }

    /// <summary>The kind of disc as it is printed on discs; null where the drive did not tell.</summary>
    public string? Kind { get; init; }

    /// <summary>Who made the disc, and which it is, as it is moulded into it; null where the drive does not say.</summary>
    public string? MediumId { get; init; }

    /// <summary>What came of it.</summary>
    public required CopyState State { get; init; }

    /// <summary>The step that it came to.</summary>
    public BurnStep Step { get; init; }

    /// <summary>Why it is no copy; null where it is one.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The sector that failed first, from the image's begin; null where none did, or the drive does not say.</summary>
    public long? FailedSector { get; init; }

    /// <summary>How it was written, such as <c>disc at once</c>; null where it came to nothing.</summary>
    public string? Method { get; init; }

    /// <summary>Sectors of the image that the drive took.</summary>
    public long SectorsWritten { get; init; }

    /// <summary>Sectors that the disc holds: those of the image, and zeros up to a whole ecc block.</summary>
    public long SectorsOnDisc { get; init; }

    /// <summary>The lowest that the drive's buffer was while it was written, in percent; null where it does not say.</summary>
    public int? LowestBuffer { get; init; }

    /// <summary>How often a command was sent again, for the drive was busy.</summary>
    public int Retries { get; init; }

    /// <summary>Sectors of the spare area that were free before it was written; null where nothing is said of that.</summary>
    public long? SpareBefore { get; init; }

    /// <summary>Sectors of it that were free afterwards: what is gone stands in for bad ones.</summary>
    public long? SpareAfter { get; init; }

    /// <summary>How long the steps took that took place.</summary>
    public IReadOnlyDictionary<BurnStep, TimeSpan> Times { get; init; } = new Dictionary<BurnStep, TimeSpan>();

    /// <summary>Whether the disc was out of the drive before it was read.</summary>
    public bool WasReloaded { get; init; }

    /// <summary>The drive that read it; null where none did.</summary>
    public VerifyingDriveName? VerifiedIn { get; init; }

    /// <summary>What the comparison found; null where none took place.</summary>
    public DiscComparison? Comparison { get; init; }

    /// <summary>What else is to be known of it: it changes no verdict.</summary>
    public IReadOnlyList<Failure> Notes { get; init; } = [];
}

/// <summary>A drive that read a burned disc.</summary>
/// <param name="Path">The drive, as the user named it.</param>
/// <param name="Vendor">Who made it; null where it does not say, as the next two.</param>
/// <param name="Model">Which it is.</param>
/// <param name="Firmware">The version of its firmware.</param>
public sealed record VerifyingDriveName(string Path, string? Vendor, string? Model, string? Firmware);

/// <summary>A disc compared with its image.</summary>
public sealed record DiscComparison
{
    /// <summary>After so many sectors that can't be read, the rest is left: the verdict stands, and a drive may try each for seconds.</summary>
    public const int MostUnreadable = 256;

    /// <summary>Sectors that were compared, or tried.</summary>
    public required long Sectors { get; init; }

    /// <summary>Sectors that can't be read; at most <see cref="MostUnreadable"/>.</summary>
    public required IReadOnlyList<SectorRange> Unreadable { get; init; }

    /// <summary>Sectors that can be read, and are others than the image's.</summary>
    public required IReadOnlyList<SectorRange> Different { get; init; }

    /// <summary>Sectors that took the drive more than three times as long as most, and a tenth of a second at least.</summary>
    public required IReadOnlyList<SectorRange> Slow { get; init; }

    /// <summary>Whether all of it is the image.</summary>
    public bool IsTheImage => Unreadable.Count == 0 && Different.Count == 0;
}
