// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Parity.Checksums;

namespace Spindle.Parity.Tests.Checksums;

public sealed class Md5Tests
{
    [Fact]
    public void Is_that_of_others_whatever_the_length_and_the_parts()
    {
        Random random = new(11);
        for (int length = 0; length < 300; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            Md5 md5 = new();
            for (int at = 0; at < length;)
            {
                int part = random.Next(1, length - at + 1);
                md5.Append(bytes.AsSpan(at, part));
                at += part;
            }

            Assert.Equal(MD5.HashData(bytes), md5.Finish());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(64 * 33)]
    public void Eight_at_a_time_are_eight_by_themselves(int length)
    {
        byte[] memory = new byte[8 * 5000];
        new Random(length).NextBytes(memory);
        int[] starts = [.. Enumerable.Range(0, 8).Select(lane => ((lane * 3) % 8 * 5000) + lane)];
        Md5[] eight = [.. starts.Select(start =>
        {
            Md5 md5 = new();
            md5.Append(memory.AsSpan(start, 128));
            return md5;
        })];

        Md5.Append(eight, memory, [.. starts.Select(start => start + 128)], length);
        Array.ForEach(eight, md5 => md5.Append([1, 2, 3]));

        Assert.Equal(starts.Select(start => Convert.ToHexString(MD5.HashData([.. memory.AsSpan(start, 128 + length), 1, 2, 3]))), eight.Select(md5 => Convert.ToHexString(md5.Finish())));
    }
}
