// SPDX-License-Identifier: MIT
using Spindle.Formats.Analysis;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Hfs;

public sealed class HfsForeignTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    [Fact]
    public void Reads_a_volume_of_hfsutils_whose_catalogue_has_many_nodes()
    {
        ForeignProgram.PathOf("hformat");
        string commands = """
            export HOME=$PWD
            truncate -s 4M disc.img; hformat -l 'Größe' disc.img
            for n in $(seq 1 150); do head -c $((n * 37)) /dev/zero | tr '\0' x > f$n; hcopy -r f$n :; done
            hmkdir :sub; hcopy -r f7 :sub:; hls -a :; humount
            """;
        ForeignProgram.RunIn(_temp.Path, "bash", "-c", commands);

        Volume volume = SourceTree.Open(SourceTree.Disc(_temp["disc.img"], 512));
        List<VolumeEntry> entries = [.. volume.Walk()];

        Assert.Equal(VolumeView.Hfs, volume.View);
        Assert.Equal(
            Enumerable.Range(1, 150).Select(n => ($"/f{n}", n * 37L)).Append(("/sub/f7", 7 * 37L)).Order(),
            entries.Where(entry => entry.Type == EntryType.File).Select(entry => (entry.Path, entry.Size)).Order());
        Assert.Equal(new string('x', 37 * 150), System.Text.Encoding.ASCII.GetString(SourceTree.ReadAll(volume.OpenContent(volume.Find("f150")!))));
        Assert.Equal(4 * 1024 * 1024, DiscAnalyzer.Analyze(SourceTree.Disc(_temp["disc.img"], 512)).SizeExpected);
        Assert.Empty(volume.Findings.Items);
    }

    [Fact]
    public void Reads_an_HFS_plus_tree_beside_the_other_ones()
    {
        string root = SourceTree.Make(_temp);
        ForeignProgram.Run("xorriso", "-as", "mkisofs", "-quiet", "-R", "-hfsplus", "-o", _temp["disc.iso"], root);

        Volume volume = SourceTree.Open(SourceTree.Disc(_temp["disc.iso"]), VolumeView.HfsPlus);

        Assert.Equal(
            SourceTree.Lines(root),
            SourceTree.Lines(volume).Select(line => Composed(line)).Order(StringComparer.Ordinal));
        SourceTreeContent(root, volume);
    }

    [Fact]
    public void Reads_the_HFS_tree_of_a_hybrid_disc()
    {
        string root = SourceTree.Make(_temp, withLinks: false);
        ForeignProgram.Run("genisoimage", "-quiet", "-R", "-D", "-hfs", "-part", "-V", "Hybrid", "-o", _temp["disc.iso"], root);

        Volume volume = SourceTree.Open(SourceTree.Disc(_temp["disc.iso"]), VolumeView.Hfs);

        Assert.Equal("Hybrid", volume.VolumeIdentifier);
        Assert.Equal(File.ReadAllBytes(Path.Combine(root, "dir/inner/deep.bin")), SourceTree.ReadAll(volume.OpenContent(volume.Find("dir/inner/deep.bin")!)));
    }

    public void Dispose() => _temp.Dispose();

    // HFS+ keeps names decomposed, and they are listed as recorded; the one letter of the tree that has two forms.
    private static string Composed(string name) => name.Replace("o\u0308", "ö", StringComparison.Ordinal);

    private static void SourceTreeContent(string root, Volume volume)
    {
        foreach (VolumeEntry file in volume.Walk().Where(entry => entry.Type == EntryType.File))
        {
            string path = root + Composed(file.Path);
            Assert.Equal(File.ReadAllBytes(path), SourceTree.ReadAll(volume.OpenContent(file)));
        }
    }
}
