// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Parity.Blocks;
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Rs01;

/// <summary>A payload with its RS01 file, as layers. The file itself can't be mended: nothing protects it.</summary>
/// <remarks>Behind the header stand the checksums of the payload, then the parity, codeword by codeword.</remarks>
internal sealed class Rs01Volume : LayeredVolume, IDisposable
{
    private const int FewestRoots = 8;
    private const int MostRoots = 170;
    private const long MostSectors = 1L << 40;

    private readonly EccHeader _header;
    private readonly IImageStorage _image;
    private readonly IImageStorage _parityFile;
    private readonly ThreadLocal<ParityRun> _parity;

    private Rs01Volume(EccHeader header, IImageStorage image, IImageStorage parityFile)
    {
        _header = header;
        _image = image;
        _parityFile = parityFile;
        _parity = new(() => new());
        Blocks = (header.PayloadSectors + DataLayers - 1) / DataLayers;
    }

    /// <inheritdoc/>
    public override long Blocks { get; }

    /// <inheritdoc/>
    public override int Roots => _header.Roots;

    /// <inheritdoc/>
    public override bool MayMisleadByChecksums => true;

    /// <summary>Bytes of the payload.</summary>
    public UInt128 Fingerprint => _header.Fingerprint;

    public long PayloadBytes => ((_header.PayloadSectors - 1) * Sector.Size) + _header.LastSectorBytes;

    /// <summary>Sectors of the file of parity; the last one may be cut short.</summary>
    public long FileSectors => Sector.CountOf(FirstParityByte + (Blocks * Sector.Size * Roots));

    private long FirstParityByte => EccHeader.Length + (_header.PayloadSectors * sizeof(uint));

    /// <summary>Takes a file of parity for what its header says, or returns null where that is no RS01.</summary>
    public static Rs01Volume? TryOpen(IImageStorage image, IImageStorage parityFile)
    {
        byte[] bytes = new byte[EccHeader.Length];
        bool fits = parityFile.Read(0, bytes) == bytes.Length && EccHeader.TryRead(bytes) is
        {
            Method: Codec.Rs01,
            Roots: >= FewestRoots and <= MostRoots,
            PayloadSectors: >= 1 and <= MostSectors,
        };
        EccHeader? header = fits ? EccHeader.TryRead(bytes) : null;
        if (header is null || header.DataSymbols != ReedSolomonCode.Length - header.Roots)
        {
            return null;
        }

        // Old programs leave the field empty where the last sector is full.
        int lastSectorBytes = header.LastSectorBytes is >= 1 and <= Sector.Size ? header.LastSectorBytes : Sector.Size;
        return new(header with { LastSectorBytes = lastSectorBytes }, image, parityFile);
    }

    /// <inheritdoc/>
    public override SectorPlace Place(int layer, long block)
    {
        long number = (layer * Blocks) + block;
        if (layer >= DataLayers)
        {
            // The file has no sectors of one layer; this is where the block's parity begins.
            return new(SectorHome.ParityFile, (FirstParityByte + (block * Sector.Size * Roots)) / Sector.Size);
        }

        return new(number < _header.PayloadSectors ? SectorHome.Image : SectorHome.Nowhere, number);
    }

    /// <inheritdoc/>
    public override bool CanWrite(int layer) => layer < DataLayers;

    /// <inheritdoc/>
    public override void Read(int layer, long block, Span<byte> target, Span<SectorFlaw> flaws)
    {
        if (layer >= DataLayers)
        {
            ReadParity(layer - DataLayers, block, target, flaws);
            return;
        }

        long number = (layer * Blocks) + block;
        int real = (int)Math.Clamp(_header.PayloadSectors - number, 0, flaws.Length);
        target[(real * Sector.Size)..].Clear();
        if (real > 0)
        {
            _image.ReadSectors(number, target[..(real * Sector.Size)], flaws[..real]);
            for (int index = 0; index < real; index++)
            {
                Span<byte> sector = target.Slice(index * Sector.Size, Sector.Size);
                if (number + index == _header.PayloadSectors - 1 && _header.LastSectorBytes < Sector.Size)
                {
                    Span<byte> used = sector[.._header.LastSectorBytes];
                    flaws[index] = _image.Read((number + index) * Sector.Size, used) == used.Length ? SectorFlaw.None : SectorFlaw.Missing;
                    sector[_header.LastSectorBytes..].Clear();
                }
                else if (flaws[index] == SectorFlaw.None && DeadSectorMarker.Is(sector))
                {
                    flaws[index] = SectorFlaw.Marked;
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(int layer, long block, ReadOnlySpan<byte> sectors)
    {
        long position = ((layer * Blocks) + block) * Sector.Size;
        long bytes = layer < DataLayers ? Math.Clamp(PayloadBytes - position, 0, sectors.Length) : 0;
        if (bytes > 0)
        {
            _image.Write(position, sectors[..(int)bytes]);
        }
    }

    /// <inheritdoc/>
    public override void GetChecksums(long block, SectorLookup lookup, Span<uint> checksums, Span<bool> known)
    {
        Span<byte> crc = stackalloc byte[sizeof(uint)];
        for (int layer = 0; layer < DataLayers; layer++)
        {
            long number = (layer * Blocks) + block;
            known[layer] = number < _header.PayloadSectors
                && _parityFile.Read(EccHeader.Length + (number * sizeof(uint)), crc) == crc.Length;
            checksums[layer] = BinaryPrimitives.ReadUInt32LittleEndian(crc);
        }
    }

    /// <inheritdoc/>
    public override LayeredVolume On(IImageStorage image, IImageStorage parityFile) => new Rs01Volume(_header, image, parityFile);

    /// <inheritdoc/>
    public void Dispose() => _parity.Dispose();

    private void ReadParity(int row, long block, Span<byte> target, Span<SectorFlaw> flaws)
    {
        ParityRun run = _parity.Value!;
        run.Load(_parityFile, FirstParityByte + (block * Sector.Size * Roots), flaws.Length * Sector.Size * Roots);
        if (!run.IsWhole)
        {
            target.Clear();
            flaws.Fill(SectorFlaw.Missing);
            return;
        }

        ReadOnlySpan<byte> codewords = run.Bytes;
        for (int at = 0, from = row; at < target.Length; at++, from += Roots)
        {
            target[at] = codewords[from];
        }
    }

    /// <summary>The parity of a run of blocks, kept since each of its layers is asked for in turn.</summary>
    private sealed class ParityRun
    {
        private byte[] _bytes = [];
        private long _position = -1;
        private int _length;

        public bool IsWhole { get; private set; }

        public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

        public void Load(IImageStorage file, long position, int length)
        {
            if (position == _position && length == _length)
            {
                return;
            }

            if (_bytes.Length < length)
            {
                _bytes = new byte[length];
            }

            (_position, _length) = (position, length);
            IsWhole = file.Read(position, _bytes.AsSpan(0, length)) == length;
        }
    }
}
