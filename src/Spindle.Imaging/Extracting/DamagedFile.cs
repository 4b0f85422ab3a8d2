// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Extracting;

/// <summary>A file of which some bytes could not be read, or whose description is lost in part.</summary>
/// <param name="Path">Its path on the disc.</param>
/// <param name="BytesMissing">How many of its bytes are zeros that stand for what could not be read.</param>
public sealed record DamagedFile(string Path, long BytesMissing);
