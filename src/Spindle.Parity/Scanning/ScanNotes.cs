// SPDX-License-Identifier: MIT
using System.Collections;
using Spindle.Parity.Blocks;
using Spindle.Parity.Galois;
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Scanning;

/// <summary>What a scan keeps of the sectors that went by: five bytes for each of data, and for each block four for each root.</summary>
/// <remarks>70 MB for a Blu-ray disc of one layer. One thread at a time.</remarks>
internal sealed class ScanNotes
{
    private readonly LayeredVolume _volume;
    private readonly uint[] _checksums;
    private readonly SectorFlaw[] _flaws;
    private readonly BitArray _proven;
    private readonly byte[] _residuals;
    private readonly byte[] _factors;

    public ScanNotes(LayeredVolume volume, ReedSolomonCode code)
    {
        _volume = volume;
        long blocks = volume.Blocks;
        _checksums = new uint[checked((int)(volume.DataLayers * blocks))];
        _flaws = new SectorFlaw[checked((int)(ReedSolomonCode.Length * blocks))];
        _proven = new(checked((int)(volume.DataLayers * blocks)));
        _residuals = new byte[checked((int)(volume.Roots * blocks * SectorDigest.Length))];
        _factors = new byte[volume.Roots * volume.DataLayers];
        for (int layer = 0; layer < volume.DataLayers; layer++)
        {
            for (int root = 0; root < volume.Roots; root++)
            {
                _factors[(layer * volume.Roots) + root] = code.ParityMatrix[root, layer];
            }
        }
    }

    /// <summary>Bytes that it takes for a volume.</summary>
    public static long BytesFor(LayeredVolume volume) => volume.Blocks
        * ((volume.DataLayers * sizeof(uint)) + ReedSolomonCode.Length + (volume.DataLayers / 8) + (volume.Roots * SectorDigest.Length));

    /// <summary>What is known of a sector.</summary>
    public ref SectorFlaw FlawAt(int layer, long block) => ref _flaws[(int)((layer * _volume.Blocks) + block)];

    /// <summary>CRC-32 of a data sector, as it was read.</summary>
    public uint ChecksumOf(int layer, long block) => _checksums[(int)((layer * _volume.Blocks) + block)];

    /// <summary>Whether a data sector was read as its checksum says, or shows by itself that it is right.</summary>
    public bool IsProven(int layer, long block) => _proven[(int)((layer * _volume.Blocks) + block)];

    /// <summary>Notes that it was.</summary>
    public void Prove(int layer, long block) => _proven[(int)((layer * _volume.Blocks) + block)] = true;

    /// <summary>
    /// For each parity layer, by how much its stored digest differs from what the data say; all zeros where the block holds together.
    /// </summary>
    public ReadOnlySpan<byte> ResidualOf(long block) => ResidualAt(block);

    /// <summary>Notes what went by.</summary>
    public void Note(ScanBatch batch)
    {
        int first = (int)((batch.Layer * _volume.Blocks) + batch.Block);
        batch.Flaws.CopyTo(_flaws.AsSpan(first));
        bool isData = batch.Layer < _volume.DataLayers;
        if (isData)
        {
            batch.Checksums.CopyTo(_checksums.AsSpan(first));
        }

        for (int index = 0; index < batch.Count; index++)
        {
            Span<byte> residual = ResidualAt(batch.Block + index);
            ReadOnlySpan<byte> digest = batch.Digests.Slice(index * SectorDigest.Length, SectorDigest.Length);
            if (isData)
            {
                AddTimes(_factors.AsSpan(batch.Layer * _volume.Roots, _volume.Roots), digest, residual);
            }
            else
            {
                AddTo(residual[((batch.Layer - _volume.DataLayers) * SectorDigest.Length)..], digest);
            }
        }
    }

    private Span<byte> ResidualAt(long block) => _residuals.AsSpan((int)(block * _volume.Roots) * SectorDigest.Length, _volume.Roots * SectorDigest.Length);

    private static void AddTimes(ReadOnlySpan<byte> factors, ReadOnlySpan<byte> digest, Span<byte> residual)
    {
        ReadOnlySpan<byte> times0 = GaloisField.Of187.ProductsOf(digest[0]);
        ReadOnlySpan<byte> times1 = GaloisField.Of187.ProductsOf(digest[1]);
        ReadOnlySpan<byte> times2 = GaloisField.Of187.ProductsOf(digest[2]);
        ReadOnlySpan<byte> times3 = GaloisField.Of187.ProductsOf(digest[3]);
        for (int root = 0; root < factors.Length; root++)
        {
            Span<byte> sum = residual.Slice(root * SectorDigest.Length, SectorDigest.Length);
            byte factor = factors[root];
            sum[0] ^= times0[factor];
            sum[1] ^= times1[factor];
            sum[2] ^= times2[factor];
            sum[3] ^= times3[factor];
        }
    }

    private static void AddTo(Span<byte> sum, ReadOnlySpan<byte> digest)
    {
        for (int i = 0; i < SectorDigest.Length; i++)
        {
            sum[i] ^= digest[i];
        }
    }
}
