// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Station.Imaging;

namespace Spindle.Station.Tests.Imaging;

public class ImageNameTests
{
    [Theory]
    [InlineData("a:b", false)]
    [InlineData("tr.", false)]
    [InlineData("con", false)]
    [InlineData("disc 1", true)]
    public void A_name_is_judged_by_the_system_that_is_to_take_it(string name, bool isTaken)
    {
        Assert.Equal(isTaken, ImageName.IsTaken(name, onWindows: true));
        Assert.True(ImageName.IsTaken(name, onWindows: false));
    }

    [Theory]
    [InlineData("box12-07.iso", "box12-07")]
    [InlineData("box12-07", "box12-07")]
    [InlineData(null, null)]
    public void A_name_is_without_its_ending(string? name, string? stem) => Assert.Equal(stem, ImageName.Of(name));

    [Theory]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData(@"a\b")]
    [InlineData("..")]
    [InlineData(".iso")]
    [InlineData("a\nb")]
    public void What_is_a_path_is_no_name(string name) =>
        Assert.Equal("usage", Assert.Throws<OperationFailedException>(() => ImageName.Of(name)).Failure.Code);
}
