// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using Spindle.Parity.Blocks;
using Spindle.Parity.Rs03;
using Spindle.Parity.Sectors;
using Spindle.Testing;

namespace Spindle.Parity.Tests.Rs03;

public sealed class Rs03RepairTests
{
    // 13 roots.
    private const int PayloadSectors = 480;

    private static readonly Rs03Layout Layout = Rs03Layout.ForImage(PayloadSectors, 510)!;
    private static readonly byte[] Whole = Rs03EncoderTests.EncodeImage(Payloads.Random(PayloadSectors * 2048, seed: 4), 510);

    [Fact]
    public void Finds_nothing_in_a_whole_image()
    {
        DamageLedger ledger = Repair(new([.. Whole]));

        Assert.Equal(2, ledger.Count(BlockOutcome.Intact));
        Assert.Equal(-1, ledger.WrongInBlock.IndexOfAnyExcept((byte)0));
    }

    [Theory]
    [InlineData("dmg-a-dead53.iso", 53, 53, 0)]
    [InlineData("dmg-c-hdr.iso", 1, 1, 0)]
    [InlineData("dmg-d-crclayer.iso", 1, 1, 0)]
    [InlineData("dmg-e-flip.iso", 4, 2, 0)]
    [InlineData("dmg-f-truncated.iso", 15, 15, 0)]
    [InlineData("dmg-b-dead54.iso", 54, 53, 1)]
    [InlineData("dmg-g-all.iso", 3, 2, 0)]
    public void Repairs_the_golden_damaged_images(string name, int inBlock0, int inBlock1, int lost)
    {
        byte[] whole = Vectors.Read("aug-b-400of510.iso");
        MemoryStorage image = new(Vectors.Read(name));

        DamageLedger ledger = Repair(image, whole, 400);

        Assert.Equal([(byte)inBlock0, (byte)inBlock1], ledger.WrongInBlock.ToArray());
        Assert.Equal(lost, ledger.Count(BlockOutcome.Lost));
        Assert.Equal(lost * 54, Differences(whole, image.Content));
    }

    [Fact]
    [Slow("random damage, and an encoding for each sample")]
    public void Restores_exactly_the_blocks_with_no_more_missing_sectors_than_roots()
    {
        // Around the limit of each block, where it matters; missing sectors are unread, marked dead, or overwritten.
        Gen<(int[] Missing, int Seed)> damage =
            from first in Gen.Choose(Layout.Roots - 3, Layout.Roots + 2)
            from second in Gen.Choose(0, Layout.Roots + 2)
            from seed in Gen.Choose(0, int.MaxValue)
            select (new[] { first, second }, seed);

        Prop.ForAll(damage.ToArbitrary(), sample => HoldsFor(sample.Missing, sample.Seed))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true));
    }

    [Fact]
    [Slow("random damage, and an encoding for each sample")]
    public void Never_calls_a_wrong_byte_restored_when_sectors_are_wrong_in_silence()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            MemoryStorage image = new([.. Whole]);
            byte[] content = image.Content;
            int count = random.Next(1, 2 * Layout.Roots);
            for (int number = 0; number < count; number++)
            {
                content[(random.Next(510) * 2048) + random.Next(2048)] ^= (byte)random.Next(1, 256);
            }

            image = new(content);
            DamageLedger ledger = Repair(image);

            AssertTruth(ledger, image, seed);
        }
    }

    private static bool HoldsFor(int[] missing, int seed)
    {
        Random random = new(seed);
        byte[] content = [.. Whole];
        MemoryStorage image = new(content);
        bool marks = random.Next(2) == 0;
        for (int block = 0; block < 2; block++)
        {
            // The second half of the header is all zeros: its checksum proves these right even where it can't be read.
            int[] layers = [.. Enumerable.Range(0, 255).Where(layer => (layer * 2) + block != PayloadSectors + 1)];
            random.Shuffle(layers);
            foreach (int layer in layers.AsSpan(0, missing[block]))
            {
                int sector = (layer * 2) + block;
                Span<byte> bytes = content.AsSpan(sector * 2048, 2048);
                if (marks)
                {
                    DeadSectorMarker.Write(bytes);
                }
                else
                {
                    random.NextBytes(bytes);
                    image.Bad.Add(sector);
                }
            }
        }

        DamageLedger ledger = Repair(image);

        for (int block = 0; block < 2; block++)
        {
            bool bearable = missing[block] <= Layout.Roots;
            Assert.True(bearable == (ledger.OutcomeOf(block) != BlockOutcome.Lost), $"{missing[0]}, {missing[1]} missing, seed {seed}: block {block} is {ledger.OutcomeOf(block)}");
            Assert.Equal(missing[block], ledger.WrongInBlock[block]);
            Assert.True(!bearable || IsWhole(image.Content, block), $"{missing[0]}, {missing[1]} missing, seed {seed}: block {block} differs");
        }

        return true;
    }

    private static void AssertTruth(DamageLedger ledger, MemoryStorage image, int seed)
    {
        for (int block = 0; block < 2; block++)
        {
            bool claimed = ledger.OutcomeOf(block) is BlockOutcome.Intact or BlockOutcome.Restored;
            Assert.True(!claimed || IsWhole(image.Content, block), $"seed {seed}: block {block} is {ledger.OutcomeOf(block)}");
        }
    }

    private static bool IsWhole(byte[] content, int block) => Enumerable.Range(0, 255).All(layer =>
        content.AsSpan(((layer * 2) + block) * 2048, 2048).SequenceEqual(Whole.AsSpan(((layer * 2) + block) * 2048, 2048)));

    private static DamageLedger Repair(MemoryStorage image) => Repair(image, Whole, PayloadSectors);

    private static DamageLedger Repair(MemoryStorage image, byte[] whole, int header)
    {
        Rs03Layout layout = Rs03Layout.From(EccHeader.TryRead(whole.AsSpan(header * 2048))!)!;
        Rs03Volume volume = new(layout, image, image);
        return new VolumeExaminer(volume, threads: 2, new CountingSink(volume)).Run((_, _) => { }, CancellationToken.None);
    }

    private static int Differences(byte[] expected, byte[] actual) => Enumerable.Range(0, expected.Length / 2048)
        .Count(sector => !expected.AsSpan(sector * 2048, 2048).SequenceEqual(actual.AsSpan(sector * 2048, 2048)));
}
