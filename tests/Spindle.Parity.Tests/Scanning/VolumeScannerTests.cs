// SPDX-License-Identifier: MIT
using Spindle.Parity.Blocks;
using Spindle.Parity.Health;
using Spindle.Parity.Protecting;
using Spindle.Parity.Sectors;
using Spindle.Parity.Tests.Rs03;
using Spindle.Testing;

namespace Spindle.Parity.Tests.Scanning;

/// <summary>A scan from front to back finds what looking at every block finds.</summary>
public sealed class VolumeScannerTests
{
    private static readonly byte[] Image = Rs03EncoderTests.EncodeImage(Payloads.Random(1_900 * 2048, seed: 21), 10 * 255);
    private static readonly byte[] Payload = Payloads.Random((2_000 * 2048) + 99, seed: 22);
    private static readonly byte[] ParityFile = Rs03EncoderTests.EncodeFile(Payload, 24);

    [Fact]
    [Slow("random damage of many blocks, each solved twice")]
    public void Of_an_image_that_is_damaged_in_any_way()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            MemoryStorage storage = Damaged(Image, random, roots: 64);

            AssertSame(storage, null, $"seed {seed}");
        }
    }

    [Fact]
    [Slow("random damage of many blocks, each solved twice")]
    public void Of_a_payload_and_its_file_that_are_damaged_in_any_way()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            MemoryStorage image = Damaged(Payload, random, roots: 24);
            MemoryStorage parityFile = Damaged(ParityFile, random, roots: 3);

            AssertSame(image, parityFile, $"seed {seed}");
        }
    }

    /// <summary>Held against the truth: wrong checksums may mislead who looks at one block after the other.</summary>
    [Theory]
    [Slow("random damage of many blocks, each solved twice")]
    [InlineData("rs02-a-p400-475.iso")]
    [InlineData("rs02-b-p400-600.iso")]
    public void Of_an_rs02_image(string name)
    {
        byte[] whole = Vectors.Read(name);
        int bearable = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            MemoryStorage image = Damaged(whole, new(seed), roots: 20);
            if (ProtectedVolume.Find(image, null, null, CancellationToken.None) is not { } found)
            {
                continue;
            }

            CheckResult result = Checker.Check(found, image, null, new() { Image = "", Threads = 2 }, "checking", null, CancellationToken.None);

            byte[] content = image.Content;
            int wrong = Enumerable.Range(0, 255).SelectMany(layer => Enumerable.Range(0, (int)found.Layers.Blocks).Select(block => found.Layers.Place(layer, block)))
                .Count(place => place.Home == SectorHome.Image
                    && (image.Bad.Contains(place.Sector) || !content.AsSpan((int)place.Sector * 2048, 2048).SequenceEqual(whole.AsSpan((int)place.Sector * 2048, 2048))));
            bearable += result.Damage.BlocksLost.Count == 0 ? 1 : 0;
            Assert.True(result.Damage.BlocksLost.Count > 0 || result.Damage.SectorsWrong == wrong, $"seed {seed}: {wrong} wrong\n{Describe(result)}");
        }

        Assert.InRange(bearable, 30, 100);
    }

    [Fact]
    public void Of_an_rs01_file()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            MemoryStorage image = Damaged(Vectors.Read("p400.iso"), random, roots: 20);

            AssertSame(image, new MemoryStorage(Vectors.Read("rs01-a-p400-r32.ecc")), $"seed {seed}");
        }
    }

    [Fact]
    public void Reads_every_sector_once_and_in_order_where_that_is_enough()
    {
        byte[] damaged = [.. Image];
        damaged.AsSpan(700 * 2048, 40 * 2048).Fill(3);
        damaged[2_400 * 2048] ^= 1;
        RecordingStorage image = new(new MemoryStorage(damaged));
        ProtectedVolume found = ProtectedVolume.Find(image, null, null, CancellationToken.None)!;
        image.Reads.Clear();

        CheckResult result = Checker.Check(found, image, null, new() { Image = "", Threads = 2 }, "checking", null, CancellationToken.None);

        Assert.Equal((40, 1), (result.Damage.ChecksumMismatches, result.Damage.SilentErrors));
        long position = 0;
        foreach ((long start, int length) in image.Reads)
        {
            Assert.Equal(position, start);
            position += length;
        }

        Assert.Equal(Image.Length, position);
    }

    [Fact]
    public void Tries_no_sector_again_that_could_not_be_read()
    {
        // More is missing in one block than there is parity: its sectors are looked at again.
        MemoryStorage damaged = new([.. Image]);
        for (int layer = 0; layer < 70; layer++)
        {
            damaged.Bad.Add(layer * 10);
        }

        RecordingStorage image = new(damaged);
        ProtectedVolume found = ProtectedVolume.Find(image, null, null, CancellationToken.None)!;
        image.FailedAt.Clear();

        CheckResult result = Checker.Check(found, image, null, new() { Image = "", Threads = 1 }, "checking", null, CancellationToken.None);

        Assert.Single(result.Damage.BlocksLost);
        Assert.Equal(Enumerable.Range(0, 70).Select(layer => layer * 10L), image.FailedAt.Order());
    }

    private static MemoryStorage Damaged(byte[] whole, Random random, int roots)
    {
        byte[] content = [.. whole];
        MemoryStorage storage = new(content);
        int sectors = whole.Length / 2048;
        for (int blow = random.Next(6); blow > 0; blow--)
        {
            int length = random.Next(4) == 0 ? random.Next(1, roots * 11) : random.Next(1, 40);
            int first = random.Next(Math.Max(1, sectors - length));
            int kind = random.Next(4);
            for (int sector = first; sector < Math.Min(sectors, first + length); sector++)
            {
                Span<byte> bytes = content.AsSpan(sector * 2048, 2048);
                switch (kind)
                {
                    case 0:
                        storage.Bad.Add(sector);
                        break;
                    case 1:
                        DeadSectorMarker.Write(bytes);
                        break;
                    case 2:
                        random.NextBytes(bytes);
                        break;
                    default:
                        bytes[random.Next(2048)] ^= (byte)random.Next(1, 256);
                        break;
                }
            }
        }

        return storage;
    }

    private static void AssertSame(MemoryStorage image, MemoryStorage? parityFile, string what)
    {
        if (ProtectedVolume.Find(image, parityFile, null, CancellationToken.None) is not { } found)
        {
            return;
        }

        CheckResult scanned = Checker.Check(found, image, parityFile, new() { Image = "", Threads = 2 }, "checking", null, CancellationToken.None);
        DamageLedger ledger = new VolumeExaminer(found.Layers, threads: 2).Run((_, _) => { }, CancellationToken.None);
        CheckResult examined = new(found.Layout, ParityDamage.Of(found.Layers, ledger), ParityHealth.Of(found.Layout, ledger, HealthThresholds.Usual));

        Assert.True(Describe(examined) == Describe(scanned), $"{what}\n{Describe(examined)}\n{Describe(scanned)}");
    }

    private static string Describe(CheckResult result) => string.Join(
        ' ',
        result.Damage.SectorsMissing,
        result.Damage.ChecksumMismatches,
        result.Damage.SilentErrors,
        result.Damage.BlocksIntact,
        result.Damage.BlocksRestorable,
        result.Damage.BlocksRestorableUnproven,
        string.Join(',', result.Damage.BlocksLost.Select(lost => $"{lost.Number}:{lost.KnownWrongSectors}")),
        string.Join(',', result.Damage.WrongInLayer),
        result.Health.WorstBlock,
        result.Health.LongestBearableBurst);

    private sealed class RecordingStorage(IImageStorage storage) : IImageStorage
    {
        public List<(long Position, int Length)> Reads { get; } = [];

        public List<long> FailedAt { get; } = [];

        public string Name => storage.Name;

        public long Length => storage.Length;

        public int Read(long position, Span<byte> buffer)
        {
            int read = storage.Read(position, buffer);
            Reads.Add((position, read));
            if (read < buffer.Length)
            {
                FailedAt.Add((position + read) / 2048);
            }

            return read;
        }

        public void Write(long position, ReadOnlySpan<byte> bytes) => storage.Write(position, bytes);

        public void SetLength(long length) => storage.SetLength(length);

        public void Flush() => storage.Flush();

        public void Dispose() => storage.Dispose();
    }
}
