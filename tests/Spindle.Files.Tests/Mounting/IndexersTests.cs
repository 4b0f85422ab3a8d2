// SPDX-License-Identifier: MIT
using Spindle.Files.Mounting;

namespace Spindle.Files.Tests.Mounting;

public sealed class IndexersTests
{
    [Theory]
    [InlineData("tracker-miner-f", true)]
    [InlineData("baloo_file_extr", true)]
    [InlineData("updatedb.plocat", true)]
    [InlineData("tumblerd", true)]
    [InlineData("totem-video-thu", true)]
    [InlineData("cp", false)]
    [InlineData("nautilus", false)]
    [InlineData("rsync", false)]
    public void Programs_that_open_whatever_there_is_are_known_by_their_names(string name, bool isOne) => Assert.Equal(isOne, Indexers.IsNamedSo(name));

    [Fact]
    public void This_process_is_none_and_what_has_ended_is_none()
    {
        Assert.False(Indexers.Is(Environment.ProcessId));
        Assert.False(Indexers.Is(0));
        Assert.False(Indexers.Is(int.MaxValue));
    }
}
