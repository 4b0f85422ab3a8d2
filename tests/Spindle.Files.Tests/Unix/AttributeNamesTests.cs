// SPDX-License-Identifier: MIT
using Spindle.Files.Unix;

namespace Spindle.Files.Tests.Unix;

public sealed class AttributeNamesTests
{
    [Fact]
    public void Lists_of_names_are_split_at_their_zeros()
    {
        Assert.Equal(["a\0"u8.ToArray(), "bc\0"u8.ToArray()], AttributeNames.Split("a\0bc\0"u8));
        Assert.Equal(["a\0"u8.ToArray()], AttributeNames.Split("a\0cut"u8));
        Assert.Empty(AttributeNames.Split([]));
    }
}
