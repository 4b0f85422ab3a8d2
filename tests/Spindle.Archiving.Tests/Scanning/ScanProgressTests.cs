// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Files.Listing;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Scanning;

/// <summary>Whether somebody who waits sees a scan move, and sees it stand.</summary>
public sealed class ScanProgressTests : IDisposable
{
    private const int Length = 4 << 20;

    private readonly TempDirectory _directory = new();
    private readonly Told _told = new();

    public ScanProgressTests() => Directory.CreateDirectory(_directory["source/below"]);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Bytes_are_counted_within_a_file_which_is_named()
    {
        _directory.Write("source/below/film.iso", new byte[Length]);
        using HeldSystem machine = new(heldAt: Length / 2);

        Task<ScanResult> scan = ScanAsync(machine);
        WorkProgress half = await _told.UntilAsync(progress => progress.Done == Length / 2);
        await Task.Delay(TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken);
        int toldInTheMidst = _told.Count;
        await Task.Delay(TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken);

        Assert.Equal(("scanning", Length, WorkProgress.Bytes), (half.Stage, half.Total, half.Unit));
        Assert.Equal($"{_directory["source/below/film.iso"]} (1 file looked at)", half.Item);
        Assert.Equal(toldInTheMidst, _told.Count); // nothing moves, and nothing is told: who shows it can tell that

        machine.Release();
        Assert.Equal(Length, Assert.Single((await scan).Sources).BytesRead);
        Assert.Equal((Length, Length), (_told.Last.Done, _told.Last.Total));
    }

    [Fact]
    public async Task The_last_scan_says_about_how_many_files_there_are()
    {
        foreach (int number in Enumerable.Range(1, 5))
        {
            _directory.Write($"source/{number}", [1]);
        }

        using HeldSystem first = new(long.MaxValue);
        await ScanAsync(first);
        _directory.Write("source/below/film.iso", new byte[Length]);
        using HeldSystem second = new(heldAt: Length / 2) { IsListingHeld = true };
        Task<ScanResult> scan = ScanAsync(second);

        WorkProgress early = await _told.UntilAsync(progress => progress.Item?.Contains("5 of about 5 files looked at", StringComparison.Ordinal) == true);
        Assert.Equal(0, early.Total); // not all is listed

        second.Release();
        await scan;
        Assert.EndsWith("(6 files looked at)", _told.Last.Item, StringComparison.Ordinal);
    }

    private async Task<ScanResult> ScanAsync(ISourceSystem system)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
        return await new Scanner(TimeProvider.System) { System = system }.ScanAsync(database, new() { Sources = [_directory["source"]] }, _told, CancellationToken.None);
    }

    /// <summary>Keeps what it is told, in order.</summary>
    private sealed class Told : IProgress<WorkProgress>
    {
        private readonly ConcurrentQueue<WorkProgress> _all = new();

        public int Count => _all.Count;

        public WorkProgress Last => _all.Last();

        public void Report(WorkProgress value) => _all.Enqueue(value);

        public async Task<WorkProgress> UntilAsync(Func<WorkProgress, bool> isIt)
        {
            using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(TimeSpan.FromMinutes(1));
            while (!_all.Any(isIt))
            {
                await Task.Delay(10, patience.Token);
            }

            return _all.First(isIt);
        }
    }

    /// <summary>This machine, whose large files, or whose folders below, stand still until they are let go.</summary>
    private sealed class HeldSystem(long heldAt) : ISourceSystem, IDisposable
    {
        private readonly ISourceSystem _machine = SourceSystem.OfThisMachine();
        private readonly ManualResetEventSlim _released = new();

        public bool IsListingHeld { get; init; }

        public void Release() => _released.Set();

        public void Dispose() => _released.Dispose();

        public ISourceDirectory OpenRoot(string path) => new Folder(_machine.OpenRoot(path), this);

        public byte[]? UserName(long uid) => null;

        public byte[]? GroupName(long gid) => null;

        public bool IsRotational(long device) => false;

        private sealed class Folder(ISourceDirectory directory, HeldSystem machine) : ISourceDirectory
        {
            public NodeStatus Status => directory.Status;

            public void List(DirectoryListing listing) => directory.List(listing);

            public ISourceDirectory OpenDirectory(ReadOnlySpan<byte> path)
            {
                if (machine.IsListingHeld && !path.IsEmpty)
                {
                    machine._released.Wait(TestContext.Current.CancellationToken);
                }

                return new Folder(directory.OpenDirectory(path), machine);
            }

            public ISourceFile OpenFile(ReadOnlySpan<byte> name) => new Held(directory.OpenFile(name), machine);

            public byte[] ReadLink(ReadOnlySpan<byte> name) => directory.ReadLink(name);

            public IReadOnlyList<ExtendedAttribute> Attributes(ReadOnlySpan<byte> name) => [];

            public void Dispose() => directory.Dispose();
        }

        private sealed class Held(ISourceFile file, HeldSystem machine) : ISourceFile
        {
            private long _read;

            public NodeStatus Status() => file.Status();

            public int Read(Span<byte> buffer)
            {
                if (_read >= machine.HeldAt)
                {
                    machine._released.Wait(TestContext.Current.CancellationToken);
                }

                int length = file.Read(buffer);
                _read += length;
                return length;
            }

            public void Rewind() => file.Rewind();

            public IReadOnlyList<ExtendedAttribute> Attributes() => [];

            public IReadOnlyList<(long Offset, long Length)>? DataRuns(long size) => null;

            public void Dispose() => file.Dispose();
        }

        private long HeldAt => heldAt;
    }
}
