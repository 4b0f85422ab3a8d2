// SPDX-License-Identifier: MIT
namespace Spindle.Archiving.Planning;

/// <summary>What comes onto one disc as a whole: a run of directories, a piece of one directory, or a part of a file.</summary>
/// <param name="From">The first directory.</param>
/// <param name="To">The directory after the last one.</param>
/// <param name="Piece">Which piece of directory <paramref name="From"/>'s own files, from 0; -1 where the directories are whole.</param>
/// <param name="Sectors">What it costs, without the directories above it.</param>
internal readonly record struct PackingItem(int From, int To, int Piece, long Sectors)
{
    /// <summary>Where it stands in the archive: items are told, and discs numbered, in this order.</summary>
    public (int Directory, int Piece) Order => (From, Piece);
}
