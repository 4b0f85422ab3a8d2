// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Analysis;

/// <summary>One answer to the question how large an image must be.</summary>
/// <param name="Source">Stable name of where it is from, such as <c>iso9660-volume-space-size</c>.</param>
/// <param name="Clause">Standard and clause that say so, by the short names of docs/sources.md.</param>
/// <param name="Bytes">Bytes from the start of the medium.</param>
/// <param name="Counts">Whether it is believed: the largest one that is believed is the size expected.</param>
public sealed record SizeCandidate(string Source, string Clause, long Bytes, bool Counts)
{
    /// <summary>The source of the one that says where the last file or directory ends.</summary>
    public const string LastExtent = "last-extent";
}
