// SPDX-License-Identifier: MIT
using Spindle.Parity.Blocks;
using Spindle.Parity.Checksums;
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;
using Spindle.Parity.Tests.ReedSolomon;

namespace Spindle.Parity.Tests.Blocks;

/// <summary>255 layers of sectors in memory, whose parity is made symbol by symbol; flaws and checksums are as a test says.</summary>
internal sealed class HandmadeVolume : LayeredVolume
{
    private readonly byte[][] _sectors; // layer by layer, block by block

    public HandmadeVolume(int roots, int blocks, int seed = 1)
    {
        Roots = roots;
        Blocks = blocks;
        ReedSolomonCode code = new(roots);
        Random random = new(seed);
        _sectors = [.. Enumerable.Range(0, 255 * blocks).Select(_ => new byte[Sector.Size])];
        Array.ForEach(_sectors[..(DataLayers * blocks)], sector => Fill(sector, random));
        byte[] data = new byte[DataLayers];
        Dictionary<string, byte[]> made = [];
        for (int block = 0; block < blocks; block++)
        {
            for (int at = 0; at < Sector.Size; at++)
            {
                for (int layer = 0; layer < DataLayers; layer++)
                {
                    data[layer] = At(layer, block)[at];
                }

                byte[] parity = ParityOf(code, data, made);
                for (int row = 0; row < roots; row++)
                {
                    At(DataLayers + row, block)[at] = parity[row];
                }
            }
        }

        Right = [.. _sectors.Select(sector => sector.ToArray())];
        Checksums = [.. _sectors.Select(sector => (uint?)Crc32.Of(sector))];
    }

    public override long Blocks { get; }

    public override int Roots { get; }

    public override bool MayMisleadByChecksums => Misleads;

    public bool Misleads { get; init; }

    /// <summary>What all was before a test changed it.</summary>
    public byte[][] Right { get; }

    /// <summary>What is noted of each data sector; null where nothing is.</summary>
    public uint?[] Checksums { get; }

    public HashSet<(int Layer, long Block)> Missing { get; } = [];

    public HashSet<int> ReadOnlyLayers { get; } = [];

    /// <summary>Fills a sector with 64 bytes again and again: so there are few different codewords, and making them takes no time.</summary>
    public static void Fill(Span<byte> sector, Random random)
    {
        random.NextBytes(sector[..64]);
        for (int at = 64; at < sector.Length; at += 64)
        {
            sector[..Math.Min(64, sector.Length - at)].CopyTo(sector[at..]);
        }
    }

    /// <summary>Parity of a codeword, made once for each.</summary>
    public static byte[] ParityOf(ReedSolomonCode code, byte[] data, Dictionary<string, byte[]> made)
    {
        string key = Convert.ToBase64String(data);
        if (!made.TryGetValue(key, out byte[]? parity))
        {
            made[key] = parity = ReedSolomonCodeTests.Encode(code, data);
        }

        return parity;
    }

    public byte[] At(int layer, long block) => _sectors[(layer * Blocks) + block];

    public byte[] RightAt(int layer, long block) => Right[(layer * Blocks) + block];

    public void Flip(int layer, long block, int at = 100, byte bits = 0x55) => At(layer, block)[at] ^= bits;

    public override void Read(int layer, long block, Span<byte> target, Span<SectorFlaw> flaws)
    {
        for (int index = 0; index < flaws.Length; index++)
        {
            Span<byte> sector = target.Slice(index * Sector.Size, Sector.Size);
            sector.Clear();
            if (Missing.Contains((layer, block + index)))
            {
                flaws[index] = SectorFlaw.Missing;
            }
            else
            {
                At(layer, block + index).CopyTo(sector);
            }
        }
    }

    public override void Write(int layer, long block, ReadOnlySpan<byte> sectors)
    {
        sectors.CopyTo(At(layer, block));
        Missing.Remove((layer, block));
    }

    public override SectorPlace Place(int layer, long block) => new(layer < DataLayers ? SectorHome.Image : SectorHome.ParityFile, (layer * Blocks) + block);

    public override bool CanWrite(int layer) => !ReadOnlyLayers.Contains(layer);

    public override void GetChecksums(long block, SectorLookup lookup, Span<uint> checksums, Span<bool> known)
    {
        for (int layer = 0; layer < DataLayers; layer++)
        {
            known[layer] = Checksums[(layer * Blocks) + block] is not null;
            checksums[layer] = Checksums[(layer * Blocks) + block] ?? 0;
        }
    }

    public void ForgetChecksums() => Array.Clear(Checksums);

    public override LayeredVolume On(IImageStorage image, IImageStorage parityFile) => throw new NotSupportedException();
}
