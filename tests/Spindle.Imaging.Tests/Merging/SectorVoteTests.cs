// SPDX-License-Identifier: MIT
using Spindle.Imaging.Merging;

namespace Spindle.Imaging.Tests.Merging;

public sealed class SectorVoteTests
{
    [Theory]
    [InlineData("a", "0")]
    [InlineData("aa", "01")]
    [InlineData("ab", "")]
    [InlineData("aab", "01")]
    [InlineData("baa", "12")]
    [InlineData("abc", "")]
    [InlineData("aabb", "")]
    [InlineData("abbb", "123")]
    [InlineData("aabbc", "")]
    public void Decides_for_what_all_or_more_than_half_of_three_or_more_reads_say(string reads, string decided)
    {
        IReadOnlyList<int> places = SectorVote.Decide([.. reads.Select(read => new ReadOnlyMemory<byte>([(byte)read, 1, 2]))]);

        Assert.Equal(decided, string.Concat(places));
    }
}
