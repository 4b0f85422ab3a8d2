// SPDX-License-Identifier: MIT
namespace Spindle.Restoring.Verifying;

/// <summary>A file that is on a disc, as the disc's lists have it.</summary>
/// <param name="Path">From the disc's root.</param>
/// <param name="Sha256">What it must have.</param>
/// <param name="Size">Bytes; null where that is not known: of parts of files, and of the disc's own lists.</param>
/// <param name="TableSha256">What <c>files.tsv</c> says that it must have; null where that does not say it.</param>
/// <param name="Position">Where it lies, in bytes; -1 where that is not known.</param>
internal sealed record ListedFile(byte[] Path, byte[] Sha256, long? Size, byte[]? TableSha256, long Position);
