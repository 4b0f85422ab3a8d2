// SPDX-License-Identifier: MIT
namespace Spindle.Catalogue.Sets;

/// <summary>A set of discs, as the catalogue knows it.</summary>
/// <param name="Plan">What was planned.</param>
/// <param name="Status"><c>planned</c>; <c>open</c>: some discs are in its sums; <c>closed</c>: its parity discs were made; <c>told</c>: known from a catalogue that was imported.</param>
/// <param name="Sums">The folder of its sums, as long as it is open.</param>
/// <param name="Members">The discs that are in its sums, or in its parity discs, in the order of their places.</param>
/// <param name="Parity">Its parity discs.</param>
public sealed record SetRecord(PlannedSet Plan, string Status, string? Sums, IReadOnlyList<SetMemberRecord> Members, IReadOnlyList<ParityDiscRecord> Parity);

/// <summary>A disc that is in a set's sums or parity discs.</summary>
/// <param name="Disc">Its number.</param>
/// <param name="Place">Its place in the list, from 0.</param>
/// <param name="Length">Bytes of its image that the set covers.</param>
/// <param name="Sha256">SHA-256 of these; hexadecimal, small letters.</param>
public sealed record SetMemberRecord(int Disc, int Place, long Length, string Sha256);

/// <summary>A parity disc, as the catalogue knows it.</summary>
/// <param name="Row">Which row of parity, from 1.</param>
/// <param name="Uuid">Names it for ever.</param>
/// <param name="Label">Name of its volume.</param>
/// <param name="Sectors">Sectors of 2048 bytes of its image; 0 until it was made.</param>
/// <param name="Sha256">Of its image; null until it was made.</param>
/// <param name="Written">When it was made (RFC 3339).</param>
/// <param name="Image">Where it was written to.</param>
public sealed record ParityDiscRecord(int Row, Guid Uuid, string Label, long Sectors, string? Sha256, string? Written, string? Image);
