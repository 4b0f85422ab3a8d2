// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Tests;

/// <summary>The sizes that programs of the format try, as its manual lists them.</summary>
public sealed class StandardMediumTests
{
    [Fact]
    public void Media_have_the_sizes_on_which_programs_agree() => Assert.Equal(
        [
            (359_424, true, true), (2_295_104, true, true), (4_171_712, true, true), (11_826_176, true, true), (12_219_392, false, false), (23_652_352, true, true),
            (24_438_784, false, false), (47_305_728, false, true), (48_878_592, false, false), (60_403_712, false, true), (62_500_864, false, false),
        ],
        StandardMedium.All.Select(medium => (medium.Sectors, medium.IsKnownToAll, medium.IsFirstChoice)));
}
