// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;
using Spindle.Files.Listing.Portable;

namespace Spindle.Files.Tests.Listing.Portable;

public sealed class PortableSourceTests : SourceSystemContract
{
    private protected override ISourceSystem System { get; } = new PortableSource();

    [Fact]
    public void What_not_every_system_has_is_nothing()
    {
        Put("file", "12345");

        NodeStatus status = StatusOf("file");

        Assert.Equal((0, 0, 0, 0, 0), (status.Device, status.Inode, status.Uid, status.Gid, status.Changed));
        Assert.Equal((1, 5), (status.Links, status.Allocated));
        Assert.Null(System.UserName(0));
        Assert.Null(System.GroupName(0));
    }
}
