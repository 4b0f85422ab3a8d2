// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Volumes;

public sealed class IsoForeignTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    [Theory]
    [InlineData("genisoimage", "-quiet", "-R", "-allow-multidot")]
    [InlineData("genisoimage", "-quiet", "-R", "-J", "-joliet-long", "-iso-level", "3", "-D")]
    [InlineData("xorriso", "-as", "mkisofs", "-quiet", "-R", "-J")]
    [InlineData("xorriso", "-as", "mkisofs", "-quiet", "-R", "-iso-level", "4")]
    public void Reads_what_was_put_on_a_Rock_Ridge_disc(string program, params string[] options)
    {
        string root = SourceTree.Make(_temp);
        ForeignProgram.Run(program, [.. options, "-o", _temp["disc.iso"], root]);

        Volume volume = SourceTree.Open(SourceTree.Disc(_temp["disc.iso"]), VolumeView.RockRidge);

        List<string> found = SourceTree.Lines(volume);
        found.RemoveAll(line => line.EndsWith(" /rr_moved", StringComparison.Ordinal));
        Assert.Equal(SourceTree.Lines(root), found);
        Assert.Empty(volume.Findings.Items);
    }

    [Fact]
    public void Reads_content_and_times_of_a_Rock_Ridge_disc()
    {
        string root = SourceTree.Make(_temp);
        ForeignProgram.Run("xorriso", "-as", "mkisofs", "-quiet", "-R", "-o", _temp["disc.iso"], root);

        Volume volume = SourceTree.Open(SourceTree.Disc(_temp["disc.iso"]));

        Assert.Equal(VolumeView.RockRidge, volume.View);
        SourceTree.AssertSame(root, volume, TimeSpan.FromSeconds(1));
        Assert.Equal(0x81A0, volume.Find("/readme.txt")!.Mode);
    }

    [Fact]
    public void Reads_a_Joliet_tree()
    {
        string root = SourceTree.Make(_temp, withLinks: false);
        ForeignProgram.Run("genisoimage", "-quiet", "-D", "-J", "-joliet-long", "-V", "Größe", "-input-charset", "utf-8", "-o", _temp["disc.iso"], root);

        Volume volume = SourceTree.Open(SourceTree.Disc(_temp["disc.iso"]));

        Assert.Equal(VolumeView.Joliet, volume.View);
        SourceTree.AssertSame(root, volume, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Reads_the_plain_names_that_isoinfo_lists()
    {
        ForeignProgram.PathOf("isoinfo");
        string root = SourceTree.Make(_temp, withLinks: false);
        ForeignProgram.Run("genisoimage", "-quiet", "-o", _temp["disc.iso"], root);
        string[] judged = ForeignProgram.Run("isoinfo", "-f", "-i", _temp["disc.iso"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Volume volume = SourceTree.Open(SourceTree.Disc(_temp["disc.iso"]));

        Assert.Equal(VolumeView.Iso9660, volume.View);
        Assert.Equal(
            judged.Select(path => path.Replace(";1", "", StringComparison.Ordinal).TrimEnd('.')).Order(StringComparer.Ordinal),
            volume.Walk().Select(entry => entry.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Lists_what_bsdtar_lists_with_sizes_times_and_targets()
    {
        ForeignProgram.PathOf("bsdtar");
        ForeignProgram.Run("xorriso", "-as", "mkisofs", "-quiet", "-R", "-J", "-o", _temp["disc.iso"], SourceTree.Make(_temp));
        string[] judged = ForeignProgram.Run("bsdtar", "-cf", "-", "--format=mtree", "--options=mtree:!all,mtree:size,mtree:time,mtree:type,mtree:mode", $"@{_temp["disc.iso"]}")
            .Split('\n').Where(line => line.StartsWith("./", StringComparison.Ordinal)).ToArray();

        Volume volume = SourceTree.Open(SourceTree.Disc(_temp["disc.iso"]));
        IEnumerable<string> ours = volume.Walk().Where(entry => entry.Path.All(character => character is > ' ' and < '\u007F'))
            .Select(entry => $".{entry.Path} time={entry.Modified!.Value.ToUnixTimeSeconds()}.0 mode={Convert.ToString(entry.Mode!.Value & 0xFFF, 8)}"
                + (entry.Type == EntryType.File ? $" size={entry.Size}" : ""));

        Assert.NotEmpty(judged);
        Assert.All(ours, line => Assert.Contains(judged, judgement => Fields(judgement).IsSupersetOf(line.Split(' '))));
    }

    [Fact]
    public void Reads_the_last_session_with_addresses_from_the_start_of_the_disc()
    {
        string root = SourceTree.Make(_temp);
        ForeignProgram.Run("genisoimage", "-quiet", "-D", "-R", "-o", _temp["first.iso"], root);
        byte[] first = File.ReadAllBytes(_temp["first.iso"]);
        long start = (first.Length / 2048) + 11_400;
        File.WriteAllText(Path.Combine(root, "added"), "later");
        ForeignProgram.Run("genisoimage", "-quiet", "-D", "-R", "-C", $"0,{start}", "-M", _temp["first.iso"], "-o", _temp["second.iso"], root);
        byte[] second = File.ReadAllBytes(_temp["second.iso"]);
        byte[] whole = new byte[(start * 2048) + second.Length];
        first.CopyTo(whole, 0);
        second.CopyTo(whole, start * 2048);

        Volume onDisc = Volume.Open(new SimulatedDisc(whole), new() { SessionStart = start })!;
        Volume alone = Volume.Open(new SimulatedDisc(second), new() { MediumStart = start })!;

        Assert.Equal(SourceTree.Lines(root), SourceTree.Lines(onDisc));
        Assert.Equal(SourceTree.Lines(onDisc), SourceTree.Lines(alone));
        Assert.Equal("later"u8, SourceTree.ReadAll(alone.OpenContent(alone.Find("added")!)));
        SourceTree.AssertSame(root, onDisc, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Expands_files_that_are_stored_compressed()
    {
        string root = SourceTree.Make(_temp);
        byte[] content = [.. Enumerable.Range(0, 200_000).Select(at => (byte)(at / 1000)), .. new byte[70_000], 1];
        File.WriteAllBytes(Path.Combine(root, "compressible"), content);
        ForeignProgram.Run("xorriso", "-outdev", _temp["disc.iso"], "-map", root, "/", "-set_filter_r", "--zisofs", "/", "--", "-commit");

        Volume volume = SourceTree.Open(SourceTree.Disc(_temp["disc.iso"]));
        VolumeEntry file = volume.Find("compressible")!;

        Assert.True(file.IsCompressed);
        Assert.True(file.Extents.Sum(extent => extent.Length) < content.Length / 2);
        Assert.Equal(content, SourceTree.ReadAll(volume.OpenContent(file)));
        SourceTree.AssertSame(root, volume, TimeSpan.FromHours(1000_000));
    }

    public void Dispose() => _temp.Dispose();

    private static HashSet<string> Fields(string line) => [.. line.Split(' ')];
}
