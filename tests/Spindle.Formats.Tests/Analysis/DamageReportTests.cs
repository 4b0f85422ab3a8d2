// SPDX-License-Identifier: MIT
using Spindle.Formats.Analysis;
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Analysis;

public sealed class DamageReportTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    [Fact]
    public void Names_nothing_when_every_sector_was_read()
    {
        SimulatedDisc disc = Make(["genisoimage", "-quiet", "-R", "-J", "-udf", "-D"]);

        DamageReport report = DamageReport.Of(disc, new(disc.SectorCount, SectorState.Finished));

        Assert.Empty(report.Entries);
        Assert.Empty(report.Structures);
        Assert.Equal(0, report.BytesUnread);
        Assert.Null(report.Unknown);
        Assert.True(report.EntriesSeen > 200);
    }

    [Theory]
    [InlineData(VolumeView.Udf, "genisoimage", "-quiet", "-R", "-J", "-udf", "-D")]
    [InlineData(VolumeView.RockRidge, "xorriso", "-as", "mkisofs", "-quiet", "-R", "-hfsplus")]
    [InlineData(VolumeView.Joliet, "genisoimage", "-quiet", "-J", "-D")]
    public void Names_the_file_and_its_bytes_once(VolumeView view, params string[] command)
    {
        SimulatedDisc disc = Make(command);
        VolumeEntry file = SourceTree.Open(disc).Find("dir/inner/deep.bin")!;
        SectorMap map = new(disc.SectorCount, SectorState.Finished);
        long sector = (file.Extents[0].Position / 2048) + 3;
        map.Set(new(sector, 2), SectorState.Bad);

        DamagedEntry hit = Assert.Single(DamageReport.Of(disc, map).Entries);

        Assert.Equal((view, "/dir/inner/deep.bin"), (hit.View, hit.Path));
        Assert.Equal([new Extent(3 * 2048, 2 * 2048)], hit.Lost);
        Assert.False(hit.IsDescriptionHit);
    }

    [Fact]
    public void Counts_no_more_than_the_file_has_in_its_last_sector()
    {
        SimulatedDisc disc = Make(["genisoimage", "-quiet", "-R", "-D"]);
        VolumeEntry file = SourceTree.Open(disc).Find("readme.txt")!;
        SectorMap map = new(disc.SectorCount, SectorState.Finished);
        map.Set(new(file.Extents[0].Position / 2048, 1), SectorState.Bad);

        Assert.Equal(6, Assert.Single(DamageReport.Of(disc, map).Entries).BytesLost);
    }

    [Fact]
    public void Names_structures_and_directories()
    {
        SimulatedDisc disc = Make(["genisoimage", "-quiet", "-R", "-D"]);
        Volume volume = SourceTree.Open(disc);
        SectorMap map = new(disc.SectorCount, SectorState.Finished);
        DiscStructure table = volume.Structures.First(structure => structure.Name.StartsWith("path table", StringComparison.Ordinal));
        map.Set(new(table.Extent.Position / 2048, 1), SectorState.NonTried);
        map.Set(new(volume.Find("many")!.Extents[0].Position / 2048, 1), SectorState.Bad);

        DamageReport report = DamageReport.Of(disc, map);

        Assert.Equal(table, Assert.Single(report.Structures));
        Assert.Contains(report.Entries, entry => entry is { Path: "/many", Type: EntryType.Directory, View: VolumeView.RockRidge });
        Assert.Equal(4096, report.BytesUnread);
        Assert.Contains(Iso9660Rules.DirectoryReadable.Id, report.Unknown, StringComparison.Ordinal); // what was named there
    }

    [Fact]
    public void Does_not_pass_a_disc_for_unhurt_whose_file_system_is_lost()
    {
        SimulatedDisc disc = Make(["genisoimage", "-quiet", "-R", "-D"]);
        SectorMap map = new(disc.SectorCount, SectorState.Finished);
        map.Set(new(16, 4), SectorState.Bad);

        DamageReport report = DamageReport.Of(disc, map);

        Assert.Equal((false, 0), (report.HasTree, report.EntriesSeen));
        Assert.NotNull(report.Unknown);
    }

    public void Dispose() => _temp.Dispose();

    private SimulatedDisc Make(string[] command)
    {
        ForeignProgram.Run(command[0], [.. command[1..], "-o", _temp["disc.iso"], SourceTree.Make(_temp, withLinks: false)]);
        return SourceTree.Disc(_temp["disc.iso"]);
    }
}
