// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Extracting;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Extracting;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ExtractorTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly string _tree;

    public ExtractorTests()
    {
        _tree = _directory["tree"];
        Directory.CreateDirectory(Path.Combine(_tree, "a/b/c"));
        File.WriteAllBytes(Path.Combine(_tree, "big.bin"), SimulatedDisc.Pattern(3_000_000));
        File.WriteAllText(Path.Combine(_tree, "a/one.txt"), "one");
        File.WriteAllText(Path.Combine(_tree, "a/b/two.txt"), "two");
        File.WriteAllBytes(Path.Combine(_tree, "a/b/empty"), []);
        File.CreateSymbolicLink(Path.Combine(_tree, "a/link"), "b/two.txt");
        File.SetLastWriteTimeUtc(Path.Combine(_tree, "a/one.txt"), new(1999, 12, 31, 23, 59, 58, DateTimeKind.Utc));
        File.SetUnixFileMode(Path.Combine(_tree, "a/one.txt"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Takes_out_everything_as_it_was()
    {
        ExtractionResult result = await ExtractAsync(Disc());

        Assert.True(result.IsWhole);
        Assert.Equal((4, 3, 1), (result.Files, result.Directories, result.Symlinks));
        ForeignProgram.Run("diff", "-r", "--no-dereference", _tree, _directory["out"]);
        Assert.Equal(new(1999, 12, 31, 23, 59, 58, DateTimeKind.Utc), File.GetLastWriteTimeUtc(_directory["out/a/one.txt"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_directory["out/a/one.txt"]));
    }

    [Theory]
    [InlineData("*.txt", "a/b/two.txt a/one.txt")]
    [InlineData("a/b", "a/b/empty a/b/two.txt")]
    [InlineData("/a/*.txt", "a/one.txt")]
    [InlineData("a/**/two.txt", "a/b/two.txt")]
    [InlineData("b?g.*", "big.bin")]
    [InlineData("none", "")]
    public async Task Takes_out_what_a_pattern_means(string pattern, string expected)
    {
        await ExtractAsync(Disc(), request => request with { Patterns = [pattern] });

        IEnumerable<string> files = Directory.EnumerateFiles(_directory["out"], "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_directory["out"], path)).Order(StringComparer.Ordinal);
        Assert.Equal(expected, string.Join(' ', files));
    }

    [Fact]
    public async Task Keeps_what_is_there_unless_told_otherwise()
    {
        Directory.CreateDirectory(_directory["out/a"]);
        await File.WriteAllTextAsync(_directory["out/a/one.txt"], "mine");

        ExtractionResult kept = await ExtractAsync(Disc());
        string mine = await File.ReadAllTextAsync(_directory["out/a/one.txt"]);
        ExtractionResult replaced = await ExtractAsync(Disc(), request => request with { Overwrite = true });

        Assert.Equal("already-exists", Assert.Single(kept.Skipped).Code);
        Assert.Equal("mine", mine);
        Assert.True(replaced.IsWhole);
        Assert.Equal("one", await File.ReadAllTextAsync(_directory["out/a/one.txt"]));
    }

    [Fact]
    public async Task Writes_nothing_through_a_link_that_lies_in_the_target()
    {
        Directory.CreateDirectory(_directory["out"]);
        Directory.CreateDirectory(_directory["elsewhere"]);
        Directory.CreateSymbolicLink(_directory["out/a"], _directory["elsewhere"]);

        ExtractionResult result = await ExtractAsync(Disc());

        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory["elsewhere"]));
        Assert.Contains(result.Skipped, failure => failure.Code == "target-blocked");
        Assert.True(File.Exists(_directory["out/big.bin"]));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../outside")]
    [InlineData("b/../../../outside")]
    public async Task Makes_no_link_that_leads_outside(string target)
    {
        File.CreateSymbolicLink(Path.Combine(_tree, "a/evil"), target);

        ExtractionResult result = await ExtractAsync(Disc());

        Assert.Equal("link-leads-outside", Assert.Single(result.Skipped).Code);
        Assert.False(Path.Exists(_directory["out/a/evil"]));
        Assert.Null(new FileInfo(_directory["out/a/evil"]).LinkTarget);
    }

    [Fact]
    public async Task Brings_home_what_can_be_read_of_a_damaged_file_under_another_name()
    {
        SimulatedDisc disc = Disc();
        Volume volume = Volume.Open(disc)!;
        VolumeEntry big = volume.Find("/big.bin")!;
        disc.Bad(big.Extents[0].Lba + 100, 2);

        ExtractionResult result = await ExtractAsync(disc);

        Assert.Equal(new DamagedFile("/big.bin", 4096), Assert.Single(result.Damaged));
        Assert.False(File.Exists(_directory["out/big.bin"]));
        byte[] expected = SimulatedDisc.Pattern(3_000_000);
        expected.AsSpan(100 * 2048, 4096).Clear();
        Assert.Equal(expected, await File.ReadAllBytesAsync(_directory["out/big.bin.damaged"]));
    }

    [Fact]
    public async Task Loses_no_file_that_is_named_as_an_unfinished_one()
    {
        // Recorded in this order: what is written for the second one must not take the place of the first.
        UdfImage image = new();
        image.FileSet(UdfImage.PartitionStart, 1);
        byte[] names = [.. UdfImage.Name("x.part", 3), .. UdfImage.Name("x", 4)];
        image.File(UdfImage.PartitionStart + 1, 1, 4, 3, names.Length, names);
        image.File(UdfImage.PartitionStart + 3, 3, 5, 3, 3, [.. "one"u8]);
        image.File(UdfImage.PartitionStart + 4, 4, 5, 3, 3, [.. "two"u8]);

        ExtractionResult result = await ExtractAsync(new(image.Bytes), request => request with { Overwrite = true });

        Assert.Equal((2, true), (result.Files, result.IsWhole));
        Assert.Equal("one", await File.ReadAllTextAsync(_directory["out/x.part"]));
        Assert.Equal("two", await File.ReadAllTextAsync(_directory["out/x"]));
    }

    [Fact]
    public async Task Takes_out_files_with_the_longest_names_there_are()
    {
        string name = new('n', 255);
        File.WriteAllText(Path.Combine(_tree, name), "long");
        SimulatedDisc disc = new(await File.ReadAllBytesAsync(DiscImages.OfDirectory(_tree, "-joliet-long")));

        Assert.True((await ExtractAsync(disc)).IsWhole);
        Assert.Equal("long", await File.ReadAllTextAsync(_directory[$"out/{name}"]));
    }

    [Fact]
    public async Task Leaves_out_what_this_system_cannot_hold_and_goes_on()
    {
        UdfImage image = new();
        image.FileSet(UdfImage.PartitionStart, 1);
        byte[] names = [.. UdfImage.Name(new string('\u00E4', 127), 3), .. UdfImage.Name(new string('\u4E2D', 127), 3), .. UdfImage.Name("huge", 4), .. UdfImage.Name("x", 3)];
        image.File(UdfImage.PartitionStart + 1, 1, 4, 3, names.Length, names);
        image.File(UdfImage.PartitionStart + 3, 3, 5, 3, 3, [.. "one"u8]);
        image.File(UdfImage.PartitionStart + 4, 4, 5, 0, long.MaxValue, UdfImage.ShortAd(2048, 50));

        ExtractionResult result = await ExtractAsync(new(image.Bytes), request => request);

        Assert.Equal("file-too-large", Assert.Single(result.Skipped).Code);
        Assert.Equal("names-changed", Assert.Single(result.Warnings).Code); // 381 bytes as UTF-8
        string cut = Assert.Single(Directory.GetFiles(_directory["out"], "\u4E2D*"));
        Assert.Matches("^\u4E2D{82}~[0-9A-F]{8}$", Path.GetFileName(cut));
        Assert.Equal("one", await File.ReadAllTextAsync(cut));
        Assert.Equal("one", await File.ReadAllTextAsync(_directory["out/x"]));
    }

    [Fact]
    public async Task A_folder_that_is_called_as_a_file_of_the_disc_has_a_name_of_its_own()
    {
        UdfImage image = new();
        image.FileSet(UdfImage.PartitionStart, 1);
        byte[] names = [.. UdfImage.Name("same", 3), .. UdfImage.Name("same", 4, characteristics: 2)];
        byte[] below = [.. UdfImage.Name("inside", 3)];
        image.File(UdfImage.PartitionStart + 1, 1, 4, 3, names.Length, names);
        image.File(UdfImage.PartitionStart + 3, 3, 5, 3, 3, [.. "one"u8]);
        image.File(UdfImage.PartitionStart + 4, 4, 4, 3, below.Length, below);

        ExtractionResult result = await ExtractAsync(new(image.Bytes), request => request);

        Assert.Empty(result.Skipped);
        Assert.Equal("names-changed", Assert.Single(result.Warnings).Code);
        Assert.Equal("one", await File.ReadAllTextAsync(_directory["out/same"]));
        Assert.Equal("one", await File.ReadAllTextAsync(_directory["out/same~2/inside"]));
    }

    [Fact]
    public async Task Takes_no_room_for_what_is_not_on_the_disc()
    {
        const long length = 1L << 36;
        const uint hole = 1u << 29;
        UdfImage image = new();
        image.FileSet(UdfImage.PartitionStart, 1);
        byte[] names = [.. UdfImage.Name("hole", 3), .. UdfImage.Name("cut", 4), .. UdfImage.Name("end", 5)];
        image.File(UdfImage.PartitionStart + 1, 1, 4, 3, names.Length, names);
        byte[][] holes = [UdfImage.ShortAd(2048, 10), .. Enumerable.Repeat(UdfImage.ShortAd(hole | (2u << 30), 0), (int)(length / hole))];
        image.File(UdfImage.PartitionStart + 3, 3, 5, 0, length, [.. holes.SelectMany(ad => ad)]);
        image.File(UdfImage.PartitionStart + 5, 5, 5, 0, length, UdfImage.ShortAd(2048, 10)); // no descriptor says where its end is
        image.Put(UdfImage.PartitionStart + 10, "begin"u8);
        image.File(UdfImage.PartitionStart + 4, 4, 5, 0, 1 << 20, UdfImage.ShortAd(1 << 20, 10));

        // The partition is said to go on where the medium ends.
        ExtractionResult result = await ExtractAsync(new(image.Bytes[..^(200 * 2048)]), request => request);

        Assert.Equal(length, new FileInfo(_directory["out/hole"]).Length);
        Assert.True(long.Parse(ForeignProgram.Run("du", "-k", _directory["out/hole"]).Split('\t')[0]) < 100);
        Assert.Equal(["/cut", "/end"], result.Damaged.Select(file => file.Path));
        Assert.Equal(length, new FileInfo(_directory["out/end.damaged"]).Length);
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_names_that_nobody_can_tell_apart_become_two_files(bool isOverwriting)
    {
        Directory.Delete(_tree, recursive: true);
        ForeignProgram.Run("bash", "-c", $"mkdir '{_tree}' && cd '{_tree}' && printf one > $'\\xe9' && printf two > $'\\xc3\\xa9' && printf three > $'x\\xe9.txt' && printf four > $'x\\xc3\\xa9.txt'");

        for (int run = 0; run < (isOverwriting ? 2 : 1); run++)
        {
            ExtractionResult result = await ExtractAsync(Disc(), request => request with { Overwrite = isOverwriting });

            Assert.True(result.IsWhole);
            Assert.Equal(4, result.Files);
            Assert.Single(result.Warnings, warning => warning.Code == "names-changed");
            string[] names = [.. Directory.GetFiles(_directory["out"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
            Assert.Equal(["xé.txt", "xé~2.txt", "é", "é~2"], names);
            Assert.Equal(["four", "one", "three", "two"], names.Select(name => File.ReadAllText(_directory[$"out/{name}"])).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Names_that_are_too_long_here_are_cut_and_told_of()
    {
        Directory.Delete(_tree, recursive: true);
        ForeignProgram.Run("bash", "-c", $"mkdir '{_tree}' && cd '{_tree}' && for c in ff fe; do n=$(printf \"\\\\x$c%.0s\" {{1..200}}); mkdir \"$(printf $n)\"; printf $c > \"$(printf $n)/$(printf $n).txt\"; done");

        ExtractionResult result = await ExtractAsync(Disc());

        Assert.True(result.IsWhole);
        Assert.Equal((2, 2), (result.Files, result.Directories));
        Assert.Single(result.Warnings, warning => warning.Code == "names-changed");
        string[] files = Directory.GetFiles(_directory["out"], "*", SearchOption.AllDirectories);
        Assert.Equal(["fe", "ff"], files.Select(File.ReadAllText).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Matches("~[0-9A-F]{8}\\.txt$", file));
        Assert.Equal(2, Directory.GetDirectories(_directory["out"]).Length);
    }

    private SimulatedDisc Disc() => new(File.ReadAllBytes(DiscImages.OfDirectory(_tree)));

    private Task<ExtractionResult> ExtractAsync(SimulatedDisc disc) => ExtractAsync(disc, request => request);

    private Task<ExtractionResult> ExtractAsync(SimulatedDisc disc, Func<ExtractionRequest, ExtractionRequest> change) => Extractor.RunAsync(
        Volume.Open(disc)!, change(new() { Target = _directory["out"] }), new Progress<WorkProgress>(), CancellationToken.None);
}
