// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Mastering.Tests;

public sealed class DirectoryMeterTests
{
    private readonly DirectoryMeter _meter = new(new());

    [Fact]
    public void Measures_an_empty_directory()
    {
        // A file entry and one sector of names; one of records; one of Joliet's.
        Assert.Equal(new MetadataCost(2, 1, 1, 0, 0, 0), _meter.Measure(depth: 1));
    }

    [Fact]
    public void Measures_the_root_with_its_continuation_area() => Assert.Equal(new MetadataCost(2, 2, 1, 0, 0, 0), _meter.Measure(depth: 0));

    [Fact]
    public void Counts_a_file_entry_for_a_file_and_none_for_its_further_names()
    {
        _meter.AddFile("a"u8, 1);
        _meter.AddHardLink("b"u8, 1);
        _meter.AddSymlink("c"u8, "a"u8);

        Assert.Equal(new MetadataCost(3, 1, 1, 0, 0, 0), _meter.Measure(depth: 1));
    }

    [Fact]
    public void Packs_records_that_do_not_cross_sectors()
    {
        // Records: 90 + 90, then 33 + 13 (F000000.DAT;1 is 13 bytes) + 44 + 12 + 5 + 11 = 118: 15 in the first sector, 17 in others.
        Assert.Equal(1, Measure(15).IsoSectors);
        Assert.Equal(2, Measure(16).IsoSectors);
        Assert.Equal(2, Measure(32).IsoSectors);
        Assert.Equal(3, Measure(33).IsoSectors);
    }

    [Fact]
    public void Gives_the_same_cost_in_whatever_order_the_names_come()
    {
        string[] names = [.. Enumerable.Range(0, 500).Select(index => $"{(index % 2 == 0 ? "NAME" : "name")} {index / 2} – {new string('x', index % 200)}")];
        MetadataCost sorted = MeasureNames(names.Order(StringComparer.Ordinal));

        Assert.Equal(sorted, MeasureNames(names.Reverse()));
        Assert.Equal(sorted, MeasureNames(names));
    }

    [Theory]
    [InlineData(6, 0)]
    [InlineData(7, 1)]
    [InlineData(8, 0)]
    [InlineData(13, 1)]
    public void Tells_directories_that_lie_too_deep(int depth, int moved)
    {
        _meter.AddDirectory("d"u8);

        Assert.Equal(moved, _meter.Measure(depth).MovedDirectories);
    }

    [Fact]
    public void Counts_a_record_for_each_section_of_a_file()
    {
        // 15 records of 118 bytes fill the first sector; a file of 8 GiB has three of them.
        _meter.AddFile("f000000.dat"u8, 8L << 30);
        for (int index = 1; index < 14; index++)
        {
            _meter.AddFile(Encoding.ASCII.GetBytes($"f{index:D6}.dat"), 0);
        }

        Assert.Equal(2, _meter.Measure(depth: 1).IsoSectors);
        Assert.Equal(1, Measure(14).IsoSectors);
    }

    private MetadataCost Measure(int files) => MeasureNames(Enumerable.Range(0, files).Select(index => $"f{index:D6}.dat"));

    private MetadataCost MeasureNames(IEnumerable<string> names)
    {
        _meter.Clear();
        foreach (string name in names)
        {
            _meter.AddFile(Encoding.UTF8.GetBytes(name), 1);
        }

        return _meter.Measure(depth: 1);
    }
}
