// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>What is left of a set, and where what is missing is to be made.</summary>
public sealed record SetRepairRequest
{
    /// <summary>Folders and files: images of the discs that are left, and the parity.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The folder that what is lost or damaged is written to; sources are only read.</summary>
    public required string Target { get; init; }

    /// <summary>Members that count as missing, whatever is there.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    /// <summary>Whether nothing is written: what could be made is told.</summary>
    public bool DryRun { get; init; }

    /// <summary>Sums in which members are whose images are gone (<see cref="SetGathering"/>); null for none.</summary>
    internal string? Sums { get; init; }

    /// <summary>Whether files of the target are replaced.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>A member of a set that was made again, or mended.</summary>
/// <param name="Name">The member.</param>
/// <param name="Path">The file; null where nothing was written.</param>
/// <param name="WasLost">Whether nothing of it was there.</param>
/// <param name="Bytes">Bytes that were made.</param>
/// <param name="Sha256">SHA-256 of the file, read back from its storage; null where nothing was written.</param>
/// <param name="Agrees">Whether that is what the set says; null where nothing was written.</param>
public sealed record SetRestored(string Name, string? Path, bool WasLost, long Bytes, string? Sha256, bool? Agrees);

/// <summary>A set that was made whole, as far as it could be.</summary>
/// <param name="Table">The set.</param>
/// <param name="Members">Its members, discs first, as they were at hand.</param>
/// <param name="MayLose">How many more than were missing could have been, as a whole; negative where they are too many.</param>
/// <param name="Restored">What was made.</param>
/// <param name="Beyond">What can't be made.</param>
/// <param name="Concerns">What does not hold.</param>
/// <param name="Others">What was named and is none of the set.</param>
public sealed record SetRepairResult(
    SetTable Table,
    IReadOnlyList<SetMemberState> Members,
    int MayLose,
    IReadOnlyList<SetRestored> Restored,
    IReadOnlyList<SetRange> Beyond,
    IReadOnlyList<Failure> Concerns,
    IReadOnlyList<Failure> Others);
