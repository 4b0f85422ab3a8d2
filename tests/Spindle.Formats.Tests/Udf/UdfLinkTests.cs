// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Formats.Udf;

namespace Spindle.Formats.Tests.Udf;

/// <summary>Path components (ECMA-167 4/14.16.1): type, length of the name, two bytes of a version, name.</summary>
public sealed class UdfLinkTests
{
    [Theory]
    [InlineData("a", "05 02 00 00 08 61")]
    [InlineData("/", "02 00 00 00")]
    [InlineData("/a/..", "02 00 00 00 05 02 00 00 08 61 03 00 00 00")]
    [InlineData("./b//c/", "04 00 00 00 05 02 00 00 08 62 05 02 00 00 08 63")]
    [InlineData("...", "05 04 00 00 08 2E 2E 2E")]
    [InlineData("é日", "05 05 00 00 10 00 E9 65 E5")]
    public void A_target_is_a_row_of_components(string target, string components)
    {
        byte[] content = [.. Enumerable.Repeat((byte)0xFF, 100)];

        int length = UdfLink.Compose(Encoding.UTF8.GetBytes(target), content);

        Assert.Equal(components, Convert.ToHexString(content, 0, length).Chunk(2).Select(pair => new string(pair)).Aggregate((all, pair) => $"{all} {pair}"));
    }
}
