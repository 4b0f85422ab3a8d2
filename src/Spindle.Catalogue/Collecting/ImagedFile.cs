// SPDX-License-Identifier: MIT
namespace Spindle.Catalogue.Collecting;

/// <summary>A file of an image.</summary>
/// <param name="Path">From the root, names parted by slashes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">When it was changed last; null where its tree does not say.</param>
/// <param name="Sha256">32 bytes; null where not all of it can be read.</param>
public readonly record struct ImagedFile(string Path, long Size, DateTimeOffset? Modified, byte[]? Sha256);
