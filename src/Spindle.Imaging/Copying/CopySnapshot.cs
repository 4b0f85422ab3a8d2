// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Copying;

/// <summary>What was known of a copy at one moment, as it is stored.</summary>
/// <param name="Digests">The digests of the pieces: see docs/formats/image-layout.md.</param>
/// <param name="Map">The map, as ddrescue writes it.</param>
/// <param name="Runs">The runs that it was read in: see docs/formats/map-file.md.</param>
internal sealed record CopySnapshot(byte[] Digests, byte[] Map, byte[] Runs);
