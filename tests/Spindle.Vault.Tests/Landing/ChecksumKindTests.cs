// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Vault.Landing;

namespace Spindle.Vault.Tests.Landing;

public sealed class ChecksumKindTests
{
    /// <summary>"The CRC-32 catalogue": check values of 123456789; SHA by sha1sum and sha256sum.</summary>
    [Theory]
    [InlineData("CRC32", "CBF43926")]
    [InlineData("CRC32C", "E3069283")]
    [InlineData("CRC64NVME", "AE8B14860A799888")]
    [InlineData("SHA1", "F7C3BC1D808E04732ADF679965CCC34CA7AE3441")]
    [InlineData("SHA256", "15E2B0D3C33891EBB0F1EF609EC419420C20E320CE94C65FBC8C3312448EB225")]
    public void It_gives_the_published_value(string name, string value)
    {
        ChecksumKind kind = ChecksumKind.Find(name.ToLowerInvariant())!;
        Assert.Equal(value, Convert.ToHexString(kind.Of("123456789"u8)));
        Assert.Equal(value.Length / 2, kind.Length);
        Assert.Equal($"x-amz-checksum-{name.ToLowerInvariant()}", kind.Header);
    }

    [Fact]
    public void Pieces_of_any_length_give_the_same_as_the_whole()
    {
        byte[] bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 1000)));
        foreach (ChecksumKind kind in ChecksumKind.All)
        {
            using ChecksumKind.IRunningChecksum sum = kind.Begin();
            for (int at = 0, length = 1; at < bytes.Length; at += length, length = (length * 2) + 1)
            {
                sum.Append(bytes.AsSpan(at, Math.Min(length, bytes.Length - at)));
            }

            Assert.Equal(kind.Of(bytes), sum.End());
        }
    }

    [Fact]
    public void What_nobody_knows_is_not_there() => Assert.Null(ChecksumKind.Find("MD5"));
}
