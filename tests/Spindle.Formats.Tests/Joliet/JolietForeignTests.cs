// SPDX-License-Identifier: MIT
using Spindle.Formats.Iso9660;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Joliet;

public sealed class JolietForeignTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    [Fact]
    public void Shows_the_names_of_Joliet_where_there_is_no_better_tree()
    {
        SimulatedDisc disc = Disc();

        Volume volume = SourceTree.Open(disc);

        Assert.Equal((VolumeView.Joliet, "Größe 日本"), (volume.View, volume.VolumeIdentifier));
        Assert.Equal(SourceTree.Lines(_temp["tree"]), SourceTree.Lines(volume));
        Assert.Equal([VolumeView.Joliet, VolumeView.Iso9660], Volume.ViewsOf(disc));
    }

    [Fact]
    public void Names_the_structures_that_the_tree_hangs_on()
    {
        Volume volume = SourceTree.Open(Disc());
        byte[] descriptor = File.ReadAllBytes(_temp["disc.iso"])[(17 * 2048)..(18 * 2048)];
        VolumeDescriptor joliet = new(descriptor, 17 * 2048);

        Assert.Equal(
            [
                ("primary volume descriptor", 16L * 2048, 2048L),
                ("Joliet volume descriptor", 17L * 2048, 2048L),
                ("volume descriptor set terminator", 18L * 2048, 2048L),
                ("path table (little-endian)", joliet.PathTableL * 2048L, joliet.PathTableSize),
                ("path table (big-endian)", joliet.PathTableM * 2048L, joliet.PathTableSize),
            ],
            volume.Structures.Select(structure => (structure.Name, structure.Extent.Position, structure.Extent.Length)));
        Assert.NotEqual(joliet.PathTableL, joliet.PathTableM);
    }

    public void Dispose() => _temp.Dispose();

    private SimulatedDisc Disc()
    {
        string root = SourceTree.Make(_temp, withLinks: false);
        ForeignProgram.Run("genisoimage", "-quiet", "-J", "-joliet-long", "-D", "-input-charset", "utf-8", "-V", "Größe 日本", "-o", _temp["disc.iso"], root);
        return SourceTree.Disc(_temp["disc.iso"]);
    }
}
