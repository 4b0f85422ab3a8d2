// SPDX-License-Identifier: MIT
namespace Spindle.Catalogue;

/// <summary>A disc of the archive, as the catalogue knows it.</summary>
/// <param name="Number">From 0, through all plans.</param>
/// <param name="Uuid">Names it for ever; it stands on the disc, too.</param>
/// <param name="Label">What its owner calls it, or else the name of its volume.</param>
/// <param name="Status"><c>planned</c>; <c>written</c>; of a catalogue that was imported, <c>imported</c> where something proves the disc, else
/// <c>told</c>; <c>withdrawn</c> where it was never made and can't be any more: what it was to hold has changed, or comes onto other discs.</param>
/// <param name="Sectors">Sectors of 2048 bytes of its image; 0 where only a catalogue told of it.</param>
/// <param name="CapacitySectors">Sectors of the medium that it was planned for.</param>
/// <param name="Files">Files on it.</param>
/// <param name="Bytes">Bytes of their contents, each once.</param>
/// <param name="Sha256">Of the image, in lower-case hexadecimal digits; null as long as it was not written.</param>
/// <param name="Written">When the image was written (RFC 3339).</param>
/// <param name="Image">Where the image was written to.</param>
/// <param name="Copies">The discs in boxes that it was brought onto.</param>
/// <param name="LastVerified">When a copy or the image was last read and found whole or damaged (RFC 3339).</param>
/// <param name="Verdict">What was found then.</param>
public sealed record DiscRecord(
    int Number,
    Guid Uuid,
    string Label,
    string Status,
    long Sectors,
    long CapacitySectors,
    long Files,
    long Bytes,
    string? Sha256,
    string? Written,
    string? Image,
    IReadOnlyList<DiscCopy> Copies,
    string? LastVerified,
    string? Verdict);

/// <summary>A disc in a box: one of several of the same number.</summary>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Place">Where it is kept; null where that was not said.</param>
/// <param name="Made">When it was made (RFC 3339), or entered.</param>
public sealed record DiscCopy(string Name, string? Place, string? Made);

/// <summary>What a disc shows, in short.</summary>
/// <param name="First">The path of its first file, by the bytes of names; null where it shows none.</param>
/// <param name="Last">That of its last one.</param>
/// <param name="Tops">What its files are in, from the archive's root: some of that.</param>
/// <param name="HasMoreTops">Whether they are in more than that.</param>
public sealed record DiscContents(string? First, string? Last, IReadOnlyList<string> Tops, bool HasMoreTops);
