// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>Which images are to be a set, and where its parity belongs.</summary>
public sealed record SetMakeRequest
{
    /// <summary>Parity discs where nobody says how many.</summary>
    public const int UsualRows = 2;

    /// <summary>Images, and folders whose <c>.iso</c> and <c>.img</c> files are taken by their names.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The folder of the parity; it is made where it is not there.</summary>
    public required string Target { get; init; }

    /// <summary>How many parity discs, 1 to 8: so many of all may be lost. Null for <see cref="UsualRows"/>, or for as many as an open set has.</summary>
    public int? Rows { get; init; }

    /// <summary>The set's name, before <c>.p01</c>; null for what the images' names have in common.</summary>
    public string? Name { get; init; }

    /// <summary>Sectors of the medium that a parity disc is for: images are made then, to be burned. Null for files alone.</summary>
    public long? Sectors { get; init; }

    /// <summary>Whether the files of a set that is there are replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Folders and files with the parity of a set that the images are added to; its own images are not needed. Empty for a new set.</summary>
    public IReadOnlyList<string> Extends { get; init; } = [];

    /// <summary>The archive that the discs are of: its parity discs tell of it. Null for images of anything.</summary>
    internal ArchiveSet? Archive { get; init; }
}

/// <summary>Parity that was made.</summary>
/// <param name="Table">The set.</param>
/// <param name="IsReadBack">Whether all of it was read back from storage.</param>
/// <param name="Warnings">What is on the side.</param>
/// <param name="Images">Images of the parity discs; empty where there are files alone.</param>
public sealed record SetMakeResult(SetTable Table, bool IsReadBack, IReadOnlyList<Failure> Warnings, IReadOnlyList<string> Images)
{
    /// <summary>The same, with what each is.</summary>
    internal IReadOnlyList<ParityDiscFile> Files { get; init; } = [];
}
