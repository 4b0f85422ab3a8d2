// SPDX-License-Identifier: MIT
using Spindle.Parity.Galois;
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Scanning;

namespace Spindle.Parity.Tests.Scanning;

public sealed class SectorDigestTests
{
    [Fact]
    public void Is_linear_so_that_the_digests_of_a_block_are_codewords()
    {
        byte[] block = Rs03.Rs03EncoderTests.EncodeImage(Payloads.Raw300, 600);
        for (int number = 0; number < SectorDigest.Length; number++)
        {
            // Layer j, block 1 of two.
            byte[] symbols = [.. Enumerable.Range(0, 255).Select(layer => Of(block.AsSpan(((layer * 2) + 1) * 2048, 2048))[number])];
            byte[] syndromes = new byte[103];
            ReedSolomonCode.Syndromes(symbols, syndromes);

            Assert.All(syndromes, syndrome => Assert.Equal(0, syndrome));
            Assert.True(symbols.Distinct().Count() > 100);
        }
    }

    [Fact]
    public void Every_byte_counts_in_all_four()
    {
        byte[] sector = new byte[2048];
        HashSet<uint> seen = [];
        for (int at = 0; at < sector.Length; at++)
        {
            sector[at] = 1;
            byte[] digest = Of(sector);
            Assert.All(digest, sum => Assert.NotEqual(0, sum));
            seen.Add(NumberOf(digest));
            sector[at] = 0;
        }

        // What a byte is multiplied by differs from place to place.
        Assert.Equal(sector.Length, seen.Count);
    }

    [Fact]
    public void A_multiple_of_a_sector_has_the_multiple_of_its_digest()
    {
        byte[] sector = Payloads.Random(2048, seed: 3);
        byte[] multiple = [.. sector.Select(value => GaloisField.Of187.Multiply(0x53, value))];

        Assert.Equal(Of(sector).Select(value => GaloisField.Of187.Multiply(0x53, value)), Of(multiple));
    }

    private static byte[] Of(ReadOnlySpan<byte> sector)
    {
        byte[] digest = new byte[SectorDigest.Length];
        SectorDigest.Of(sector, digest);
        return digest;
    }

    private static uint NumberOf(byte[] digest) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(digest);
}
