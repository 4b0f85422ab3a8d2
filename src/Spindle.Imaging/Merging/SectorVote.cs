// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Merging;

/// <summary>Decides what a sector is of which several copies were read.</summary>
/// <remarks>
/// Where all that have it agree, it is that. Where they don't, a majority counts from three reads on: more than half of them must
/// have the very same bytes. Of two reads that differ nobody can say which is right.
/// </remarks>
internal static class SectorVote
{
    private const int FewestForMajority = 3;

    /// <summary>Counts the votes.</summary>
    /// <param name="contents">The sector in each copy that has it; not empty.</param>
    /// <returns>Places of those that agree with the decision; empty where there is none.</returns>
    public static IReadOnlyList<int> Decide(IReadOnlyList<ReadOnlyMemory<byte>> contents)
    {
        for (int candidate = 0; candidate < contents.Count; candidate++)
        {
            int[] same = [.. Enumerable.Range(0, contents.Count).Where(other => contents[other].Span.SequenceEqual(contents[candidate].Span))];
            if (same.Length == contents.Count || (contents.Count >= FewestForMajority && same.Length * 2 > contents.Count))
            {
                return same;
            }
        }

        return [];
    }
}
