// SPDX-License-Identifier: MIT
using Spindle.Formats.Analysis;
using Spindle.Formats.ApplePartitions;
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.Trees;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Analysis;

public sealed class DiscAnalyzerTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(300_000)]
    public void Finds_nothing_where_there_is_nothing(int length)
    {
        DiscAnalysis analysis = DiscAnalyzer.Analyze(new SimulatedDisc(new byte[length]));

        Assert.False(analysis.ContainsKnownFileSystem);
        Assert.False(analysis.SmallerThanExpected);
        Assert.Empty(analysis.Findings.Items);
    }

    [Fact]
    public void Finds_nothing_wrong_with_a_good_disc()
    {
        DiscAnalysis analysis = DiscAnalyzer.Analyze(new SimulatedDisc(Iso("-J")));

        Assert.True(analysis.SizeAsExpected);
        Assert.Empty(analysis.Findings.Items);
        Assert.Equal([VolumeView.Joliet, VolumeView.Iso9660], analysis.Views);
    }

    [Theory]
    [InlineData("genisoimage", "-quiet", "-J", "-joliet-long", "-R")]
    [InlineData("xorriso", "-as", "mkisofs", "-quiet", "-R", "-J", "-rr_reloc_dir", "/rr")]
    public void Finds_nothing_wrong_with_a_tree_of_many_kinds(string program, params string[] options)
    {
        ForeignProgram.Run(program, [.. options, "-o", _temp["disc.iso"], SourceTree.Make(_temp)]);

        Assert.Empty(DiscAnalyzer.Analyze(SourceTree.Disc(_temp["disc.iso"])).Findings.Items.Select(finding => $"{finding.Rule.Id} {finding.Detail}"));
    }

    [Fact]
    public void Reports_names_out_of_order_or_with_other_characters()
    {
        byte[] image = Iso();
        int at = image.AsSpan().IndexOf("A.BIN;1"u8);
        image[at] = (byte)'a';

        Assert.Contains(Iso9660Rules.CharactersAllowed, DiscAnalyzer.Analyze(new SimulatedDisc(image)).Findings.Counts.Keys);
    }

    [Fact]
    public void Sees_that_one_sector_is_missing()
    {
        DiscAnalysis analysis = DiscAnalyzer.Analyze(new SimulatedDisc(Iso("-J")[..^2048]));

        Assert.True(analysis.SmallerThanExpected);
        Assert.Equal(-2048, analysis.SizeDifference);
    }

    [Theory]
    [InlineData(80)] // volume space size
    [InlineData(166)] // extent of the root directory
    public void Reports_byte_orders_that_disagree(int offset)
    {
        byte[] image = Iso();
        image[(16 * 2048) + offset] ^= 1;

        Assert.Contains(Iso9660Rules.ByteOrdersAgree, DiscAnalyzer.Analyze(new SimulatedDisc(image)).Findings.Counts.Keys);
    }

    [Theory]
    [InlineData(140, true)]
    [InlineData(148, false)]
    public void Reports_path_tables_that_disagree(int locationOffset, bool isLittle)
    {
        byte[] image = Iso();
        ReadOnlySpan<byte> field = image.AsSpan((16 * 2048) + locationOffset, 4);
        uint block = isLittle
            ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(field)
            : System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(field);
        image[(block * 2048) + 10 + (isLittle ? 2 : 5)] ^= 1;

        Assert.Contains(Iso9660Rules.PathTablesAgree, DiscAnalyzer.Analyze(new SimulatedDisc(image)).Findings.Counts.Keys);
    }

    [Fact]
    public void Reports_a_directory_that_is_not_in_the_path_table()
    {
        byte[] image = Iso();
        foreach ((int location, bool isLittle) in ((int, bool)[])[(140, true), (148, false)])
        {
            Span<byte> field = image.AsSpan((16 * 2048) + location, 4);
            uint block = isLittle
                ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(field)
                : System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(field);
            image[(block * 2048) + 10 + (isLittle ? 2 : 5)] ^= 0x40; // the block of the second entry
        }

        Findings findings = DiscAnalyzer.Analyze(new SimulatedDisc(image)).Findings;

        Assert.Equal(2, findings.Counts[Iso9660Rules.PathTableAgrees]);
        Assert.DoesNotContain(Iso9660Rules.PathTablesAgree, findings.Counts.Keys);
    }

    [Fact]
    public void Ignores_a_device_size_that_cannot_be_true()
    {
        ForeignProgram.Run("xorriso", "-as", "mkisofs", "-quiet", "-hfsplus", "-o", _temp["disc.iso"], SourceTree.Make(_temp));

        DiscAnalysis analysis = DiscAnalyzer.Analyze(SourceTree.Disc(_temp["disc.iso"]));

        Assert.True(analysis.SizeAsExpected);
        Assert.Contains(AppleRules.DeviceSizeTrue, analysis.Findings.Counts.Keys);
        Assert.Contains(FileSystemType.HfsPlus, analysis.FileSystems.Select(system => system.Type));
    }

    [Fact]
    public void Finds_what_boots_a_machine()
    {
        string root = SourceTree.Make(_temp);
        File.WriteAllBytes(Path.Combine(root, "boot.img"), SimulatedDisc.Pattern(4096));
        ForeignProgram.Run("genisoimage", "-quiet", "-R", "-D", "-b", "boot.img", "-no-emul-boot", "-boot-load-size", "4", "-o", _temp["disc.iso"], root);

        DiscAnalysis analysis = DiscAnalyzer.Analyze(SourceTree.Disc(_temp["disc.iso"]));

        Spindle.Formats.ElTorito.BootImage image = Assert.Single(analysis.BootImages);
        Assert.Equal((0, true, 0, 2048L), (image.Platform, image.IsBootable, image.Emulation, image.Extent.Length));
        Assert.DoesNotContain(analysis.Findings.Items, finding => finding.Rule.Id.StartsWith("ELT", StringComparison.Ordinal));
    }

    [Fact]
    public void Judges_a_later_session_by_where_it_begins()
    {
        string root = SourceTree.Make(_temp);
        ForeignProgram.Run("genisoimage", "-quiet", "-D", "-R", "-o", _temp["first.iso"], root);
        long start = (new FileInfo(_temp["first.iso"]).Length / 2048) + 11_400;
        ForeignProgram.Run("genisoimage", "-quiet", "-D", "-R", "-C", $"0,{start}", "-M", _temp["first.iso"], "-o", _temp["second.iso"], root);
        byte[] second = File.ReadAllBytes(_temp["second.iso"]);

        DiscAnalysis whole = DiscAnalyzer.Analyze(new SimulatedDisc(second), new() { MediumStart = start });
        DiscAnalysis cut = DiscAnalyzer.Analyze(new SimulatedDisc(second[..^2048]), new() { MediumStart = start });

        Assert.True(whole.SizeAsExpected);
        Assert.True(cut.SmallerThanExpected);
    }

    [Fact]
    public void Judges_a_later_session_whose_size_counts_from_its_own_start()
    {
        string root = SourceTree.Make(_temp);
        string add = Directory.CreateDirectory(_temp["add"]).FullName;
        File.WriteAllBytes(Path.Combine(add, "large"), SimulatedDisc.Pattern(3_000_000));
        ForeignProgram.Run("xorriso", "-outdev", _temp["disc.iso"], "-map", root, "/first", "-commit");
        ForeignProgram.Run("xorriso", "-dev", _temp["disc.iso"], "-map", add, "/second", "-commit");
        byte[] image = File.ReadAllBytes(_temp["disc.iso"]);
        int start = Enumerable.Range(40, 2000).Last(sector => (sector * 2048) + 6 < image.Length
            && image.AsSpan(sector * 2048, 6).SequenceEqual("\u0001CD001"u8)) - 16;
        long end = DiscAnalyzer.Analyze(new SimulatedDisc(image)).SizeExpected; // the first descriptor has all of it

        DiscAnalysis later = DiscAnalyzer.Analyze(new SimulatedDisc(image), new() { SessionStart = start });

        Assert.Equal(end, later.SizeExpected);
        Assert.True(later.SizeExpected > start * 2048);
    }

    public void Dispose() => _temp.Dispose();

    private byte[] Iso(params string[] options)
    {
        string root = Directory.CreateDirectory(_temp["small"]).FullName;
        Directory.CreateDirectory(Path.Combine(root, "sub"));
        File.WriteAllBytes(Path.Combine(root, "sub", "a.bin"), SimulatedDisc.Pattern(5000));
        ForeignProgram.Run("genisoimage", ["-quiet", .. options, "-o", _temp["disc.iso"], root]);
        return File.ReadAllBytes(_temp["disc.iso"]);
    }
}
