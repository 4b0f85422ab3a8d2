// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.AccessCopies;

/// <summary>What became of an access copy.</summary>
public enum AccessState
{
    /// <summary>It was made, decoded whole, and has its name and its record.</summary>
    Made,

    /// <summary>It was there already, made of this image in this way.</summary>
    Done,

    /// <summary>There is nothing to be copied: nothing is wrong.</summary>
    Skipped,

    /// <summary>The films are scrambled: they are not decrypted.</summary>
    Refused,

    /// <summary>Something else has its name, which is left alone.</summary>
    InTheWay,

    /// <summary>It could not be made; what is known of that is kept beside.</summary>
    Failed,
}

/// <summary>An access copy, or an image of which there is none, and why.</summary>
public sealed record AccessCopy
{
    /// <summary>What became of it.</summary>
    public required AccessState State { get; init; }

    /// <summary>The image, as an absolute path.</summary>
    public required string Image { get; init; }

    /// <summary>The copy, as an absolute path; null where there is none.</summary>
    public string? Copy { get; init; }

    /// <summary>Its record; null where there is none.</summary>
    public string? Record { get; init; }

    /// <summary>The title set that it is of; null where it is of none.</summary>
    public int? TitleSet { get; init; }

    /// <summary>The playlist of a Blu-ray Disc that it is of, by its five digits; null where it is of none.</summary>
    public string? Playlist { get; init; }

    /// <summary>The titles that it plays, by their numbers.</summary>
    public IReadOnlyList<int> Titles { get; init; } = [];

    /// <summary>What is to be said of it, in a sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>What can be done; null where nothing need be.</summary>
    public string? Hint { get; init; }

    /// <summary>What does not agree, in sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What of it the image does not have.</summary>
    public IReadOnlyList<UnreadPart> Unread { get; init; } = [];

    /// <summary>How long it should play; null where the disc does not say.</summary>
    public TimeSpan? Expected { get; init; }

    /// <summary>How long it plays; null where there is none.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Bytes of it; null where there is none.</summary>
    public long? Size { get; init; }

    /// <summary>Its SHA-256; null where there is none.</summary>
    public string? Sha256 { get; init; }

    /// <summary>How long making it took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>When that was known.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Whether a person should look; not again at what was told when the copy was made.</summary>
    public bool NeedsPerson => State is AccessState.Refused or AccessState.InTheWay or AccessState.Failed || (State == AccessState.Made && Warnings.Count + Unread.Count > 0);
}

/// <summary>A part of a copy that the image does not have: its sectors were not read from the disc.</summary>
/// <param name="From">Where it begins in the copy.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Sectors">How many sectors of 2048 bytes are missing there.</param>
public sealed record UnreadPart(TimeSpan From, TimeSpan To, long Sectors);
