// SPDX-License-Identifier: MIT
using Spindle.Parity.Blocks;
using Spindle.Parity.Checksums;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Scanning;

/// <summary>Neighbouring sectors of one layer on their way through a scan, and what is kept of them.</summary>
internal sealed class ScanBatch
{
    /// <summary>One MiB.</summary>
    private const int Most = 512;

    private readonly byte[] _sectors = new byte[Most * Sector.Size];
    private readonly SectorFlaw[] _flaws = new SectorFlaw[Most];
    private readonly uint[] _checksums = new uint[Most];
    private readonly byte[] _digests = new byte[Most * SectorDigest.Length];

    /// <summary>Which one it is, in the order of reading.</summary>
    public long Number { get; private set; }

    /// <summary>The layer.</summary>
    public int Layer { get; private set; }

    /// <summary>The first block.</summary>
    public long Block { get; private set; }

    /// <summary>Sectors.</summary>
    public int Count { get; private set; }

    /// <summary>What is known of each sector.</summary>
    public ReadOnlySpan<SectorFlaw> Flaws => _flaws.AsSpan(0, Count);

    /// <summary>CRC-32 of each sector.</summary>
    public ReadOnlySpan<uint> Checksums => _checksums.AsSpan(0, Count);

    /// <summary>Four bytes of each sector.</summary>
    public ReadOnlySpan<byte> Digests => _digests.AsSpan(0, Count * SectorDigest.Length);

    /// <summary>One sector.</summary>
    public ReadOnlySpan<byte> SectorAt(int index) => _sectors.AsSpan(index * Sector.Size, Sector.Size);

    /// <summary>Reads as many as there are from one on.</summary>
    public void Read(LayeredVolume volume, long number, int layer, long block)
    {
        (Number, Layer, Block) = (number, layer, block);
        Count = (int)Math.Min(Most, volume.Blocks - block);
        _flaws.AsSpan(0, Count).Clear();
        volume.Read(layer, block, _sectors.AsSpan(0, Count * Sector.Size), _flaws.AsSpan(0, Count));
    }

    /// <summary>Works out what is kept.</summary>
    /// <param name="isData">Whether checksums are kept, too.</param>
    public void Digest(bool isData)
    {
        for (int index = 0; index < Count; index++)
        {
            if (isData)
            {
                _checksums[index] = Crc32.Of(SectorAt(index));
            }
            else if (_flaws[index] != SectorFlaw.None)
            {
                // What stands for a parity sector that is missing says nothing.
                _sectors.AsSpan(index * Sector.Size, Sector.Size).Clear();
            }

            SectorDigest.Of(SectorAt(index), _digests.AsSpan(index * SectorDigest.Length, SectorDigest.Length));
        }
    }
}
