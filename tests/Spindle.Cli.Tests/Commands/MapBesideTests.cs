// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security.Cryptography;
using Spindle.Station.Demonstrating;
using Spindle.Testing;

namespace Spindle.Cli.Tests.Commands;

/// <summary>A rescued image: zeros stand for what its map does not know as read, and nothing takes them for data.</summary>
public sealed class MapBesideTests : IDisposable
{
    private const int RootSector = 20;
    private const int FirstFileSector = 21; // of PICTURE.DAT

    private readonly TempDirectory _directory = new();
    private readonly byte[] _disc = DemoDisc.Build();

    [Theory]
    [InlineData("disc.iso", "disc.map")]
    [InlineData("disc.iso", "disc.iso.map")]
    [InlineData("disc.iso.part", "disc.map.part")]
    [InlineData("disc", "disc.map")]
    public async Task Extract_names_the_file_that_lacks_a_sector(string image, string map)
    {
        string disc = Write(image, map, FirstFileSector + 3);

        CommandLine.Outcome outcome = await CommandLine.RunAsync("extract", disc, "--to", _directory["out"]);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("/PICTURE.DAT: 2,048 bytes could not be read  [damaged-file]", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_directory["out/PICTURE.DAT"]));
        Assert.True(File.Exists(_directory["out/PICTURE.DAT.damaged"]));
    }

    [Theory]
    [InlineData("ls")]
    [InlineData("tree")]
    public async Task Listings_say_that_names_are_missing(string command)
    {
        string disc = Write("disc.iso", "disc.map", RootSector);

        CommandLine.Outcome outcome = await CommandLine.RunAsync(command, disc);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("[names-missing]", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_counts_what_was_not_read()
    {
        string disc = Write("disc.iso", "disc.map", FirstFileSector + 3);

        CommandLine.Outcome outcome = await CommandLine.RunAsync("inspect", disc, "--json");

        Assert.Equal(2, outcome.Code);
        Assert.Equal(1, outcome.Json().GetProperty("images")[0].GetProperty("sectorsUnread").GetInt64());
    }

    [Fact]
    public async Task A_copy_of_the_image_lacks_what_the_image_lacks()
    {
        string disc = Write("disc.iso", "disc.map", FirstFileSector + 3);

        CommandLine.Outcome outcome = await CommandLine.RunAsync(
            "image", disc, "--dir", _directory["out"], "--catalogue", _directory["c.db"], "--bag", "--progress", "none");
        CommandLine.Outcome again = await CommandLine.RunAsync("extract", _directory["out/disc/data/disc.iso"], "--to", _directory["files"]);
        CommandLine.Outcome found = await CommandLine.RunAsync("find", "PICTURE.DAT", "--catalogue", _directory["c.db"], "--json");

        Assert.Equal((2, 2), (outcome.Code, again.Code));
        Assert.Contains("[unreadable-sectors]", outcome.Error, StringComparison.Ordinal);
        byte[] withZeros = (await File.ReadAllBytesAsync(disc)).AsSpan(FirstFileSector * 2048, 8_000_000).ToArray();
        Assert.Contains("PICTURE.DAT", found.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(SHA256.HashData(withZeros)), found.Output, StringComparison.Ordinal); // of what nobody has seen
    }

    [Fact]
    public async Task Another_map_is_named_and_none_can_be_asked()
    {
        string disc = Write("disc.iso", "disc.map", FirstFileSector + 3);
        Write("other.iso", "other.map", unread: null);

        Assert.Equal(0, (await CommandLine.RunAsync("extract", disc, "--to", _directory["1"], "--map", "none")).Code);
        Assert.Equal(0, (await CommandLine.RunAsync("extract", disc, "--to", _directory["2"], "--map", _directory["other.map"])).Code);
        Assert.Equal(0, (await CommandLine.RunAsync("inspect", disc, "--map", "none")).Code);
    }

    [Fact]
    public async Task A_map_that_does_not_fit_is_no_reason_to_believe_the_image()
    {
        string disc = Write("disc.iso", "disc.map", unread: null);
        await File.AppendAllTextAsync(_directory["disc.map"], string.Create(CultureInfo.InvariantCulture, $"0x{_disc.Length:X} 0x800 +\n"));

        CommandLine.Outcome outcome = await CommandLine.RunAsync("ls", disc);

        Assert.Equal(1, outcome.Code);
        Assert.Contains("[map-too-long]", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--map none", outcome.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private string Write(string image, string map, int? unread)
    {
        byte[] disc = [.. _disc];
        List<string> lines = ["# Mapfile.", "0x0 + 1"];
        if (unread is { } sector)
        {
            disc.AsSpan(sector * 2048, 2048).Clear();
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"0x0 0x{sector * 2048:X} +"));
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"0x{sector * 2048:X} 0x800 -"));
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"0x{(sector + 1) * 2048:X} 0x{disc.Length - ((sector + 1) * 2048):X} +"));
        }
        else
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"0x0 0x{disc.Length:X} +"));
        }

        File.WriteAllLines(_directory[map], lines);
        return _directory.Write(image, disc);
    }
}
