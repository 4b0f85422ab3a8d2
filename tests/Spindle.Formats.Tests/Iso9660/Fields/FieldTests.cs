// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Formats.Iso9660.Fields;

namespace Spindle.Formats.Tests.Iso9660.Fields;

/// <summary>Dates, numbers in both orders, and Apple's entry, from the bytes of the standards.</summary>
public sealed class FieldTests
{
    private readonly Findings _findings = new();

    [Theory]
    [InlineData(new byte[] { 99, 12, 31, 23, 59, 58, 0 }, "1999-12-31T23:59:58+00:00")]
    [InlineData(new byte[] { 124, 2, 29, 1, 2, 3, 4 }, "2024-02-29T01:02:03+01:00")] // quarters of an hour
    [InlineData(new byte[] { 124, 2, 29, 1, 2, 3, 0xF6 }, "2024-02-29T01:02:03-02:30")]
    [InlineData(new byte[] { 0, 1, 1, 0, 0, 0, 0 }, "1900-01-01T00:00:00+00:00")]
    [InlineData(new byte[] { 255, 1, 1, 0, 0, 0, 52 }, "2155-01-01T00:00:00+13:00")]
    [InlineData(new byte[] { 100, 1, 1, 0, 0, 0, 100 }, "2000-01-01T00:00:00+00:00")] // a zone that is none
    [InlineData(new byte[] { 86, 6, 5, 4, 3, 2 }, "1986-06-05T04:03:02+00:00")] // High Sierra: no zone
    public void A_short_date_is_seven_numbers(byte[] field, string expected) => Assert.Equal(At(expected), IsoDate.Numbers(field));

    [Theory]
    [InlineData(new byte[] { 99, 0, 1, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 99, 13, 1, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 99, 2, 29, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 99, 1, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 99, 1, 1, 25, 0, 0, 0 })]
    public void Numbers_that_are_no_date_are_none(byte[] field) => Assert.Null(IsoDate.Numbers(field));

    [Theory]
    [InlineData("2024022901020345", 0, "2024-02-29T01:02:03.45+00:00")]
    [InlineData("2024022901020300", 8, "2024-02-29T01:02:03+02:00")]
    [InlineData("0001010112000099", 0, "0001-01-01T12:00:00.99+00:00")]
    [InlineData("9999123012000099", 0, "9999-12-30T12:00:00.99+00:00")]
    [InlineData("9999123123595999", 0, "9999-12-31T23:59:59+00:00")] // no room for hundredths
    public void A_long_date_is_sixteen_digits_and_a_zone(string digits, byte zone, string expected) =>
        Assert.Equal(At(expected), IsoDate.Digits([.. Encoding.ASCII.GetBytes(digits), zone]));

    [Fact]
    public void A_long_date_may_lack_its_zone() => Assert.Equal(At("2024-02-29T01:02:03+00:00"), IsoDate.Digits("2024022901020300"u8));

    [Theory]
    [InlineData("0000000000000000")]
    [InlineData("2023022901020300")]
    [InlineData("20240229 1020300")]
    [InlineData("202402290102030:")]
    public void Digits_that_are_no_date_are_none(string digits) => Assert.Null(IsoDate.Digits([.. Encoding.ASCII.GetBytes(digits), 0]));

    [Theory]
    [InlineData(new byte[] { 0x34, 0x12, 0x12, 0x34 }, null)]
    [InlineData(new byte[] { 0x34, 0x12, 0x34, 0x12 }, "4660 little-endian, 13330 big-endian")]
    [InlineData(new byte[] { 0x34, 0x12, 0x12, 0x35 }, "4660 little-endian, 4661 big-endian")]
    public void Both_orders_of_16_bits_say_the_same_or_it_is_told(byte[] field, string? detail)
    {
        BothOrders.Check16(field, 77, _findings);

        Assert.Equal(detail is null ? [] : [(Iso9660Rules.ByteOrdersAgree, 77L, detail)], _findings.Items.Select(found => (found.Rule, found.Position, found.Detail)));
    }

    [Theory]
    [InlineData(new byte[] { 4, 3, 2, 1, 1, 2, 3, 4 }, null)]
    [InlineData(new byte[] { 4, 3, 2, 1, 1, 2, 3, 5 }, "16909060 little-endian, 16909061 big-endian")]
    [InlineData(new byte[] { 4, 3, 2, 1, 0, 0, 0, 0 }, "16909060 little-endian, 0 big-endian")]
    public void Both_orders_of_32_bits_say_the_same_or_it_is_told(byte[] field, string? detail)
    {
        BothOrders.Check32(field, 78, _findings);

        Assert.Equal(detail is null ? [] : [(Iso9660Rules.ByteOrdersAgree, 78L, detail)], _findings.Items.Select(found => (found.Rule, found.Position, found.Detail)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)] // behind the record of CD-ROM XA
    [InlineData(0, 2)] // behind other entries
    [InlineData(1, 3)]
    public void What_the_Finder_knows_is_found_among_other_entries(int xa, int others)
    {
        byte[] area =
        [
            .. xa == 0 ? [] : (byte[])[0, 0, 0, 0, 0x55, 0x55, (byte)'X', (byte)'A', 0, 0, 0, 0, 0, 0],
            .. Enumerable.Repeat((byte[])[(byte)'N', (byte)'M', 6, 1, 0, (byte)'x'], others).SelectMany(one => one),
            .. Entry(),
        ];

        byte[] found = AppleExtension.Find(area).ToArray();

        Assert.Equal([.. "TEXTttxt\u0001\u0002"u8, .. new byte[22]], found);
    }

    [Theory]
    [InlineData(0, (byte)'B')]
    [InlineData(1, (byte)'B')]
    [InlineData(2, 13)]
    [InlineData(2, 15)]
    [InlineData(3, 1)] // ProDOS
    public void Another_entry_says_nothing_of_the_Finder(int at, byte value)
    {
        byte[] entry = Entry();
        entry[at] = value;

        Assert.True(AppleExtension.FinderInfo(entry).IsEmpty);
        Assert.True(AppleExtension.Find(entry).IsEmpty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(200)]
    public void An_entry_of_impossible_length_ends_the_search(byte length)
    {
        byte[] area = [(byte)'N', (byte)'M', length, 1, 0, 0, .. Entry()];

        Assert.True(AppleExtension.Find(area).IsEmpty);
    }

    [Fact]
    public void An_entry_that_is_cut_off_is_none() => Assert.True(AppleExtension.FinderInfo(Entry().AsSpan(0, 13)).IsEmpty);

    private static byte[] Entry() => [(byte)'A', (byte)'A', 14, 2, .. "TEXTttxt\u0001\u0002"u8];

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
