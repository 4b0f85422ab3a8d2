// SPDX-License-Identifier: MIT
using Spindle.Imaging.Records;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Records;

public sealed class RecordedHashTests : IDisposable
{
    private static readonly string Hash = string.Concat(Enumerable.Repeat("0aF9", 16));

    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData("HASH  disc.iso\n", true)]
    [InlineData("HASH *disc.iso\n", true)]
    [InlineData("HASH\n", true)]
    [InlineData("SHA256 (disc.iso) = HASH\n", true)]
    [InlineData("HASH  other.iso\n", false)]
    [InlineData("HASH  ../disc.iso\n", false)]
    [InlineData("12  disc.iso\n", false)]
    [InlineData("", false)]
    public void The_file_beside_an_image_tells_its_hash(string text, bool tells)
    {
        _ = _directory.Write("disc.iso.sha256", System.Text.Encoding.UTF8.GetBytes(text.Replace("HASH", Hash, StringComparison.Ordinal)));

        Assert.Equal(tells ? Hash.ToLowerInvariant() : null, RecordedHash.Sha256Of(_directory["disc.iso"]));
    }

    [Fact]
    public void Without_one_nothing_is_told() => Assert.Null(RecordedHash.Sha256Of(_directory["disc.iso"]));

    public void Dispose() => _directory.Dispose();
}
