// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using Spindle.Parity.Blocks;
using Spindle.Parity.Rs03;
using Spindle.Parity.Sectors;
using Spindle.Testing;

namespace Spindle.Parity.Tests.Rs03;

/// <summary>A payload and its file of parity, both damaged at random up to what can be borne, and just beyond.</summary>
public sealed class Rs03FileRepairTests
{
    private const int Roots = 24;

    /// <summary>300 sectors and 777 bytes: two blocks of 230 layers of payload, the last ones of which are nowhere.</summary>
    private static readonly byte[] Payload = Payloads.Random((300 * 2048) + 777, seed: 9);

    private static readonly byte[] Parity = Rs03EncoderTests.EncodeFile(Payload, Roots);
    private static readonly Rs03Layout Layout = Rs03Layout.From(EccHeader.TryRead(Parity)!)!;

    [Fact]
    [Slow("random damage, and an encoding for each sample")]
    public void Restores_exactly_the_blocks_with_no_more_missing_sectors_than_roots()
    {
        Gen<(int[] Missing, int Seed)> damage =
            from first in Gen.Choose(Roots - 3, Roots + 2)
            from second in Gen.Choose(0, Roots + 2)
            from seed in Gen.Choose(0, int.MaxValue)
            select (new[] { first, second }, seed);

        Prop.ForAll(damage.ToArbitrary(), sample => HoldsFor(sample.Missing, sample.Seed))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true));
    }

    [Fact]
    [Slow("random damage, and an encoding for each sample")]
    public void Never_calls_a_wrong_byte_restored_when_sectors_are_wrong_in_silence()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            Random random = new(seed);
            byte[] payload = [.. Payload];
            byte[] parity = [.. Parity];
            for (int number = random.Next(1, 2 * Roots); number > 0; number--)
            {
                byte[] hit = random.Next(3) == 0 ? parity : payload;
                hit[random.Next(hit == parity ? 4096 : 0, hit.Length)] ^= (byte)random.Next(1, 256);
            }

            MemoryStorage image = new(payload);
            MemoryStorage file = new(parity);
            DamageLedger ledger = Repair(image, file);

            for (int block = 0; block < 2; block++)
            {
                bool claimed = ledger.OutcomeOf(block) is BlockOutcome.Intact or BlockOutcome.Restored;
                Assert.True(!claimed || IsWhole(image.Content, file.Content, block), $"seed {seed}: block {block} is {ledger.OutcomeOf(block)}");
            }
        }
    }

    private static bool HoldsFor(int[] missing, int seed)
    {
        Random random = new(seed);
        byte[] payload = [.. Payload];
        byte[] parity = [.. Parity];
        MemoryStorage image = new(payload);
        MemoryStorage file = new(parity);
        bool marks = random.Next(2) == 0;
        for (int block = 0; block < 2; block++)
        {
            SectorPlace[] places = Stored(block);
            random.Shuffle(places);
            foreach (SectorPlace place in places.AsSpan(0, missing[block]))
            {
                (byte[] content, MemoryStorage storage) = place.Home == SectorHome.Image ? (payload, image) : (parity, file);
                Span<byte> bytes = content.AsSpan((int)place.Sector * 2048, Math.Min(2048, content.Length - ((int)place.Sector * 2048)));
                if (marks && bytes.Length == 2048)
                {
                    DeadSectorMarker.Write(bytes);
                }
                else
                {
                    random.NextBytes(bytes);
                    storage.Bad.Add(place.Sector);
                }
            }
        }

        DamageLedger ledger = Repair(image, file);

        for (int block = 0; block < 2; block++)
        {
            string what = $"{missing[0]}, {missing[1]} missing, seed {seed}: block {block}";
            bool bearable = missing[block] <= Roots;
            Assert.True(bearable == (ledger.OutcomeOf(block) != BlockOutcome.Lost), $"{what} is {ledger.OutcomeOf(block)}");
            Assert.Equal(missing[block], ledger.WrongInBlock[block]);
            Assert.True(!bearable || IsWhole(image.Content, file.Content, block), $"{what} differs");
        }

        return true;
    }

    private static SectorPlace[] Stored(int block)
    {
        Rs03Volume volume = new(Layout, new MemoryStorage([]), new MemoryStorage([]));
        return [.. Enumerable.Range(0, 255).Select(layer => volume.Place(layer, block)).Where(place => place.Home != SectorHome.Nowhere)];
    }

    private static bool IsWhole(byte[] payload, byte[] parity, int block) => payload.Length == Payload.Length && parity.Length == Parity.Length
        && Stored(block).All(place => SectorOf(place.Home == SectorHome.Image ? payload : parity, place)
            .SequenceEqual(SectorOf(place.Home == SectorHome.Image ? Payload : Parity, place)));

    private static Span<byte> SectorOf(byte[] content, SectorPlace place) =>
        content.AsSpan((int)place.Sector * 2048, Math.Min(2048, content.Length - ((int)place.Sector * 2048)));

    private static DamageLedger Repair(MemoryStorage image, MemoryStorage file)
    {
        Rs03Volume volume = new(Layout, image, file);
        return new VolumeExaminer(volume, threads: 2, new CountingSink(volume)).Run((_, _) => { }, CancellationToken.None);
    }
}
