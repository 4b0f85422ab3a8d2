// SPDX-License-Identifier: MIT
namespace Spindle.Parity.DiscSet;

/// <summary>One of a set: a disc, or a parity disc.</summary>
/// <param name="Name">The name of its image, or of the file that its parity is in.</param>
/// <param name="Length">Bytes of the image, or of the parity.</param>
/// <param name="Sha256">SHA-256 of the image, or of the whole file of parity; hexadecimal, small letters.</param>
public abstract record SetMember(string Name, long Length, string Sha256);

/// <summary>A disc of a set.</summary>
/// <param name="Name">The name of its image.</param>
/// <param name="Length">Bytes of the image.</param>
/// <param name="Sha256">SHA-256 of the image.</param>
/// <param name="Coefficients">Its coefficient in each row of parity, in their order.</param>
public sealed record SetDisc(string Name, long Length, string Sha256, byte[] Coefficients) : SetMember(Name, Length, Sha256);

/// <summary>A parity disc of a set.</summary>
/// <param name="Row">Which row of parity, from 1.</param>
/// <param name="Name">The file that its parity is in.</param>
/// <param name="Length">Bytes of the parity.</param>
/// <param name="Sha256">SHA-256 of the whole file.</param>
/// <param name="Offset">Where in the file the parity begins, in bytes.</param>
public sealed record SetParity(int Row, string Name, long Length, string Sha256, long Offset) : SetMember(Name, Length, Sha256);
