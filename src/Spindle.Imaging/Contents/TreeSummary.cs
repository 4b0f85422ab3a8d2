// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Contents;

/// <summary>What a tree holds.</summary>
/// <param name="Directories">Directories, the root among them.</param>
/// <param name="Files">Everything else.</param>
/// <param name="Bytes">Bytes of all of them; of content that has several names, once for each.</param>
public sealed record TreeSummary(long Directories, long Files, long Bytes);
