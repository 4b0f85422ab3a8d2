// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Testing;

namespace Spindle.Files.Tests;

public sealed class StoredFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((4 << 20) - 1)]
    [InlineData(4 << 20)]
    [InlineData((9 << 20) + 5)]
    public void A_stored_file_is_hashed_to_its_end(int length)
    {
        byte[] content = SimulatedDisc.Pattern(length);
        List<long> progress = [];

        (byte[] sha256, _) = StoredFile.Hash(_directory.Write("file", content), progress.Add, default);

        Assert.Equal(SHA256.HashData(content), sha256);
        Assert.Equal(length, progress.LastOrDefault());
        Assert.Equal(progress.Order(), progress);
    }

    [Fact]
    public void Hashing_a_stored_file_can_be_stopped()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => StoredFile.Hash(_directory.Write("file", new byte[10]), _ => { }, stop.Token));
    }

    public void Dispose() => _directory.Dispose();
}
