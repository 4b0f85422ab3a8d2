// SPDX-License-Identifier: MIT
namespace Spindle.Parity.DiscSet;

/// <summary>One of a set: a disc, or a parity disc.</summary>
/// <param name="Name">The name of its image, or of the file that its parity is in.</param>
/// <param name="Length">Bytes of the image, or of the parity.</param>
/// <param name="Sha256">SHA-256 of the image, or of the whole file of parity; hexadecimal, small letters.</param>
public abstract record SetMember(string Name, long Length, string Sha256);

/// <summary>A disc of a set.</summary>
/// <param name="Name">The name of its image.</param>
/// <param name="Length">Bytes of the image; of one that has RS03 parity of its own, without that.</param>
/// <param name="Sha256">SHA-256 of these bytes.</param>
/// <param name="Coefficients">Its coefficient in each row of parity, in their order.</param>
public sealed record SetDisc(string Name, long Length, string Sha256, byte[] Coefficients) : SetMember(Name, Length, Sha256)
{
    /// <summary>The parity within the disc, which is made again when the rest is; null where it has none.</summary>
    public InnerParity? Inner { get; init; }
}

/// <summary>RS03 parity within a disc of a set. The set does not cover it: it follows from what it covers.</summary>
/// <param name="Roots">Sectors of each ecc block that may be lost, 8 to 170.</param>
/// <param name="TotalSectors">Sectors of 2048 bytes of the whole image.</param>
/// <param name="Sha256">SHA-256 of the whole image; hexadecimal, small letters.</param>
public sealed record InnerParity(int Roots, long TotalSectors, string Sha256);

/// <summary>A parity disc of a set.</summary>
/// <param name="Row">Which row of parity, from 1.</param>
/// <param name="Name">The file that its parity is in.</param>
/// <param name="Length">Bytes of the parity.</param>
/// <param name="Sha256">SHA-256 of the whole file.</param>
/// <param name="Offset">Where in the file the parity begins, in bytes.</param>
public sealed record SetParity(int Row, string Name, long Length, string Sha256, long Offset) : SetMember(Name, Length, Sha256);
