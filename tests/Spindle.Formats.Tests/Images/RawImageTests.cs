// SPDX-License-Identifier: MIT
using Spindle.Formats.Images;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Images;

public sealed class RawImageMode1ContractTests : SectorReaderContract
{
    protected override ISectorReader Open(byte[] content) =>
        RawImage.Unwrap(new SimulatedDisc(RawSectors.Of(content, mode: 1), sectorSize: 2352));
}

/// <summary>Raw sectors that lie across the 2048-byte sectors of the medium below, as on a device with a dump written to it.</summary>
public sealed class RawImageMode2OnOtherSectorsContractTests : SectorReaderContract
{
    protected override ISectorReader Open(byte[] content) => RawImage.Unwrap(new SimulatedDisc(RawSectors.Of(content, mode: 2)));
}

public sealed class RawImageTests
{
    [Fact]
    public void Leaves_a_medium_of_plain_sectors_as_it_is()
    {
        using SimulatedDisc disc = new(SimulatedDisc.Pattern(40 * 2048));

        Assert.Same(disc, RawImage.Unwrap(disc));
    }

    [Fact]
    public void Leaves_a_medium_alone_that_only_starts_like_a_raw_sector()
    {
        byte[] content = SimulatedDisc.Pattern(40 * 2048);
        RawSectors.Of(new byte[2048], mode: 1).AsSpan(0, 16).CopyTo(content);
        using SimulatedDisc disc = new(content);

        Assert.Same(disc, RawImage.Unwrap(disc));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0x20)]
    public void Refuses_raw_sectors_that_carry_no_2048_bytes(byte mode, byte submode)
    {
        byte[] raw = RawSectors.Of(new byte[10 * 2048], mode);
        raw[18] = submode;

        OperationFailedException refusal = Assert.Throws<OperationFailedException>(() => RawImage.Unwrap(new SimulatedDisc(raw, sectorSize: 2352)));

        Assert.Equal("raw-source", refusal.Failure.Code);
    }

    [Theory]
    [InlineData(1, 2448)]
    [InlineData(2, 2448)]
    [InlineData(2, 2336)]
    public void Reads_sectors_with_subchannels_and_without_headers(byte mode, int sectorSize)
    {
        byte[] content = SimulatedDisc.Pattern(200 * 2048);
        "\u0001CD001"u8.CopyTo(content.AsSpan(16 * 2048)); // sectors of 2336 bytes are known by their descriptor only
        byte[] raw = [.. RawSectors.Of(content, mode).Chunk(2352).SelectMany(sector => sectorSize == 2448 ? sector.Concat(new byte[96]) : sector.Skip(16))];
        using ISectorReader reader = RawImage.Unwrap(new SimulatedDisc(raw));
        byte[] read = new byte[content.Length];

        Assert.Equal(new SectorRead(200, SectorFault.None), reader.Read(new(0, 200), read));
        Assert.Equal(content, read);
    }

    [Fact]
    public void Delivers_the_raw_sectors_before_an_unreadable_one()
    {
        byte[] content = SimulatedDisc.Pattern(200 * 2048);
        using ISectorReader reader = RawImage.Unwrap(new SimulatedDisc(RawSectors.Of(content, mode: 1), sectorSize: 2352).Bad(100));
        byte[] buffer = new byte[content.Length];

        Assert.Equal(new SectorRead(100, SectorFault.Unreadable), reader.Read(new(0, 200), buffer));
        Assert.True(content.AsSpan(0, 100 * 2048).SequenceEqual(buffer.AsSpan(0, 100 * 2048)));
    }
}

/// <summary>Raw sectors laid out by hand from ECMA-130 §14, without error correction, which no one here reads.</summary>
internal static class RawSectors
{
    public static byte[] Of(byte[] content, byte mode)
    {
        int count = content.Length / 2048;
        byte[] raw = new byte[count * 2352];
        for (int i = 0; i < count; i++)
        {
            Span<byte> sector = raw.AsSpan(i * 2352, 2352);
            sector[1..11].Fill(0xFF);
            sector[15] = mode;
            content.AsSpan(i * 2048, 2048).CopyTo(sector[(mode == 2 ? 24 : 16)..]);
        }

        return raw;
    }
}
