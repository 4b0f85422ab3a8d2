// SPDX-License-Identifier: MIT
using Spindle.Service.S3.Reading;

namespace Spindle.Service.Tests.S3.Reading;

public sealed class ByteRangeTests
{
    [Theory]
    [InlineData("bytes=4-7", 11, 4, 4)]
    [InlineData("bytes=4-", 11, 4, 7)]
    [InlineData("bytes=-7", 11, 4, 7)]
    [InlineData("bytes=-70", 11, 0, 11)]
    [InlineData("bytes=0-99", 11, 0, 11)]
    [InlineData("bytes=10-10", 11, 10, 1)]
    public void A_range_is_what_there_is_of_it(string header, long size, long offset, long length) => Assert.Equal((offset, length), ByteRange.Read(header)!.In(size));

    [Theory]
    [InlineData("bytes=11-12", 11)]
    [InlineData("bytes=-0", 11)]
    [InlineData("bytes=0-0", 0)]
    [InlineData("bytes=-5", 0)]
    public void Nothing_is_not_satisfiable(string header, long size) => Assert.Null(ByteRange.Read(header)!.In(size));

    [Theory]
    [InlineData("bytes=5-4")]
    [InlineData("bytes=-")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=1-2,4-5")]
    [InlineData("lines=1-2")]
    [InlineData("bytes=99999999999999999999-")]
    public void What_can_t_be_understood_is_none(string header) => Assert.Null(ByteRange.Read(header));
}
