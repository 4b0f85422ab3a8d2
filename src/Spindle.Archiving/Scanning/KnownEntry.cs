// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;

namespace Spindle.Archiving.Scanning;

/// <summary>What the catalogue says about a name now.</summary>
/// <param name="Id">Its row.</param>
/// <param name="FirstScan">Since when.</param>
/// <param name="Status">As it was then; <see cref="NodeStatus.Changed"/> is <see cref="MustRead"/> where it proves nothing.</param>
/// <param name="Content">What the file holds; null where it could not be read.</param>
/// <param name="LinkGroup">Which names are the same file.</param>
/// <param name="Flags">1: it changed while it was read.</param>
internal sealed record KnownEntry(long Id, long FirstScan, NodeStatus Status, long? Content, long? LinkGroup, long Flags)
{
    /// <summary>In place of a status change: the file was so new when it was read that its times prove nothing.</summary>
    public const long MustRead = -1;

    /// <summary>A flag: the file changed while it was read.</summary>
    public const long ChangedWhileRead = 1;
}
