// SPDX-License-Identifier: MIT
namespace Spindle.Archiving.Discs;

/// <summary>An image as it was written.</summary>
/// <param name="Sha256">Its SHA-256, taken on the way.</param>
/// <param name="Problems">Files that are not as they were catalogued. With any, the image is not good.</param>
internal sealed record WrittenImage(byte[] Sha256, IReadOnlyList<SourceProblem> Problems);
