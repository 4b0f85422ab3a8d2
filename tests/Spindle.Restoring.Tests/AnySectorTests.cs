// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security.Cryptography;
using Spindle.Media;
using Spindle.Restoring.Verifying;
using Spindle.Testing;

namespace Spindle.Restoring.Tests;

/// <summary>Any one sector of any disc of a set is damaged: it is told of, or held nothing; and nothing wrong has a good name.</summary>
/// <remarks>Some sectors in each run; <c>SPINDLE_SECTORS</c> says how many there are to be, <c>SPINDLE_SEED</c> which.</remarks>
public sealed class AnySectorTests : IDisposable
{
    private const int SectorSize = 2048;

    private readonly TestArchive _archive = new();

    public void Dispose() => _archive.Dispose();

    [Fact]
    [Slow("each case verifies and restores a set of discs")]
    public async Task Any_sector_that_is_damaged_is_told_of_or_held_nothing()
    {
        IReadOnlyList<string> images = await SetAsync();
        Dictionary<string, string> expected = Hashes(_archive.Tree);
        int count = Number("SPINDLE_SECTORS") ?? 40;
        Random random = new(Number("SPINDLE_SEED") ?? 18);
        for (int round = 0; round < count; round++)
        {
            string image = images[random.Next(images.Count)];
            byte[] whole = File.ReadAllBytes(image);
            int sector = random.Next(whole.Length / SectorSize);
            byte[] damaged = [.. whole];
            string how = Damage(damaged.AsSpan(sector * SectorSize, SectorSize), random);
            File.WriteAllBytes(image, damaged);
            string which = $"round {round}: {how} in sector {sector} of {Path.GetFileName(image)}";
            try
            {
                await JudgeAsync(expected, which, isChanged: !damaged.AsSpan().SequenceEqual(whole));
            }
            finally
            {
                File.WriteAllBytes(image, whole);
                if (Directory.Exists(_archive.Target))
                {
                    Directory.Delete(_archive.Target, recursive: true);
                }
            }
        }
    }

    private async Task JudgeAsync(Dictionary<string, string> expected, string which, bool isChanged)
    {
        VerifyResult verified = await new Verifier(openMedium: null, TimeProvider.System).RunAsync(new() { Sources = [_archive.Images] }, new Progress<WorkProgress>(), CancellationToken.None);
        bool isTold = verified.Refused.Count > 0 || verified.Missing.Count > 0 || verified.Discs.Any(disc => !disc.IsWhole);
        RestoreResult restored = await _archive.RestoreAsync();

        Dictionary<string, string> found = Hashes(_archive.Target);
        HashSet<string> without = [.. restored.Damaged.Select(file => file.Path), .. restored.Missing.Select(file => file.Path)];
        foreach ((string name, string hash) in found.Where(file => !file.Key.EndsWith(".damaged", StringComparison.Ordinal)))
        {
            Assert.True(expected.TryGetValue(name, out string? right) ? right == hash : !restored.IsWhole, $"{which}: {name} is not what was archived, and has a good name");
        }

        foreach (string name in expected.Keys.Where(name => !found.ContainsKey(name)))
        {
            Assert.True(without.Contains(name) || !restored.IsWhole, $"{which}: {name} is not there, and nothing was said");
        }

        Assert.True(isTold || restored.IsWhole, $"{which}: restore could not give all, and verify found nothing");
        if (isChanged && !isTold)
        {
            Assert.True(restored.IsWhole && restored.Concerns.Count == 0, $"{which}: verify found nothing, and restore did");
        }
    }

    /// <summary>A set of three discs: small and large files, one in parts, names that no file system of the discs has as they are, and more than one scan.</summary>
    private async Task<IReadOnlyList<string>> SetAsync()
    {
        for (int index = 0; index < 40; index++)
        {
            _archive.Write($"d{index % 5}/{index}", TestArchive.Bytes(index * 311, index));
        }

        _archive.Write("big", TestArchive.Bytes(2_600_000, 100));
        _archive.Write("d1/" + new string('é', 120), TestArchive.Bytes(5000, 101));
        List<string> images = [.. await _archive.ArchiveAsync(1000)];
        _archive.Write("d2/7", TestArchive.Bytes(9000, 102));
        _archive.Write("later/x", TestArchive.Bytes(30_000, 103));
        images.AddRange(await _archive.ArchiveAsync(1000));
        Assert.True(images.Count >= 3);
        return images;
    }

    private static string Damage(Span<byte> sector, Random random)
    {
        switch (random.Next(3))
        {
            case 0:
                sector.Clear();
                return "zeros";
            case 1:
                random.NextBytes(sector);
                return "noise";
            default:
                int bit = random.Next(sector.Length * 8);
                sector[bit / 8] ^= (byte)(1 << (bit % 8));
                return $"bit {bit.ToString(CultureInfo.InvariantCulture)}";
        }
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : null;

    private static Dictionary<string, string> Hashes(string directory) => !Directory.Exists(directory) ? [] : Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(directory, file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));
}
