// SPDX-License-Identifier: MIT
using Spindle.Imaging.Records;
using Spindle.Media;

namespace Spindle.Imaging.Tests.Records;

public sealed class SectorNamesTests
{
    [Fact]
    public void A_few_places_are_all_named() => Assert.Equal("16-31, 40", SectorNames.Of([new(16, 16), new(40, 1)]));

    [Fact]
    public void Of_many_places_the_first_five_are_named() => Assert.Equal(
        "0, 2, 4, 6, 8 and 2 more places, all in the record", SectorNames.Of([.. Enumerable.Range(0, 7).Select(number => new SectorRange(2 * number, 1))]));
}
