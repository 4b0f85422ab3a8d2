// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Blocks;
using Spindle.Parity.Checksums;
using Spindle.Parity.Galois;
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Rs03;

/// <summary>Writes header, padding, checksums and parity of RS03 behind a payload, or into a file of their own.</summary>
/// <param name="layout">What to write where.</param>
/// <param name="image">The payload; also what is written to where <see cref="Rs03Layout.IsImage"/>.</param>
/// <param name="parityFile">What is written to otherwise.</param>
internal sealed class Rs03Encoder(Rs03Layout layout, IImageStorage image, IImageStorage parityFile)
{
    private readonly Rs03Volume _volume = new(layout, image, parityFile);
    private readonly GaloisProduct _parity = new(new ReedSolomonCode(layout.Roots).ParityMatrix);

    /// <summary>Writes all of it. The payload itself is not changed.</summary>
    /// <param name="threads">Threads at most, each with about 17 MiB.</param>
    /// <param name="blockDone">Called from any thread with the number of ecc blocks just finished.</param>
    /// <param name="cancellationToken">Stops between two runs of blocks.</param>
    /// <exception cref="OperationFailedException">A sector of the payload can't be read or holds a dead sector marker; or there is no room.</exception>
    public void Run(int threads, Action<int> blockDone, CancellationToken cancellationToken)
    {
        (layout.IsImage ? image : parityFile).SetLength(layout.TotalSectors * Sector.Size);
        WriteHeader();
        if (layout.IsImage)
        {
            WritePadding(cancellationToken);
        }

        ChunkWorkers.Run(layout.SectorsPerLayer, threads, () =>
        {
            BlockBuffer buffer = new((int)Math.Min(ChunkWorkers.BlocksAtOnce, layout.SectorsPerLayer) + 1);
            return blocks =>
            {
                Encode(blocks, buffer);
                blockDone((int)blocks.Count);
            };
        }, cancellationToken);
    }

    private void WriteHeader()
    {
        byte[] header = new byte[EccHeader.Length];
        layout.ToHeader().Write(header);
        if (layout.IsImage)
        {
            image.Write(layout.PayloadSectors * Sector.Size, header);
        }
        else
        {
            parityFile.Write(0, header);
        }
    }

    private void WritePadding(CancellationToken cancellationToken)
    {
        const int SectorsAtOnce = 512;
        byte[] sectors = new byte[SectorsAtOnce * Sector.Size];
        for (long first = layout.PayloadSectors + Rs03Layout.HeaderSectors; first < layout.CoveredSectors; first += SectorsAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = (int)Math.Min(SectorsAtOnce, layout.CoveredSectors - first);
            for (int index = 0; index < count; index++)
            {
                PaddingSector.Write(sectors.AsSpan(index * Sector.Size, Sector.Size), first + index, layout.Fingerprint);
            }

            image.Write(first * Sector.Size, sectors.AsSpan(0, count * Sector.Size));
        }
    }

    // The checksums in these blocks are those of the next ones, so one block more is read than is encoded.
    private void Encode(SectorRange blocks, BlockBuffer buffer)
    {
        int count = (int)blocks.Count;
        for (int layer = 0; layer < layout.PayloadLayers; layer++)
        {
            ReadPayload(layer, blocks, buffer);
            for (int index = 0; index < count; index++)
            {
                Rs03CrcSector.SetChecksum(buffer.SectorAt(layout.ChecksumLayer, index), layer, Crc32.Of(buffer.SectorAt(layer, index + 1)));
            }
        }

        for (int index = 0; index < count; index++)
        {
            Rs03CrcSector.Complete(buffer.SectorAt(layout.ChecksumLayer, index), layout);
        }

        for (int layer = layout.FirstParityLayer; layer < ReedSolomonCode.Length; layer++)
        {
            buffer.Row(layer, count).Clear();
        }

        _parity.AddTo(buffer.Memory, buffer.Rows[..layout.FirstParityLayer], buffer.Rows[layout.FirstParityLayer..], count * Sector.Size);
        for (int layer = layout.ChecksumLayer; layer < ReedSolomonCode.Length; layer++)
        {
            _volume.Write(layer, blocks.Start, buffer.Row(layer, count));
        }
    }

    private void ReadPayload(int layer, SectorRange blocks, BlockBuffer buffer)
    {
        int count = (int)blocks.Count;
        bool wraps = blocks.End == layout.SectorsPerLayer;
        int inOneRead = wraps ? count : count + 1;
        Span<SectorFlaw> flaws = buffer.FlawsOf(layer, count + 1);
        flaws.Clear();
        _volume.Read(layer, blocks.Start, buffer.Row(layer, inOneRead), flaws[..inOneRead]);
        if (wraps)
        {
            _volume.Read(layer, 0, buffer.SectorAt(layer, count), flaws[count..]);
        }

        int flawed = flaws.IndexOfAnyExcept(SectorFlaw.None);
        if (flawed >= 0)
        {
            throw CannotProtect(flaws[flawed], _volume.Place(layer, (blocks.Start + flawed) % layout.SectorsPerLayer).Sector);
        }
    }

    private OperationFailedException CannotProtect(SectorFlaw flaw, long sector) =>
        flaw == SectorFlaw.Marked ? Failures.Marked(image.Name, sector) : Failures.Unreadable(image.Name, sector);
}
