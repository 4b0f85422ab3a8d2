// SPDX-License-Identifier: MIT
using Spindle.Files.Mounting;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Mounting;
using Spindle.Testing;

namespace Spindle.Station.Tests.Mounting;

public sealed class MountVerbTests : IDisposable
{
    private readonly TestArchive _archive = new();
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task An_archive_is_shown_until_nobody_wants_it_any_more()
    {
        byte[] bytes = _archive.Write("folder/file", TestArchive.Bytes(500_000, 1));
        await _archive.ArchiveAsync();
        using CancellationTokenSource stop = new();
        Task<MountDocument> mounted = RunAsync(new() { Catalogue = _archive.CataloguePath, Directory = _directory.Path }, stop.Token);
        for (int attempt = 0; !mounted.IsCompleted && !File.Exists(_directory["folder/file"]); attempt++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        if (mounted.IsFaulted)
        {
            Failure failure = Assert.IsType<OperationFailedException>(mounted.Exception.InnerException).Failure;
            Assert.SkipWhen(failure.Code is "mount-no-fuse" or "mount-denied" or "mount-no-helper" or "mount-unsupported" or "mount-refused", failure.What);
        }

        Assert.Equal(bytes, await File.ReadAllBytesAsync(_directory["folder/file"], TestContext.Current.CancellationToken));
        await stop.CancelAsync();
        MountDocument document = await mounted;

        Assert.Equal((1L, 1L, 500_000L, 0L, Outcome.Done), (document.Scan, document.FilesOpened, document.Bytes, document.Refused, document.Outcome));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task Nothing_is_hidden_by_a_drive()
    {
        await _archive.ScanAsync();
        _directory.Write("mine", [1]);

        Assert.Equal("mount-not-empty", await FailureAsync(_directory.Path));
        Assert.Equal("mount-no-directory", await FailureAsync(_directory["mine"]));
        Assert.Equal("mount-no-directory", await FailureAsync(_directory["nothing"]));
    }

    [Fact]
    public async Task A_drive_is_no_source_of_its_own()
    {
        await _archive.ScanAsync();

        Assert.Equal("usage", await FailureAsync(_directory.Path, _directory["images"]));
        Assert.Equal("usage", await FailureAsync(_directory.Path, _directory.Path));
    }

    [Theory]
    [InlineData(MountObstacle.OtherSystem, "mount-unsupported")]
    [InlineData(MountObstacle.NoFuse, "mount-no-fuse")]
    [InlineData(MountObstacle.NoHelper, "mount-no-helper")]
    [InlineData(MountObstacle.Denied, "mount-denied")]
    [InlineData(MountObstacle.Stale, "mount-stale")]
    [InlineData(MountObstacle.Refused, "mount-refused")]
    public void Each_obstacle_says_what_it_is_and_what_to_do(MountObstacle obstacle, string code)
    {
        Failure failure = Failures.Of("/mnt/a", new(obstacle, "no such thing")).Failure;

        Assert.Equal(code, failure.Code);
        Assert.NotNull(failure.Hint);
    }

    public void Dispose()
    {
        _archive.Dispose();
        _directory.Dispose();
    }

    private static Task<MountDocument> RunAsync(MountRequest request, CancellationToken cancellationToken) =>
        MountVerb.Verb.RunAsync(request, Work.Unattended(Equipment.OfThisMachine()), cancellationToken);

    private async Task<string> FailureAsync(string directory, params string[] sources) => (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(
        new() { Catalogue = _archive.CataloguePath, Directory = directory, Sources = sources }, CancellationToken.None))).Failure.Code;
}
