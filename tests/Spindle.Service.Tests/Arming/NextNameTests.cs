// SPDX-License-Identifier: MIT
using Spindle.Service.Arming;

namespace Spindle.Service.Tests.Arming;

public sealed class NextNameTests
{
    [Theory]
    [InlineData("box12-07", "box12-08")]
    [InlineData("box12-09a", "box12-10a")]
    [InlineData("box99", "box100")]
    [InlineData("tape 999 x", "tape 1000 x")]
    [InlineData("no number", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void The_next_name_counts_on(string? name, string next) => Assert.Equal(next, NextName.After(name));

    [Theory]
    [InlineData("box{batch}-{nn}", "box12-07", true)]
    [InlineData("{volume}", "MINUTES", false)]
    [InlineData("{nnnn}-{n}", "0007-7", true)]
    [InlineData("plain {x}", "plain {x}", false)]
    public void A_template_is_filled_in(string template, string name, bool counts)
    {
        Assert.Equal(name, NextName.Fill(template, 7, "12", "MINUTES"));
        Assert.Equal(counts, NextName.Counts(template));
    }
}
