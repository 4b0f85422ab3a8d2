// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.Tests.Volumes;

public sealed class TreeFormatsTests
{
    [Fact]
    public void Every_view_has_its_format_the_best_one_first() =>
        Assert.Equal(Enum.GetValues<VolumeView>(), TreeFormats.All.Select(format => format.View));

    [Fact]
    public void What_loses_names_or_descriptions_is_a_rule_of_the_format() => Assert.All(
        TreeFormats.All, format => Assert.Empty(format.LosesNames.Concat(format.LosesDescriptions).Except(format.Rules)));

    [Fact]
    public void Two_of_them_are_for_Macintosh() =>
        Assert.Equal([VolumeView.HfsPlus, VolumeView.Hfs], Enum.GetValues<VolumeView>().Where(view => view.IsApple()));
}
