// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Testing;
using Spindle.Vault.Landing;

namespace Spindle.Vault.Tests.Landing;

public sealed class IncomingFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly LandingFolder _landing;

    public IncomingFileTests()
    {
        _landing = new(_directory["landing"]);
        _landing.Create();
    }

    private IEnumerable<string> Files => Directory.EnumerateFiles(_directory["landing"], "*", SearchOption.AllDirectories);

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(262_143)]
    [InlineData(262_144)]
    [InlineData(262_145)]
    [InlineData(1_000_003)]
    public async Task What_comes_is_stored_and_hashed(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        await using IncomingFile file = new(_landing, ChecksumKind.Find("CRC32"));
        Assert.True(await file.TakeAsync(new MemoryStream(bytes), 10_000_000, CancellationToken.None));
        Sums sums = await file.EndAsync();
        file.Keep();
        Assert.Equal(SHA256.HashData(bytes), sums.Sha256);
        Assert.Equal(MD5.HashData(bytes), sums.Md5);
        Assert.Equal(ChecksumKind.Find("CRC32")!.Of(bytes), sums.Extra);
        Assert.Equal(length, file.Length);
        Assert.Equal(length == 0 ? [] : bytes, length == 0 ? [] : File.ReadAllBytes(_landing.PathOf(file.Name)));
        Assert.Equal(length > 0, Files.Any());
    }

    [Fact]
    public async Task More_than_was_said_is_refused_and_nothing_is_left()
    {
        await using (IncomingFile file = new(_landing, null))
        {
            Assert.False(await file.TakeAsync(new MemoryStream(new byte[600_000]), 599_999, CancellationToken.None));
        }

        Assert.Empty(Files);
    }

    [Fact]
    public async Task What_is_not_kept_is_gone()
    {
        await using (IncomingFile file = new(_landing, null))
        {
            Assert.True(await file.TakeAsync(new MemoryStream(new byte[1000]), 1000, CancellationToken.None));
            await file.EndAsync();
            Assert.Single(Files);
        }

        Assert.Empty(Files);
    }

    [Fact]
    public async Task It_is_made_of_pieces_of_others()
    {
        byte[] bytes = new byte[700_000];
        new Random(1).NextBytes(bytes);
        await using IncomingFile first = new(_landing, null);
        await first.TakeAsync(new MemoryStream(bytes), bytes.Length, CancellationToken.None);
        await first.EndAsync();
        await using IncomingFile second = new(_landing, null);
        await second.TakeFileAsync(first.Name, 100, 600_000, CancellationToken.None);
        Assert.Equal(SHA256.HashData(bytes.AsSpan(100, 600_000)), (await second.EndAsync()).Sha256);
        await using IncomingFile third = new(_landing, null);
        await Assert.ThrowsAsync<EndOfStreamException>(() => third.TakeFileAsync(first.Name, 0, 700_001, CancellationToken.None));
    }

    [Fact]
    public void What_nobody_knows_is_swept_after_a_day()
    {
        string old = LandingFolder.NewName(), known = LandingFolder.NewName(), young = LandingFolder.NewName();
        foreach (string name in (string[])[old, known, young])
        {
            File.WriteAllText(_landing.PathOf(name), "content");
        }

        DateTime yesterday = DateTime.UtcNow.AddDays(-2);
        File.SetLastWriteTimeUtc(_landing.PathOf(old), yesterday);
        File.SetLastWriteTimeUtc(_landing.PathOf(known), yesterday);
        Assert.Equal((1, 7), _landing.Sweep(name => name == known, DateTimeOffset.UtcNow));
        Assert.Equal([known, young], Files.Select(Path.GetFileName).Order().Intersect([known, young, old]).OrderBy(name => name == young));
    }
}
