// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Station.Demonstrating;
using Spindle.Testing;

namespace Spindle.Cli.Tests.Commands;

/// <summary>The commands that look into a disc, on the demo's: two files, plain ISO 9660.</summary>
public sealed class ContentsCommandTests : IDisposable
{
    private const int FirstFileSector = 21;
    private const int RootSector = 20;

    private readonly TempDirectory _directory = new();
    private readonly string _disc;

    public ContentsCommandTests() => _disc = _directory.Write("disc.iso", DemoDisc.Build());

    [Fact]
    public async Task Lists_as_JSON_with_the_keys_of_the_contract()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("ls", _disc, "--json");

        Assert.Equal("spindle/ls/1", outcome.Json().GetProperty("schema").GetString());
        JsonElement picture = outcome.Json().GetProperty("entries")[0];
        Assert.Equal("/PICTURE.DAT", picture.GetProperty("path").GetString());
        Assert.Equal("file", picture.GetProperty("type").GetString());
        Assert.Equal(8_000_000, picture.GetProperty("size").GetInt64());
        Assert.Equal(FirstFileSector, picture.GetProperty("extents")[0].GetProperty("lba").GetInt64());
    }

    [Theory]
    [InlineData("ls", "--view", "udf")]
    [InlineData("tree", "--view", "joliet")]
    [InlineData("extract", "--to", "out", "--view", "hfs")]
    public async Task Says_that_a_disc_does_not_have_a_tree(string command, params string[] options)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync([command, _disc, .. options, "--json"]);

        Assert.Equal(1, outcome.Code);
        Assert.Equal("no-file-system", outcome.Json().GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("FILE \"My Disc (Track 1).bin\" BINARY\r\n  TRACK 01 MODE1/2352\r\n    INDEX 01 00:00:00\r\n", "name the image itself: My Disc (Track 1).bin")]
    [InlineData("file disc.bin binary\n track 01 mode1/2048\n", "name the image itself: disc.bin")]
    public async Task A_cue_sheet_is_told_from_an_image(string sheet, string hint)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("ls", _directory.Write("disc.cue", System.Text.Encoding.ASCII.GetBytes(sheet)));

        Assert.Equal(1, outcome.Code);
        Assert.Contains(hint, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_system_that_is_known_and_not_listed_is_named()
    {
        byte[] floppy = new byte[800 * 512];
        (floppy[1024], floppy[1025]) = (0xD2, 0xD7); // drSigWord of MFS (Inside Macintosh II, 1985)
        (floppy[1024 + 19], floppy[1024 + 22]) = (100, 4); // drNmAlBlks, drAlBlkSiz

        CommandLine.Outcome outcome = await CommandLine.RunAsync("ls", _directory.Write("floppy.img", floppy));

        Assert.Equal(1, outcome.Code);
        Assert.Contains("Macintosh File System", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ls")]
    [InlineData("tree")]
    [InlineData("extract", "--to", "out")]
    public async Task Says_that_names_are_missing_where_a_directory_can_not_be_read(string command, params string[] options)
    {
        string cut = _directory.Write("cut.iso", DemoDisc.Build().AsSpan(0, RootSector * 2048));
        options = [.. options.Select(option => option == "out" ? _directory["out"] : option)];

        CommandLine.Outcome told = await CommandLine.RunAsync([command, cut, .. options]);
        CommandLine.Outcome json = await CommandLine.RunAsync([command, cut, .. options, "--json"]);

        Assert.Equal((2, 2), (told.Code, json.Code));
        Assert.Contains("[names-missing]", told.Error, StringComparison.Ordinal);
        Assert.Contains("\"names-missing\"", json.Json().GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_there_is_no_such_path()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("ls", _disc, "readme.txt");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("[no-such-path]", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspects_a_whole_image_and_a_cut_one()
    {
        string cut = _directory.Write("cut.iso", DemoDisc.Build().AsSpan(0, 1_000_000));

        CommandLine.Outcome whole = await CommandLine.RunAsync("inspect", _disc, "--json");
        CommandLine.Outcome both = await CommandLine.RunAsync("inspect", _disc, cut, "--json");

        Assert.Equal(0, whole.Code);
        Assert.Equal(2, both.Code);
        JsonElement[] images = [.. both.Json().GetProperty("images").EnumerateArray()];
        Assert.True(images[0].GetProperty("sizeAsExpected").GetBoolean());
        Assert.True(images[1].GetProperty("smallerThanExpected").GetBoolean());
        Assert.Equal("ISO 9660", images[1].GetProperty("fileSystems")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Inspects_the_other_images_when_one_is_missing()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("inspect", _directory["none.iso"], _disc, "--json");

        Assert.Equal(1, outcome.Code);
        JsonElement[] images = [.. outcome.Json().GetProperty("images").EnumerateArray()];
        Assert.Equal("no-such-source", images[0].GetProperty("error").GetProperty("code").GetString());
        Assert.True(images[1].GetProperty("sizeAsExpected").GetBoolean());
    }

    [Fact]
    public async Task Prints_isolyzers_XML()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("inspect", _disc, "--format", "isolyzer");

        Assert.StartsWith("<?xml version=\"1.0\" ?>\n<isolyzer ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("<sizeAsExpected>True</sizeAsExpected>", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_files_that_are_hit_and_the_bytes_that_are_lost()
    {
        string map = _directory.Write("disc.map", "0 + 1\n0 0xB000 +\n0xB000 0x1000 -\n0xC000 0x7A0800 +\n"u8);

        CommandLine.Outcome outcome = await CommandLine.RunAsync("damage", _disc, map, "--json");

        Assert.Equal(2, outcome.Code);
        JsonElement entry = Assert.Single(outcome.Json().GetProperty("entries").EnumerateArray());
        Assert.Equal("/PICTURE.DAT", entry.GetProperty("path").GetString());
        Assert.Equal(0xB000 - (FirstFileSector * 2048), entry.GetProperty("lost")[0].GetProperty("offset").GetInt64());
        Assert.Equal(0x1000, entry.GetProperty("bytesLost").GetInt64());
    }

    [Fact]
    public async Task Reports_a_cut_source_as_failed_and_keeps_what_it_holds()
    {
        string cut = _directory.Write("cut.iso", DemoDisc.Build().AsSpan(0, 1_000_000));

        CommandLine.Outcome outcome = await CommandLine.RunAsync("image", cut, "--dir", _directory["out"], "--json", "--progress", "none");

        Assert.Equal(2, outcome.Code);
        Assert.Equal("failed", outcome.Json().GetProperty("outcome").GetString());
        Assert.Equal("smaller-than-file-system", outcome.Json().GetProperty("concerns")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Protects_checks_and_mends()
    {
        byte[] original = await File.ReadAllBytesAsync(_disc);

        CommandLine.Outcome made = await CommandLine.RunAsync("protect", _disc, "--redundancy", "20%", "--json");
        CommandLine.Outcome good = await CommandLine.RunAsync("check", _disc, "--json");
        using (FileStream file = new(_disc, FileMode.Open))
        {
            file.Position = 100 * 2048;
            file.Write(new byte[50 * 2048]);
        }

        CommandLine.Outcome damaged = await CommandLine.RunAsync("check", _disc, "--json");
        CommandLine.Outcome mended = await CommandLine.RunAsync("repair", _disc, "--json");

        Assert.Equal((0, 0, 2, 0), (made.Code, good.Code, damaged.Code, mended.Code));
        Assert.Equal("good", good.Json().GetProperty("health").GetProperty("verdict").GetString());
        Assert.Equal(50, damaged.Json().GetProperty("damage").GetProperty("checksumMismatches").GetInt64());
        Assert.True(mended.Json().GetProperty("whole").GetBoolean());
        Assert.True((await File.ReadAllBytesAsync(_disc)).AsSpan(0, original.Length).SequenceEqual(original));
    }

    [Theory]
    [InlineData("protect", "--redundancy", "much")]
    [InlineData("protect", "--redundancy", "201%")]
    [InlineData("protect", "--fill", "floppy")]
    [InlineData("ls", "--offset", "-1")]
    [InlineData("ls", "--view", "fat")]
    public async Task Rejects_what_makes_no_sense(string command, string option, string value) =>
        Assert.Equal(64, (await CommandLine.RunAsync(command, _disc, option, value)).Code);

    public void Dispose() => _directory.Dispose();
}
