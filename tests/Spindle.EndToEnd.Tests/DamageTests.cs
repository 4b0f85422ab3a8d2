// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>What unreadable sectors mean for the files, held against the word of the program that put these where they are.</summary>
public sealed partial class DamageTests : IAsyncDisposable
{
    private const int SectorSize = 2048;
    private const int FileCount = 10_000;

    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Of_ten_thousand_files_exactly_those_are_named_whose_sectors_are_bad(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < FileCount; i++)
        {
            string directory = Directory.CreateDirectory(_workspace[$"tree/{i % 100:d2}"]).FullName;
            File.WriteAllBytes(Path.Combine(directory, $"file {i}"), new byte[random.Next(0, 9_000)]);
        }

        await ForeignTool.AcceptsAsync("xorriso", _workspace.Path, "-as", "mkisofs", "-quiet", "-R", "-J", "-o", "disc.iso", "tree");
        List<(long Lba, long Blocks, long Size, string Path)> files = await FilesAsync();
        long sectors = new FileInfo(_workspace["disc.iso"]).Length / SectorSize;
        HashSet<long> bad = Damage(random, files.Min(file => file.Lba), sectors);
        _workspace.Write("disc.map", Map(bad, sectors));

        JsonElement report = (await _workspace.RunAsync("damage", "disc.iso", "disc.map", "--json")).EndedWith(2).Json;

        Assert.Equal(FileCount, files.Count);
        Assert.Equal(
            files.Select(file => (file.Path, Lost(file, bad))).Where(file => file.Item2 > 0).Order(),
            report.GetProperty("entries").EnumerateArray().Select(entry => (entry.GetProperty("path").GetString()!, entry.GetProperty("bytesLost").GetInt64())).Order());
        Assert.Equal(bad.Count * SectorSize, report.GetProperty("bytesUnread").GetInt64());
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    /// <summary>Single sectors, clusters, and a hole over many files.</summary>
    private static HashSet<long> Damage(Random random, long first, long sectors)
    {
        HashSet<long> bad = [];
        foreach (int length in Enumerable.Repeat(1, 100).Concat(Enumerable.Range(0, 30).Select(_ => random.Next(2, 12))).Append(400))
        {
            long start = random.NextInt64(first, sectors - length);
            bad.UnionWith(Enumerable.Range(0, length).Select(i => start + i));
        }

        return bad;
    }

    private static long Lost((long Lba, long Blocks, long Size, string Path) file, HashSet<long> bad) =>
        Enumerable.Range(0, (int)file.Blocks).Where(i => bad.Contains(file.Lba + i)).Sum(i => Math.Min(SectorSize, file.Size - ((long)i * SectorSize)));

    private static byte[] Map(HashSet<long> bad, long sectors)
    {
        StringBuilder map = new("0 + 1\n");
        for (long sector = 0; sector < sectors; sector++)
        {
            map.Append(CultureInfo.InvariantCulture, $"{sector * SectorSize} {SectorSize} {(bad.Contains(sector) ? '-' : '+')}\n");
        }

        return Encoding.ASCII.GetBytes(map.ToString());
    }

    private async Task<List<(long Lba, long Blocks, long Size, string Path)>> FilesAsync()
    {
        ProgramResult list = await ForeignTool.AcceptsAsync(
            "xorriso", _workspace.Path, "-indev", "disc.iso", "-find", "/", "-type", "f", "-exec", "report_lba", "--");
        return
        [
            .. ExtentLine().Matches(list.Output).Select(line => (Number(line, 1), Number(line, 2), Number(line, 3), line.Groups[4].Value)),
        ];
    }

    private static long Number(Match line, int group) => long.Parse(line.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"File data lba:\s+\d+ ,\s+(\d+) ,\s+(\d+) ,\s+(\d+) , '(.*)'")]
    private static partial Regex ExtentLine();
}
