// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.ElTorito;
using Spindle.Formats.Iso9660;
using Spindle.Formats.Trees;
using Spindle.Testing;

namespace Spindle.Formats.Tests.ElTorito;

/// <summary>Boot records and catalogues laid out by hand (El Torito 1.0, figures 2 to 7).</summary>
public sealed class BootCatalogueTests
{
    private const int CatalogueSector = 20;

    private readonly byte[] _disc = new byte[40 * 2048];
    private readonly Findings _findings = new();

    public BootCatalogueTests()
    {
        // Boot record volume descriptor (figure 7), and the terminator behind it.
        Span<byte> record = Sector(16);
        "\0CD001\u0001EL TORITO SPECIFICATION"u8.CopyTo(record);
        BinaryPrimitives.WriteInt32LittleEndian(record[71..], CatalogueSector);
        Sector(17)[0] = 255;
        "CD001\u0001"u8.CopyTo(Sector(17)[1..]);

        // Validation entry (figure 2), platform x86: the two words of the checksum field make the sum 0.
        Span<byte> validation = Sector(CatalogueSector);
        validation[0] = 1;
        (validation[30], validation[31]) = (0x55, 0xAA);
        BinaryPrimitives.WriteUInt16LittleEndian(validation[28..], unchecked((ushort)-(1 + 0xAA55)));
    }

    [Fact]
    public void The_first_entry_follows_the_validation_entry()
    {
        Entry(1, 0x88, media: 2, sectors: 4, block: 25);

        BootCatalogue catalogue = Read()!;

        Assert.Equal(new Extent(CatalogueSector * 2048, 2048), catalogue.Extent);
        Assert.Equal(new BootImage(0, IsBootable: true, Emulation: 2, new Extent(25 * 2048, 4 * 512)), Assert.Single(catalogue.Images));
        Assert.Empty(_findings.Items);
    }

    [Fact]
    public void Sections_have_a_platform_and_as_many_entries_as_their_header_says()
    {
        Entry(1, 0x88, media: 0, sectors: 4, block: 25);
        Header(2, 0x90, platform: 1, count: 1);
        Entry(3, 0x88, media: 0x14, sectors: 1, block: 26); // bits 4 to 7 are no emulation
        Entry(4, 0x44, media: 0, sectors: 9, block: 9); // an extension
        Entry(5, 0x88, media: 0, sectors: 9, block: 9); // one more than the header says
        Header(6, 0x91, platform: 0xEF, count: 2);
        Entry(7, 0x00, media: 0, sectors: 1, block: 27);
        Entry(8, 0x88, media: 0, sectors: 2, block: 28);

        Assert.Equal(
            [new(0, true, 0, new Extent(25 * 2048, 2048)), new(1, true, 4, new Extent(26 * 2048, 512)), new(0xEF, false, 0, new Extent(27 * 2048, 512)), new(0xEF, true, 0, new Extent(28 * 2048, 1024))],
            Read()!.Images);
    }

    [Fact]
    public void An_entry_without_a_place_is_no_image()
    {
        Entry(1, 0x00, media: 0, sectors: 0, block: 0);

        Assert.Empty(Read()!.Images);
    }

    [Theory]
    [InlineData(39, 4, true)] // it ends with the medium
    [InlineData(39, 5, false)]
    [InlineData(41, 1, false)]
    public void An_image_beyond_the_medium_is_told_of(int block, int sectors, bool isOnMedium)
    {
        Entry(1, 0x88, media: 0, (ushort)sectors, block);

        Assert.Equal(block * 2048L, Assert.Single(Read()!.Images).Extent.Position);
        Assert.Equal(isOnMedium ? [] : [(ElToritoRules.ImageOnMedium, (CatalogueSector * 2048L) + 32)], _findings.Items.Select(found => (found.Rule, found.Position)));
    }

    [Theory]
    [InlineData(0, 2)] // another header
    [InlineData(1, 1)] // the sum
    [InlineData(29, 1)]
    [InlineData(30, 1)]
    [InlineData(31, 1)]
    public void A_validation_entry_that_does_not_add_up_is_told_of(int at, byte change)
    {
        Sector(CatalogueSector)[at] ^= change;

        Assert.NotNull(Read());
        Assert.Equal((ElToritoRules.ValidationChecksum, CatalogueSector * 2048L), (Assert.Single(_findings.Items).Rule, _findings.Items[0].Position));
    }

    [Fact]
    public void The_key_bytes_have_an_order()
    {
        Span<byte> validation = Sector(CatalogueSector);
        (validation[30], validation[31]) = (0xAA, 0x55);
        BinaryPrimitives.WriteUInt16LittleEndian(validation[28..], unchecked((ushort)-(1 + 0x55AA)));

        Read();

        Assert.Equal(ElToritoRules.ValidationChecksum, Assert.Single(_findings.Items).Rule);
    }

    [Fact]
    public void A_catalogue_that_cannot_be_read_is_told_of_where_its_address_is()
    {
        SimulatedDisc disc = new SimulatedDisc(_disc).Bad(CatalogueSector);

        Assert.Null(Read(disc));
        Assert.Equal((ElToritoRules.CatalogueReadable, (16 * 2048L) + 71), (Assert.Single(_findings.Items).Rule, _findings.Items[0].Position));
    }

    [Fact]
    public void A_boot_record_of_another_system_is_none()
    {
        Sector(16)[7] = (byte)'X';

        Assert.Null(Read());
    }

    private BootCatalogue? Read(SimulatedDisc? disc = null)
    {
        Medium medium = new(disc ?? new SimulatedDisc(_disc));
        return BootCatalogue.Read(medium, IsoDescriptors.Read(medium, 0, new()), _findings);
    }

    private Span<byte> Sector(int number) => _disc.AsSpan(number * 2048, 2048);

    private void Entry(int number, byte indicator, byte media, ushort sectors, int block)
    {
        Span<byte> entry = Sector(CatalogueSector)[(number * 32)..];
        (entry[0], entry[1]) = (indicator, media);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[6..], sectors);
        BinaryPrimitives.WriteInt32LittleEndian(entry[8..], block);
    }

    private void Header(int number, byte indicator, byte platform, ushort count)
    {
        Span<byte> header = Sector(CatalogueSector)[(number * 32)..];
        (header[0], header[1]) = (indicator, platform);
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], count);
    }
}
