// SPDX-License-Identifier: MIT
using Spindle.Parity.Blocks;
using Spindle.Parity.Protecting;
using Spindle.Parity.Rs02;
using Spindle.Parity.Sectors;
using Spindle.Testing;

namespace Spindle.Parity.Tests.Rs02;

/// <summary>RS02 and RS01 are never made here: the reference program makes what these tests damage and mend.</summary>
public sealed class OlderFormatsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData("rs02-a-p400-475.iso", 34)]
    [InlineData("rs02-b-p400-600.iso", 61)]
    public void Finds_nothing_wrong_with_the_golden_rs02_images(string name, int roots)
    {
        CheckResult result = Run.Check(new() { Image = _directory.Write("image.iso", Vectors.Read(name)) });

        Assert.True(result.Damage.IsNone);
        Assert.Equal(ParityFormat.Rs02Image, result.Layout.Format);
        Assert.Equal(roots, result.Layout.Roots);
        Assert.Equal(new FileInfo(_directory["image.iso"]).Length, result.Layout.TotalSectors * 2048);
        Assert.Equal(400 * 2048, result.Layout.PayloadBytes);
    }

    [Fact]
    public void Finds_nothing_wrong_with_the_golden_rs01_file()
    {
        string image = _directory.Write("image.iso", Vectors.Read("p400.iso"));

        CheckResult result = Run.Check(new() { Image = image, ParityFile = _directory.Write("image.ecc", Vectors.Read("rs01-a-p400-r32.ecc")) });

        Assert.True(result.Damage.IsNone);
        Assert.Equal(ParityFormat.Rs01File, result.Layout.Format);
        Assert.Equal(32, result.Layout.Roots);
    }

    [Theory]
    [InlineData("rs02-a-p400-475.iso")]
    [InlineData("rs02-b-p400-600.iso")]
    public void Mends_the_golden_rs02_images(string name)
    {
        byte[] whole = Vectors.Read(name);
        (Rs02Layout layout, _) = Rs02HeaderFinder.FindBehindVolume(new MemoryStorage(whole))!.Value;
        for (int seed = 0; seed < 20; seed++)
        {
            string image = _directory.Write("image.iso", Damage(whole, layout, seed));

            Assert.True(Run.Repair(new() { Image = image }).IsWhole, $"seed {seed}");
            Assert.True(whole.AsSpan().SequenceEqual(File.ReadAllBytes(image)), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(32, true)] // as many as there are roots in each of two blocks
    [InlineData(33, false)]
    public void Mends_with_the_golden_rs01_file_as_much_as_it_can(int lost, bool isWhole)
    {
        byte[] payload = Vectors.Read("p400.iso");
        byte[] damaged = [.. payload];
        damaged.AsSpan(100 * 2048, 2 * lost * 2048).Clear();
        string image = _directory.Write("image.iso", damaged);
        string parityFile = _directory.Write("image.ecc", Vectors.Read("rs01-a-p400-r32.ecc"));

        RepairResult result = Run.Repair(new() { Image = image, ParityFile = parityFile });

        Assert.Equal(isWhole, result.IsWhole);
        Assert.Equal(isWhole, payload.AsSpan().SequenceEqual(File.ReadAllBytes(image)));
        Assert.Equal(isWhole ? 0 : 2, result.Found.Damage.BlocksLost.Count);
        Assert.Equal(Vectors.Sha256Of("rs01-a-p400-r32.ecc"), Payloads.Sha256(File.ReadAllBytes(parityFile)));
    }

    [Theory]
    [Slow("images of the reference program, mended block by block")]
    [InlineData(400, 600)]
    [InlineData(3000, 3400)]
    [InlineData(9000, 10_600)]
    public void Mends_rs02_images(int payloadSectors, int mediumSectors)
    {
        Dvdisaster.Require();
        byte[] payload = Dvdisaster.RandomImage(_directory, payloadSectors, seed: payloadSectors);
        string image = _directory.Write("image.iso", payload);
        Dvdisaster.Run("-i", image, "-mRS02", "-n", $"{mediumSectors}", "-c");
        byte[] whole = File.ReadAllBytes(image);
        Assert.True(Run.Check(new() { Image = image }).Damage.IsNone);
        (Rs02Layout layout, _) = Rs02HeaderFinder.FindBehindVolume(new MemoryStorage(whole))!.Value;

        for (int seed = 0; seed < 6; seed++)
        {
            byte[] damaged = Damage(whole, layout, seed);
            File.WriteAllBytes(image, damaged);

            RepairResult result = Run.Repair(new() { Image = image });

            Assert.True(result.IsWhole, $"seed {seed}: {result.Found.Damage.BlocksLost.Count} lost");
            Assert.True(whole.AsSpan().SequenceEqual(File.ReadAllBytes(image)), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(400 * 2048)]
    [InlineData((3000 * 2048) + 777)]
    public void Mends_payloads_with_an_rs01_file(int length)
    {
        Dvdisaster.Require();
        byte[] payload = Payloads.Random(length, seed: length);
        string image = _directory.Write("payload.bin", payload);
        string parityFile = _directory["payload.ecc"];
        Dvdisaster.Run("-i", image, "-e", parityFile, "-mRS01", "-n", "24", "-c");
        Assert.True(Run.Check(new() { Image = image, ParityFile = parityFile }).Damage.IsNone);
        long blocks = (Sector.CountOf(length) + 230) / 231;
        byte[] damaged = payload[..^1500];
        damaged.AsSpan(100 * 2048, (int)blocks * 22 * 2048).Fill(7);
        File.WriteAllBytes(image, damaged);

        RepairResult result = Run.Repair(new() { Image = image, ParityFile = parityFile });

        Assert.True(result.IsWhole);
        Assert.True(payload.AsSpan().SequenceEqual(File.ReadAllBytes(image)));
    }

    public void Dispose() => _directory.Dispose();

    // Up to all roots of marked sectors in each block, or half as many that are wrong in silence; all headers but one; checksums.
    private static byte[] Damage(byte[] whole, Rs02Layout layout, int seed)
    {
        Random random = new(seed);
        byte[] damaged = [.. whole];
        Rs02Volume volume = new(layout, [], new MemoryStorage([]));
        bool marks = seed % 2 == 0;
        for (long block = 0; block < layout.SectorsPerLayer; block++)
        {
            int[] layers = [.. Enumerable.Range(0, 255)];
            random.Shuffle(layers);
            foreach (int layer in layers.AsSpan(0, marks ? layout.Roots : layout.Roots / 2))
            {
                SectorPlace place = volume.Place(layer, block);
                if (place.Home == SectorHome.Image)
                {
                    Span<byte> sector = damaged.AsSpan((int)place.Sector * 2048, 2048);
                    if (marks)
                    {
                        DeadSectorMarker.Write(sector);
                    }
                    else
                    {
                        sector[random.Next(2048)] ^= 0x10;
                    }
                }
            }
        }

        long kept = random.Next((int)layout.HeaderCopies);
        for (long copy = 0; copy < layout.HeaderCopies; copy++)
        {
            damaged.AsSpan((int)(layout.FirstHeader + (copy * layout.Modulo)) * 2048, copy == kept ? 0 : 4096).Clear();
        }

        damaged.AsSpan((int)layout.PayloadSectors * 2048, 4096).Clear();
        return damaged;
    }
}
