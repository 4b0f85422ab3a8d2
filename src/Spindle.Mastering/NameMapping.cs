// SPDX-License-Identifier: MIT
namespace Spindle.Mastering;

/// <summary>What an entry is called in the trees that can't hold its true name.</summary>
/// <param name="Entry">Number in the <see cref="DiscTree"/>.</param>
/// <param name="TruePath">Bytes of its path from the root on, without a slash at the start.</param>
/// <param name="IsoPath">Its path in ISO 9660, with the versions of files: <c>/DATA/README.TXT;1</c>. Of what lies too deep, where it was moved to.</param>
/// <param name="UdfPath">Its path in UDF; empty for what UDF does not show.</param>
public readonly record struct NameMapping(int Entry, ReadOnlyMemory<byte> TruePath, string IsoPath, string UdfPath);
