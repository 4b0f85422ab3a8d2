// SPDX-License-Identifier: MIT
using Spindle.Formats.Analysis;
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Udf;

public sealed class UdfForeignTests : IDisposable
{
    private const int ImageLength = 8 * 1024 * 1024;
    private readonly TempDirectory _temp = new();

    public static TheoryData<string, int, string> Formats
    {
        get
        {
            TheoryData<string, int, string> formats = [];
            foreach (string media in (string[])["hd", "dvd", "dvdram", "cdrw", "dvdrw"])
            {
                foreach (int blockSize in (int[])[512, 1024, 2048, 4096])
                {
                    formats.Add(media, blockSize, "1.50");
                    formats.Add(media, blockSize, "2.01");
                }
            }

            formats.Add("hd", 2048, "1.02");
            return formats;
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Finds_the_end_of_every_kind_of_closed_volume(string media, int blockSize, string revision)
    {
        byte[] image = Make(media, blockSize, revision);

        DiscAnalysis analysis = DiscAnalyzer.Analyze(new SimulatedDisc(image));

        Assert.Equal("Label", analysis.VolumeIdentifier);
        Assert.Equal([VolumeView.Udf], analysis.Views);
        Assert.Equal(ImageLength, analysis.SizeExpected);
        Assert.Empty(analysis.Findings.Items);
    }

    [Theory]
    [InlineData("hd", 512, "2.01", 512)]
    [InlineData("hd", 2048, "2.01", 2048)]
    [InlineData("hd", 2048, "1.02", 200 * 2048)]
    [InlineData("dvd", 1024, "1.50", 4096)]
    [InlineData("hd", 4096, "2.01", 4096)]
    public void Sees_that_a_volume_was_cut(string media, int blockSize, string revision, int lost)
    {
        byte[] image = Make(media, blockSize, revision);

        DiscAnalysis analysis = DiscAnalyzer.Analyze(new SimulatedDisc(image[..^lost]));

        Assert.True(analysis.SmallerThanExpected);
    }

    [Fact]
    public void Does_not_call_a_volume_cut_whose_end_cannot_be_read()
    {
        byte[] image = Make("hd", 2048, "2.01");
        using SimulatedDisc disc = new(image);
        disc.Bad(disc.SectorCount - 400, 400);

        Assert.False(DiscAnalyzer.Analyze(disc).SmallerThanExpected);
    }

    [Theory]
    [InlineData(2 * 2048, TrailingData.RunOut)]
    [InlineData(150 * 2048, TrailingData.Padding)]
    [InlineData(300 * 2048, TrailingData.Padding)]
    public void Tells_run_out_and_padding_from_the_volume(int added, TrailingData expected)
    {
        byte[] image = [.. Make("hd", 2048, "2.01"), .. new byte[added]];

        DiscAnalysis analysis = DiscAnalyzer.Analyze(new SimulatedDisc(image));

        Assert.Equal(ImageLength, analysis.SizeExpected);
        Assert.Equal(expected, analysis.Trailing);
    }

    [Theory]
    [InlineData("bdr", "2.60")]
    [InlineData("dvdr", "2.01")]
    [InlineData("cdr", "1.50")]
    public void Judges_a_disc_with_a_virtual_allocation_table_by_its_last_block(string media, string revision)
    {
        byte[] image = Make(media, 2048, revision);
        int end = (Array.FindLastIndex(image, value => value != 0) / 2048 * 2048) + 2048;

        DiscAnalysis analysis = DiscAnalyzer.Analyze(new SimulatedDisc(image[..end]));

        Assert.Equal(end, analysis.SizeExpected);
        Assert.Equal([VolumeView.Udf], analysis.Views);
    }

    [Fact]
    public void Reads_the_reserve_sequence_when_the_main_one_is_lost()
    {
        byte[] image = Make("hd", 2048, "2.01");
        using SimulatedDisc disc = new(image);
        disc.Bad(96, 16);

        Volume? volume = Volume.Open(disc);

        Assert.Equal("Label", volume?.VolumeIdentifier);
        Assert.Contains(UdfRules.SequenceComplete, volume!.Findings.Counts.Keys);
    }

    [Fact]
    public void Reads_the_files_of_a_bridge_disc()
    {
        string root = SourceTree.Make(_temp, withLinks: false);
        ForeignProgram.Run("genisoimage", "-quiet", "-udf", "-J", "-joliet-long", "-D", "-R", "-input-charset", "utf-8", "-o", _temp["disc.iso"], root);

        Volume volume = SourceTree.Open(SourceTree.Disc(_temp["disc.iso"]), VolumeView.Udf);

        SourceTree.AssertSame(root, volume, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Lists_what_7z_lists()
    {
        ForeignProgram.PathOf("7z");
        string root = SourceTree.Make(_temp, withLinks: false);
        ForeignProgram.Run("genisoimage", "-quiet", "-udf", "-J", "-joliet-long", "-D", "-o", _temp["disc.iso"], root);
        string[] listing = ForeignProgram.Run("7z", "l", "-slt", "-tUdf", _temp["disc.iso"]).Split('\n');
        IEnumerable<string> judged = listing.SkipWhile(line => line != "----------").Where(line => line.StartsWith("Path = ", StringComparison.Ordinal))
            .Select(line => $"/{line[7..]}");

        Volume volume = SourceTree.Open(SourceTree.Disc(_temp["disc.iso"]), VolumeView.Udf);

        Assert.Equal(judged.Order(StringComparer.Ordinal), volume.Walk().Select(entry => entry.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Reads_what_another_implementation_wrote_into_a_volume()
    {
        ForeignProgram.PathOf("udfclient");
        _temp.Write("disc.img", new byte[128 * 1024 * 1024]);
        ForeignProgram.Run("mkudffs", "-m", "hd", "-b", "2048", "-r", "2.01", "-l", "Label", _temp["disc.img"]);
        _temp.Write("small", "embedded"u8);
        _temp.Write("large", SimulatedDisc.Pattern(300_000));
        const string write = """
            name=$(printf 'ls\nquit\n' | udfclient -b 2048 disc.img | awk '/^drwx/ {print $NF; exit}')
            printf 'cd %s\nmput small large\nmkdir sub\nquit\n' "$name" | udfclient -b 2048 -W disc.img
            """;
        ForeignProgram.RunIn(_temp.Path, "bash", "-c", write);
        using FileSectors disc = new(_temp["disc.img"]);

        Volume volume = SourceTree.Open(disc);
        Assert.SkipWhen(volume.Find("large") is null, "this udfclient wrote nothing");

        Assert.Equal("embedded"u8, SourceTree.ReadAll(volume.OpenContent(volume.Find("small")!)));
        Assert.Equal(File.ReadAllBytes(_temp["large"]), SourceTree.ReadAll(volume.OpenContent(volume.Find("large")!)));
    }

    public void Dispose() => _temp.Dispose();

    private byte[] Make(string media, int blockSize, string revision)
    {
        _temp.Write("disc.img", new byte[ImageLength]);
        ForeignProgram.Run("mkudffs", "-m", media, "-b", $"{blockSize}", "-r", revision, "-l", "Label", _temp["disc.img"]);
        return File.ReadAllBytes(_temp["disc.img"]);
    }
}
