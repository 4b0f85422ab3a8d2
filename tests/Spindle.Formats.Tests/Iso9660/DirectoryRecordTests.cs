// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Iso9660;
using Spindle.Formats.Iso9660.Fields;

namespace Spindle.Formats.Tests.Iso9660;

public class DirectoryRecordTests
{
    private readonly Findings _findings = new();

    [Fact]
    public void Reads_the_fields_of_a_record()
    {
        byte[] sector = Record("FILE.TXT;1", firstBlock: 77, dataLength: 5_000);

        Assert.True(TryRead(sector, out DirectoryRecord record));

        Assert.Equal(77u, record.FirstBlock);
        Assert.Equal(5_000u, record.DataLength);
        Assert.Equal("FILE.TXT;1"u8, record.Identifier);
        Assert.Equal(new DateTimeOffset(1999, 12, 31, 23, 59, 58, TimeSpan.FromHours(-5)), record.Recorded);
        Assert.Empty(_findings.Items);
    }

    [Fact]
    public void Reports_a_length_whose_two_byte_orders_disagree_and_keeps_the_little_endian_one()
    {
        byte[] sector = Record("A", dataLength: 5_000);
        sector[17] = 0x01; // BP 18, last byte of the big-endian half

        Assert.True(TryRead(sector, out DirectoryRecord record));

        Assert.Equal(5_000u, record.DataLength);
        Assert.Equal(Iso9660Rules.ByteOrdersAgree, Assert.Single(_findings.Items).Rule);
    }

    [Theory]
    [InlineData(0)]   // padding up to the end of the sector
    [InlineData(33)]  // no room for an identifier
    [InlineData(255)] // runs past the sector
    public void Rejects_a_record_of_impossible_length(byte length)
    {
        byte[] sector = Record("A");
        sector[0] = length;

        Assert.False(TryRead(sector, out _));
        Assert.Equal(Iso9660Rules.RecordWithinSector, Assert.Single(_findings.Items).Rule);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public void Rejects_an_identifier_of_impossible_length(byte length)
    {
        byte[] sector = Record("A");
        sector[32] = length;

        Assert.False(TryRead(sector, out _));
        Assert.Equal(Iso9660Rules.IdentifierWithinRecord, Assert.Single(_findings.Items).Rule);
    }

    [Fact]
    public void Takes_a_date_that_is_none_for_no_date()
    {
        byte[] sector = Record("A");
        sector[19] = 13; // BP 20, the month

        Assert.True(TryRead(sector, out DirectoryRecord record));

        Assert.Null(record.Recorded);
    }

    /// <summary>A record laid out by hand from the table of §9.1, in a span that ends right behind it.</summary>
    internal static byte[] Record(string identifier, uint firstBlock = 0, uint dataLength = 0, byte flags = 0)
    {
        byte[] record = new byte[34 + identifier.Length - (identifier.Length % 2 == 0 ? 0 : 1)];
        record[0] = (byte)record.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(2), firstBlock);
        BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(6), firstBlock);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(10), dataLength);
        BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(14), dataLength);
        byte[] date = [99, 12, 31, 23, 59, 58, unchecked((byte)-20)];
        date.CopyTo(record, 18);
        record[25] = flags;
        record[32] = (byte)identifier.Length;
        System.Text.Encoding.Latin1.GetBytes(identifier, record.AsSpan(33));
        return record;
    }

    private bool TryRead(byte[] sector, out DirectoryRecord record) =>
        DirectoryRecord.TryRead(sector, RecordForm.Iso9660, 0, _findings, out record);
}
