// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Parity.Blocks;
using Spindle.Parity.Checksums;
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Rs01;
using Spindle.Parity.Sectors;
using Spindle.Parity.Tests.Blocks;

namespace Spindle.Parity.Tests.Rs01;

/// <summary>An RS01 file laid out by hand: header, a CRC-32 for each sector of the payload, the parity codeword by codeword.</summary>
public sealed class Rs01VolumeTests
{
    private const int Roots = 100; // 155 layers of data
    private const int Blocks = 2;

    private readonly byte[] _payload = Payload((200 * 2048) + 500);
    private readonly byte[] _file;

    public Rs01VolumeTests() => _file = FileOf(_payload);

    [Fact]
    public void The_header_says_how_the_payload_lies_in_layers()
    {
        using Rs01Volume volume = Open();

        Assert.Equal((Blocks, Roots, 155, _payload.Length), (volume.Blocks, volume.Roots, volume.DataLayers, volume.PayloadBytes));
        Assert.Equal(Sector.CountOf(_file.Length), volume.FileSectors);
        Assert.Equal(Header().Fingerprint, volume.Fingerprint);
        Assert.Equal(new SectorPlace(SectorHome.Image, 7), volume.Place(3, 1));
        Assert.Equal(new SectorPlace(SectorHome.Image, 200), volume.Place(100, 0));
        Assert.Equal(new SectorPlace(SectorHome.Nowhere, 201), volume.Place(100, 1));
        Assert.Equal(new SectorPlace(SectorHome.ParityFile, (4096 + (201 * 4) + (2048 * Roots)) / 2048), volume.Place(200, 1));
        Assert.Equal((true, false), (volume.CanWrite(154), volume.CanWrite(155)));
    }

    [Fact]
    public void Nothing_is_wrong_with_what_was_laid_out_by_hand()
    {
        using Rs01Volume volume = Open();

        DamageLedger ledger = new VolumeExaminer(volume, 1).Run((_, _) => { }, default);

        Assert.Equal(Blocks, ledger.Count(BlockOutcome.Intact));
    }

    [Fact]
    public void What_is_missing_or_marked_or_wrong_comes_back_and_the_payload_keeps_its_length()
    {
        byte[] damaged = [.. _payload];
        DeadSectorMarker.Write(damaged.AsSpan(10 * 2048, 2048));
        damaged[(200 * 2048) + 499] ^= 1;
        MemoryStorage image = new(damaged) { Bad = { 5, 199 } };
        using Rs01Volume volume = Rs01Volume.TryOpen(image, new MemoryStorage(_file))!;

        DamageLedger ledger = new VolumeExaminer(volume, 1, new CountingSink(volume)).Run((_, _) => { }, default);

        Assert.Equal((2, 1, 1), (ledger.Count(SectorFlaw.Missing), ledger.Count(SectorFlaw.Marked), ledger.Count(SectorFlaw.Mismatched)));
        Assert.Equal(_payload, image.Content);
    }

    [Fact]
    public void Layers_beyond_the_payload_are_zeros()
    {
        using Rs01Volume volume = Open();
        byte[] sectors = [.. Enumerable.Repeat((byte)1, 2 * 2048)];
        SectorFlaw[] flaws = new SectorFlaw[2];

        volume.Read(100, 0, sectors, flaws);

        Assert.Equal(_payload[(200 * 2048)..], sectors[..500]);
        Assert.Equal(-1, sectors.AsSpan(500).IndexOfAnyExcept((byte)0));
        Assert.Equal([SectorFlaw.None, SectorFlaw.None], flaws);
    }

    [Fact]
    public void Parity_that_is_cut_off_is_missing()
    {
        using Rs01Volume volume = Rs01Volume.TryOpen(new MemoryStorage(_payload), new MemoryStorage(_file[..^1]))!;
        byte[] sectors = new byte[2048];
        SectorFlaw[] flaws = new SectorFlaw[1];

        volume.Read(155, 0, sectors, flaws);
        Assert.Equal(SectorFlaw.None, flaws[0]);
        volume.Read(155, 1, sectors, flaws);
        Assert.Equal(SectorFlaw.Missing, flaws[0]);
    }

    [Fact]
    public void Checksums_stand_behind_the_header_in_the_order_of_the_payload()
    {
        using Rs01Volume volume = Open();
        uint[] checksums = new uint[155];
        bool[] known = new bool[155];

        volume.GetChecksums(1, (_, _, _) => false, checksums, known);

        Assert.Equal(Crc32.Of(_payload.AsSpan(7 * 2048, 2048)), checksums[3]);
        Assert.Equal((true, true, false), (known[3], known[99], known[100]));
    }

    [Fact]
    public void An_empty_length_of_the_last_sector_says_that_it_is_full()
    {
        byte[] payload = Payload(20 * 2048);
        byte[] file = FileOf(payload);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(116), 0);

        using Rs01Volume volume = Rs01Volume.TryOpen(new MemoryStorage(payload), new MemoryStorage(file))!;

        Assert.Equal(payload.Length, volume.PayloadBytes);
    }

    [Theory]
    [InlineData(80, 7)] // too few roots
    [InlineData(80, 171)]
    [InlineData(76, 154)] // data and roots are no codeword
    [InlineData(68, 0)]
    [InlineData(68, -1)]
    [InlineData(12, 0x33305352)] // RS03
    public void A_header_that_makes_no_sense_is_none(int at, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_file.AsSpan(at), value);
        if (value == -1)
        {
            _file.AsSpan(68, 8).Fill(0xFF);
        }

        Assert.Null(Rs01Volume.TryOpen(new MemoryStorage(_payload), new MemoryStorage(_file)));
    }

    private Rs01Volume Open() => Rs01Volume.TryOpen(new MemoryStorage(_payload), new MemoryStorage(_file))!;

    private EccHeader Header() => EccHeader.TryRead(_file)!;

    private static byte[] Payload(int length)
    {
        byte[] payload = new byte[length];
        Random random = new(3);
        for (int at = 0; at < length; at += 2048)
        {
            HandmadeVolume.Fill(payload.AsSpan(at, Math.Min(2048, length - at)), random);
        }

        return payload;
    }

    private static byte[] FileOf(byte[] payload)
    {
        long sectors = Sector.CountOf(payload.Length);
        int blocks = (int)((sectors + 154) / 155);
        byte[] padded = new byte[155 * blocks * 2048];
        payload.CopyTo(padded, 0);
        byte[] file = new byte[4096 + (sectors * 4) + (blocks * 2048 * Roots)];
        new EccHeader
        {
            Method = Codec.Rs01,
            PayloadSectors = sectors,
            DataSymbols = 155,
            Roots = Roots,
            NeededVersion = 5500,
            Fingerprint = Fingerprint.Of(new MemoryStorage(payload), payload.Length),
            LastSectorBytes = (int)(payload.Length - ((sectors - 1) * 2048)),
        }.Write(file);
        for (int sector = 0; sector < sectors; sector++)
        {
            // Of the last one all 2048 bytes count, zeros behind those that there are.
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4096 + (sector * 4)), Crc32.Of(padded.AsSpan(sector * 2048, 2048)));
        }

        ReedSolomonCode code = new(Roots);
        byte[] data = new byte[155];
        Dictionary<string, byte[]> made = [];
        for (int symbol = 0; symbol < blocks * 2048; symbol++)
        {
            for (int layer = 0; layer < 155; layer++)
            {
                data[layer] = padded[(layer * blocks * 2048) + symbol];
            }

            HandmadeVolume.ParityOf(code, data, made).CopyTo(file, 4096 + (sectors * 4) + (symbol * Roots));
        }

        return file;
    }
}
