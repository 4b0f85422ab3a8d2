// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Spindle.Formats.Analysis;
using Spindle.Formats.Holdings;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Formats.Tests;

/// <summary>
/// Any value of any byte of a medium gives findings, never an exception, a hang or memory without bound. SPINDLE_FUZZ_SECONDS
/// (default half a second for each image) says how long to try random changes; the seed of one that fails is printed.
/// </summary>
public sealed class HostileTests : IDisposable
{
    private const long AllocationLimit = 400L * 1024 * 1024;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);
    private readonly TempDirectory _temp = new();

    public static TheoryData<string, string> Makers => new()
    {
        { "rock-ridge", "genisoimage -quiet -R -o disc.img tree" },
        { "joliet", "xorriso -as mkisofs -quiet -J -R -o disc.img tree" },
        { "bridge", "genisoimage -quiet -udf -J -R -D -o disc.img tree" },
        { "hfs", "genisoimage -quiet -hfs -part -R -D -o disc.img tree" },
        { "hfsplus", "xorriso -as mkisofs -quiet -hfsplus -R -o disc.img tree" },
        { "udf", "truncate -s 600K disc.img && mkudffs -m hd -b 512 -r 2.01 disc.img" },
        { "sparable", "truncate -s 5M disc.img && mkudffs -m cdrw -b 2048 -r 1.50 disc.img" },
        { "virtual", "truncate -s 1M disc.img && mkudffs -m bdr -b 2048 -r 2.60 disc.img" },
    };

    [Theory]
    [MemberData(nameof(Makers))]
    public void Any_byte_may_be_wrong(string name, string recipe)
    {
        byte[] image = Make(name, recipe);
        int step = Environment.GetEnvironmentVariable("SPINDLE_FUZZ_SECONDS") is null ? 61 : 1;
        int[] places = [.. Enumerable.Range(0, image.Length).Where(at => image[at] != 0)];
        for (int index = 0; index < places.Length; index += step)
        {
            int place = places[index];
            byte good = image[place];
            foreach (byte value in (byte[])[0, 0xFF, (byte)(good ^ 0x80), (byte)(good ^ 1)])
            {
                image[place] = value;
                Survives(image, $"byte {place} of {name} as {value:X2}");
            }

            image[place] = good;
        }
    }

    [Theory]
    [MemberData(nameof(Makers))]
    public void Any_bytes_may_be_wrong(string name, string recipe)
    {
        byte[] image = Make(name, recipe);
        int[] places = [.. Enumerable.Range(0, image.Length).Where(at => image[at] != 0)];
        double seconds = double.TryParse(Environment.GetEnvironmentVariable("SPINDLE_FUZZ_SECONDS"), out double given) ? given : 0.5;
        int seed = given > 0 ? Environment.TickCount : 1;
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < seconds; seed++)
        {
            byte[] changed = (byte[])image.Clone();
            Random random = new(seed);
            for (int change = random.Next(1, 30); change > 0; change--)
            {
                Change(changed, places[random.Next(places.Length)], random);
            }

            Survives(changed, $"seed {seed} of {name}");
        }
    }

    public void Dispose() => _temp.Dispose();

    private static void Change(byte[] image, int place, Random random)
    {
        int length = Math.Min(random.Next(1, 5), image.Length - place);
        switch (random.Next(4))
        {
            case 0:
                random.NextBytes(image.AsSpan(place, length));
                break;
            case 1:
                image.AsSpan(place, length).Fill((byte)(random.Next(2) * 255));
                break;
            case 2: // a piece of elsewhere: structures that lead to each other
                int from = random.Next(image.Length - length);
                image.AsSpan(from, length).CopyTo(image.AsSpan(place));
                break;
            default: // a whole block of elsewhere
                int block = random.Next(image.Length / 512) * 512;
                image.AsSpan(block, 512).CopyTo(image.AsSpan(place / 512 * 512));
                break;
        }
    }

    private static void Survives(byte[] image, string what)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            using SimulatedDisc disc = new(image);
            PlayerContents players = PlayerContents.Read(Volume.Open(disc));
            FileTally files = new();
            DiscAnalysis analysis = DiscAnalyzer.Analyze(disc, new() { Seen = files.Add });
            Assert.NotEmpty(DiscHoldings.Of(players, files, analysis).Kinds);
            IsolyzerXml.Write(TextWriter.Null, "spindle", "1", [new() { FileName = "", FilePath = "", FileSize = 0, LastModified = default, Analysis = analysis }]);
            SectorMap map = new(disc.SectorCount, SectorState.Finished);
            map.Set(new(disc.SectorCount / 2, 1), SectorState.Bad);
            DamageReport.Of(disc, map);
            ReadSome(disc);
        }
        catch (Exception problem) when (problem is not Xunit.Sdk.IAssertionException)
        {
            Assert.Fail($"{what}: {problem}");
        }

        Assert.True(watch.Elapsed < TimeLimit, $"{what}: {watch.Elapsed}");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < AllocationLimit, $"{what}: {GC.GetAllocatedBytesForCurrentThread() - before} bytes allocated");
    }

    private static void ReadSome(SimulatedDisc disc)
    {
        byte[] buffer = new byte[8192];
        if (Volume.Open(disc) is { } volume)
        {
            foreach (VolumeEntry entry in volume.Walk().Where(entry => entry.Type == EntryType.File).Take(20))
            {
                SafePath.Of(entry);
                using ContentStream content = volume.OpenContent(entry);
                content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
                content.Position = Math.Max(0, content.Length - 10);
                content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            }
        }
    }

    private byte[] Make(string name, string recipe)
    {
        ForeignProgram.PathOf(recipe.Split(' ')[0] is "truncate" ? "mkudffs" : recipe.Split(' ')[0]);
        string root = Directory.CreateDirectory(_temp["tree"]).FullName;
        Directory.CreateDirectory(Path.Combine(root, "one", "two", "3", "4", "5", "6", "7", "8"));
        File.WriteAllBytes(Path.Combine(root, "one", $"a longer name of a file on {name}"), new byte[3000]);
        File.WriteAllBytes(Path.Combine(root, "one", "two", "b.txt"), "text"u8.ToArray());
        File.CreateSymbolicLink(Path.Combine(root, "one", "link"), "two/b.txt");
        ForeignProgram.RunIn(_temp.Path, "bash", "-c", $"PATH=$PATH:/usr/sbin; {recipe}");
        return File.ReadAllBytes(_temp["disc.img"]);
    }
}
