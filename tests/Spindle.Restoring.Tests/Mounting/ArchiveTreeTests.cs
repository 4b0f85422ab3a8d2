// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Files.Mounting.Trees;
using Spindle.Formats.Images;
using Spindle.Media;
using Spindle.Restoring.Mounting;
using Spindle.Testing;

namespace Spindle.Restoring.Tests.Mounting;

/// <summary>An archive as a drive shows it: without one.</summary>
public sealed class ArchiveTreeTests : IDisposable
{
    private readonly TestArchive _archive = new();
    private readonly TempDirectory _hand = new();
    private readonly List<ArchiveTree> _trees = [];

    [Fact]
    public async Task Every_name_is_there_with_what_it_was()
    {
        byte[] text = _archive.Write("folder/deep/text", "hello");
        for (int file = 0; file < 20; file++)
        {
            _archive.Write($"many/file{file:00}", $"{file}");
        }

        File.SetLastWriteTimeUtc(Path.Combine(_archive.Tree, "folder/deep/text"), DateTime.UnixEpoch.AddSeconds(1_000_000));
        await _archive.ArchiveAsync();
        ArchiveTree tree = Open();

        Assert.Equal(["folder", "many"], tree.Names());
        Assert.Equal(Enumerable.Range(0, 20).Select(file => $"file{file:00}"), tree.Names("many"));
        MountedNode node = tree.At("folder/deep/text");
        Assert.Equal((EntryKind.File, 5L, 1_000_000_000_000_000L, 1L), (node.Kind, node.Size, node.Modified, node.Links));
        Assert.Equal(node, tree.Get(node.Inode));
        MountedNode deep = tree.At("folder/deep");
        Assert.Equal(deep, tree.Get(deep.Inode));
        Assert.Equal((MountedState.Here, text), tree.Read("folder/deep/text"), Same);
        Assert.Equal(default, tree.At("folder/nothing"));
        Assert.Equal(default, tree.At("folder/deep/text/below"));
        Assert.Equal(default, tree.Get(ulong.MaxValue));
        Assert.Equal(default, tree.Get(ulong.MaxValue - 1));
        Assert.Equal((24L, 30L + 5), (tree.Totals.Names, tree.Totals.Bytes)); // 2 + 1 directories, 21 files
    }

    [Fact]
    public async Task The_archive_can_be_seen_as_it_was()
    {
        _archive.Write("old", "first");
        _archive.Write("folder/gone", "gone");
        await _archive.ArchiveAsync();
        _archive.Write("old", "second");
        Directory.Delete(Path.Combine(_archive.Tree, "folder"), recursive: true);
        _archive.Write("new", "new");
        await _archive.ArchiveAsync();

        Assert.Equal(["new", "old"], Open().Names());
        ArchiveTree before = Open(scan: 1);
        Assert.Equal(["folder", "old"], before.Names());
        Assert.Equal(["gone"], before.Names("folder"));
        Assert.Equal((MountedState.Here, "first"u8.ToArray()), before.Read("old"), Same);
        Assert.Equal((MountedState.Here, "second"u8.ToArray()), Open().Read("old"), Same);
        Assert.Equal((MountedState.Here, "gone"u8.ToArray()), before.Read("folder/gone"), Same);
    }

    [Fact]
    public async Task Names_of_one_file_are_one_node()
    {
        PortableFiles.SkipWhereUsed("hard links");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ln");
        _archive.Write("a", "linked");
        ForeignProgram.RunIn(_archive.Tree, "ln", "a", "b");
        ForeignProgram.RunIn(_archive.Tree, "ln", "a", "c");
        await _archive.ArchiveAsync();
        ArchiveTree tree = Open();

        Assert.Equal((3L, tree.At("b").Inode), (tree.At("a").Links, tree.At("c").Inode));
        Assert.Equal(tree.At("a").Inode, tree.At("b").Inode);
        Assert.Equal((MountedState.Here, "linked"u8.ToArray()), tree.Read("c"), Same);
    }

    [Fact]
    public async Task A_file_in_parts_is_one_and_needs_all_of_its_discs()
    {
        byte[] bytes = _archive.Write("large", TestArchive.Bytes(9_000_000, 1));
        IReadOnlyList<string> images = await _archive.ArchiveAsync();
        Assert.True(images.Count >= 3);

        Assert.Equal((MountedState.Here, bytes), Open().Read("large"), Same);
        File.Move(images[1], _hand["other.iso"]);
        Assert.Equal(MountedState.Away, Open().Read("large").State);
        ArchiveTree waiting = Open(waits: true);
        Assert.Equal(MountedState.Away, waiting.Read("large").State); // it is open, and the reading of the second part is what waits
        Assert.Equal((MountedState.Here, bytes), Open(sources: [_hand.Path]).Read("large"), Same);
    }

    [Fact]
    public async Task What_is_told_of_a_file_is_where_it_is()
    {
        _archive.Write("here", TestArchive.Bytes(100, 1));
        IReadOnlyList<string> images = await _archive.ArchiveAsync();
        _archive.Write("away", TestArchive.Bytes(100, 2));
        images = [.. images, .. await _archive.ArchiveAsync()];
        _archive.Write("new", TestArchive.Bytes(100, 3));
        await _archive.ScanAsync();
        File.Move(images[1], _hand["away.iso"]);
        ArchiveTree tree = Open();

        Assert.Equal(("at-hand", "0"), (tree.Told("here")["user.spindle.state"], tree.Told("here")["user.spindle.disc"]));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(TestArchive.Bytes(100, 1))), tree.Told("here")["user.spindle.sha256"]);
        Assert.Equal(("away", "1"), (tree.Told("away")["user.spindle.state"], tree.Told("away")["user.spindle.disc"]));
        Assert.Equal("on-no-disc", tree.Told("new")["user.spindle.state"]);
        Assert.Equal(MountedState.Lost, tree.Read("new").State);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1_000_000)]
    public async Task What_is_not_what_was_archived_is_never_given_whole(int length)
    {
        byte[] bytes = _archive.Write("file", TestArchive.Bytes(length, 1));
        IReadOnlyList<string> images = await _archive.ArchiveAsync();
        File.Copy(images[0], _hand["copy.iso"]);
        TestArchive.Damage(images[0], bytes, at: 10);

        Assert.Equal(MountedState.Lost, Open().Read("file").State);

        ArchiveTree tree = Open(sources: [_hand.Path]);
        if (length < 100_000) // it is proven before its first byte is given: the other copy is tried
        {
            Assert.Equal((MountedState.Here, bytes), tree.Read("file"), Same);
        }
        else
        {
            Assert.Equal(MountedState.Lost, tree.Read("file").State); // what was given can't be taken back
        }
    }

    [Fact]
    public async Task A_source_that_does_not_answer_holds_up_nobody_who_needs_it_not()
    {
        byte[] bytes = _archive.Write("here", TestArchive.Bytes(200_000, 1));
        await _archive.ArchiveAsync();
        _archive.Write("away", TestArchive.Bytes(200_000, 2));
        File.Move((await _archive.ArchiveAsync())[0], _hand["away.iso"]);
        string drive = _hand.Write("stuck", [1]);
        using ManualResetEventSlim asked = new(), answers = new();
        DriveShelf shelf = new(
            _archive.CataloguePath,
            path =>
            {
                if (path == drive)
                {
                    asked.Set();
                    answers.Wait(CancellationToken.None);
                    throw new OperationFailedException(new("no-disc", "it has none"));
                }

                return ImageFile.Open(path);
            },
            [drive],
            TimeProvider.System);
        ArchiveTree tree = new(_archive.CataloguePath, null, null, new(shelf, null, waits: false));
        _trees.Add(tree);

        Task<(MountedState State, byte[])> stuck = Task.Run(() => tree.Read("away"), TestContext.Current.CancellationToken);
        asked.Wait(TestContext.Current.CancellationToken);
        Task<(MountedState, byte[])> other = Task.Run(() => tree.Read("here"), TestContext.Current.CancellationToken);
        bool isFree = await Task.WhenAny(other, Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)) == other;
        Task closing = Task.Run(shelf.CloseIdle, TestContext.Current.CancellationToken); // by whom the drive is taken down
        bool canEnd = await Task.WhenAny(closing, Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)) == closing;
        answers.Set();

        Assert.Equal((true, true), (isFree, canEnd));
        Assert.Equal((MountedState.Here, bytes), await other, Same);
        Assert.Equal(MountedState.Away, (await stuck).State);
    }

    [Fact]
    public async Task An_image_that_is_being_copied_is_not_at_hand_yet()
    {
        byte[] bytes = _archive.Write("file", TestArchive.Bytes(3_000_000, 1));
        string image = (await _archive.ArchiveAsync())[0];
        byte[] whole = await File.ReadAllBytesAsync(image);
        File.Delete(image);
        await File.WriteAllBytesAsync(_hand["arriving.iso"], whole[..^1_000_000]);

        Assert.Equal(MountedState.Away, Open(sources: [_hand.Path]).Read("file").State);
        await File.WriteAllBytesAsync(_hand["arriving.iso"], whole);
        Assert.Equal((MountedState.Here, bytes), Open(sources: [_hand.Path]).Read("file"), Same);
    }

    [Fact]
    public async Task A_disc_that_the_system_has_mounted_is_read_at_any_place()
    {
        byte[] bytes = _archive.Write("folder/file", TestArchive.Bytes(1_000_000, 1));
        string image = (await _archive.ArchiveAsync())[0];
        string mounted = MountedCopy.Of(image, _hand["mounted"]);
        File.Delete(image);
        ArchiveTree tree = Open(sources: [mounted]);
        Assert.Equal(MountedState.Here, tree.Open(tree.At("folder/file").Inode, out MountedFile? file));
        using (file)
        {
            foreach (int offset in (int[])[900_000, 0, 500_000])
            {
                byte[] piece = new byte[100_000];
                Assert.Equal(MountedState.Here, file!.Read(offset, piece));
                Assert.Equal(bytes[offset..(offset + 100_000)], piece);
            }
        }

        Assert.Equal((MountedState.Here, bytes), tree.Read("folder/file"), Same);
    }

    [Fact]
    public async Task A_content_that_lies_in_a_file_needs_no_disc()
    {
        byte[] bytes = _archive.Write("file", TestArchive.Bytes(200_000, 1));
        File.Delete((await _archive.ArchiveAsync())[0]);
        _hand.Write("landed", bytes);

        Assert.Equal((MountedState.Here, bytes), Open(fileOf: _ => _hand["landed"]).Read("file"), Same);
        Assert.Equal(MountedState.Away, Open(fileOf: _ => _hand["gone"]).Read("file").State);
    }

    public void Dispose()
    {
        _trees.ForEach(tree => tree.Dispose());
        _archive.Dispose();
        _hand.Dispose();
    }

    private static bool Same((MountedState State, byte[] Bytes) one, (MountedState State, byte[] Bytes) other) => one.State == other.State && one.Bytes.AsSpan().SequenceEqual(other.Bytes);

    private ArchiveTree Open(long? scan = null, bool waits = false, IReadOnlyList<string>? sources = null, Func<long, string?>? fileOf = null)
    {
        DriveShelf shelf = new(_archive.CataloguePath, null, sources ?? [], TimeProvider.System);
        ArchiveTree tree = new(_archive.CataloguePath, scan, null, new(shelf, fileOf, waits));
        _trees.Add(tree);
        return tree;
    }
}
