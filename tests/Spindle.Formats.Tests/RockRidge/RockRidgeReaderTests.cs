// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.RockRidge;
using Spindle.Testing;

namespace Spindle.Formats.Tests.RockRidge;

public class RockRidgeReaderTests
{
    private readonly Findings _findings = new();
    private readonly byte[] _disc = new byte[64 * 2048];

    [Fact]
    public void Joins_a_name_from_several_entries_and_a_continuation()
    {
        Continuation(block: 7, [.. Entry("NM", [0, .. "tail"u8])]);

        RockRidgeAttributes found = Read([.. Entry("NM", [1, .. "head-"u8]), .. Ce(block: 7, offset: 0, length: 9)]);

        Assert.Equal("head-tail", found.Name);
        Assert.Empty(_findings.Items);
    }

    [Fact]
    public void An_area_is_visited_anew_for_each_record_that_leads_there()
    {
        Continuation(block: 7, [.. Entry("NM", [0, .. "tail"u8])]);
        byte[] record = [.. Entry("NM", [1, .. "head-"u8]), .. Ce(block: 7, offset: 0, length: 9)];
        RockRidgeReader reader = new(new(new SimulatedDisc(_disc)), 2048, _findings);

        Assert.Equal("head-tail", reader.Read(record, 0).Name);
        Assert.Equal("head-tail", reader.Read(record, 0).Name);
        Assert.Empty(_findings.Items);
    }

    [Fact]
    public void Joins_times_from_several_entries_and_gives_the_same_for_the_same_bytes()
    {
        byte[] modified = Entry("TF", [2, 100, 1, 2, 3, 4, 5, 0]);
        byte[] accessed = Entry("TF", [4, 101, 1, 2, 3, 4, 5, 0]);
        RockRidgeReader reader = new(new(new SimulatedDisc(_disc)), 2048, _findings);
        DateTimeOffset first = new(2000, 1, 2, 3, 4, 5, TimeSpan.Zero);

        RockRidgeAttributes both = reader.Read([.. modified, .. accessed], 0);
        RockRidgeAttributes one = reader.Read(modified, 0);
        RockRidgeAttributes again = reader.Read(modified, 0);
        RockRidgeAttributes other = reader.Read(accessed, 0);

        Assert.Equal((first, first.AddYears(1)), (both.Times?.Modified, both.Times?.Accessed));
        Assert.Equal((first, null), (one.Times?.Modified, one.Times?.Accessed));
        Assert.Same(one.Times, again.Times);
        Assert.Equal((null, first.AddYears(1)), (other.Times?.Modified, other.Times?.Accessed));
    }

    [Fact]
    public void Ends_a_continuation_that_leads_back_to_itself()
    {
        Continuation(block: 7, Ce(block: 7, offset: 0, length: 28));

        RockRidgeAttributes found = Read([.. Entry("NM", [0, .. "name"u8]), .. Ce(block: 7, offset: 0, length: 28)]);

        Assert.Equal("name", found.Name);
        Assert.Equal(RockRidgeRules.ContinuationsEnd, Assert.Single(_findings.Items).Rule);
    }

    [Fact]
    public void Ends_a_chain_of_continuations_that_is_too_long()
    {
        for (int block = 1; block < 63; block++)
        {
            Continuation(block, Ce((uint)block + 1, offset: 0, length: 28));
        }

        Read(Ce(block: 1, offset: 0, length: 28));

        Assert.Equal(RockRidgeRules.ContinuationsEnd, Assert.Single(_findings.Items).Rule);
    }

    [Fact]
    public void Ends_a_name_that_goes_on_and_on()
    {
        for (int block = 1; block < 20; block++)
        {
            Continuation(block, [.. Entry("NM", [1, .. new byte[240].Select(_ => (byte)'n')]), .. Ce((uint)block + 1, offset: 0, length: 273)]);
        }

        RockRidgeAttributes found = Read(Ce(block: 1, offset: 0, length: 273));

        Assert.Equal(new string('n', 4 * 240), found.Name);
        Assert.Equal(RockRidgeRules.TextBounded, _findings.Items[0].Rule);
    }

    [Fact]
    public void Ends_a_target_that_goes_on_and_on()
    {
        byte[] link = Entry("SL", [1, 1, 240, .. new byte[240].Select(_ => (byte)'t')]);
        for (int block = 1; block < 30; block++)
        {
            Continuation(block, [.. link, .. Ce((uint)block + 1, offset: 0, length: (uint)link.Length + 28)]);
        }

        RockRidgeAttributes found = Read(Ce(block: 1, offset: 0, length: (uint)link.Length + 28));

        Assert.Equal(17 * 240, found.Target!.Length);
        Assert.Equal(RockRidgeRules.TextBounded, _findings.Items[0].Rule);
    }

    [Fact]
    public void Reports_a_continuation_behind_the_end_of_the_medium()
    {
        Read(Ce(block: 0xFFFF_FFFF, offset: 0, length: 28));

        Assert.Equal(RockRidgeRules.ContinuationReadable, Assert.Single(_findings.Items).Rule);
    }

    [Fact]
    public void Reads_the_target_of_a_link_with_components_of_every_kind()
    {
        byte[] components = [8, 0, 0, 3, .. "usr"u8, 1, 2, .. "lo"u8, 0, 3, .. "cal"u8, 4, 0, 2, 0, 0, 1, .. "x"u8];

        Assert.Equal("/usr/local/.././x", Read(Entry("SL", [0, .. components])).Target);
    }

    [Fact]
    public void Reads_times_in_the_long_form()
    {
        byte[] times = [0x82, .. "2024022912345678"u8, 4];

        Assert.Equal(
            new DateTimeOffset(2024, 2, 29, 12, 34, 56, 780, TimeSpan.FromHours(1)),
            Read(Entry("TF", times)).Times!.Modified);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(200)]
    public void Reports_an_entry_of_impossible_length(byte length)
    {
        byte[] entry = Entry("NM", [0, .. "name"u8]);
        entry[2] = length;

        Assert.Null(Read(entry).Name);
        Assert.Equal(RockRidgeRules.EntryWithinArea, Assert.Single(_findings.Items).Rule);
    }

    [Fact]
    public void An_entry_of_attributes_alone_is_Rock_Ridge()
    {
        RockRidgeAttributes found = Read(Entry("PX", [.. Both(0x81A4), .. Both(2), .. Both(1000), .. Both(100)]));

        Assert.True(found.IsPresent);
        Assert.Equal((0x81A4u, 2u, 1000u, 100u), (found.Mode, found.Links, found.Uid, found.Gid));
        Assert.Empty(_findings.Items);
    }

    [Theory]
    [InlineData(0xBE, 0xEF, 14)]
    [InlineData(0xBE, 0xEE, null)]
    [InlineData(0xBF, 0xEF, null)]
    public void Skips_what_an_entry_says_that_has_both_check_bytes(byte first, byte second, int? skipped) =>
        Assert.Equal(skipped, Read(Entry("SP", [first, second, 14])).SkippedBytes);

    [Fact]
    public void Skips_nothing_for_an_entry_that_ends_behind_its_check_bytes() =>
        Assert.Null(Read([.. Entry("SP", [0xBE, 0xEF]), .. Entry("NM", [0, .. "name"u8])]).SkippedBytes);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, false)] // another flag than that it goes on
    [InlineData(3, true)]
    public void A_link_that_says_that_it_goes_on_must(byte flags, bool isCut)
    {
        RockRidgeAttributes found = Read(Entry("SL", [flags, 0, 4, .. "else"u8]));

        Assert.Equal(("else", isCut), (found.Target, found.IsIncomplete));
        Assert.Equal(isCut ? [RockRidgeRules.TextEnds] : [], _findings.Items.Select(finding => finding.Rule));
    }

    [Fact]
    public void A_continuation_that_cannot_be_read_leaves_a_record_incomplete()
    {
        RockRidgeAttributes found = Read([.. Entry("NM", [1, .. "head"u8]), .. Ce(block: 1000, offset: 0, length: 9)]);

        Assert.Equal(("head", true), (found.Name, found.IsIncomplete));
        Assert.Equal(RockRidgeRules.ContinuationReadable, Assert.Single(_findings.Items).Rule); // and not, beside, that the name does not end
    }

    [Fact]
    public void What_the_Finder_knows_is_told()
    {
        RockRidgeAttributes found = Read([.. Entry("NM", [0, .. "name"u8]), (byte)'A', (byte)'A', 14, 2, .. "TEXTttxt\u0001\u0002"u8]);

        Assert.Equal("name", found.Name);
        Assert.StartsWith("TEXTttxt", System.Text.Encoding.ASCII.GetString(found.FinderInfo.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_ends_with_its_flags_counts()
    {
        Assert.True(Read(Entry("SL", [1])).IsIncomplete);
        Assert.NotNull(Read([.. Entry("NM", [0, (byte)'x']), .. Entry("TF", [0])]).Times);
        Assert.Null(Read(Entry("NM", [0, (byte)'x'])).Times);
    }

    [Theory]
    [InlineData("PX", 32)]
    [InlineData("CL", 8)]
    [InlineData("CE", 24)]
    public void A_number_whose_byte_orders_disagree_is_told_of_where_it_is(string signature, int length)
    {
        byte[] content = new byte[length];
        content[7] = 1;
        RockRidgeReader reader = new(new(new SimulatedDisc(_disc)), 2048, _findings);

        reader.Read([.. Entry("RR", [0]), .. Entry(signature, content)], 1000);

        Assert.Equal((Iso9660Rules.ByteOrdersAgree, 1000 + 5 + 4L), (Assert.Single(_findings.Items).Rule, _findings.Items[0].Position));
    }

    [Fact]
    public void A_child_link_whose_byte_orders_disagree_is_told_of()
    {
        byte[] wrong = Both(9);
        wrong[7] = 8;

        Assert.Equal(9u, Read(Entry("CL", Both(9))).ChildBlock);
        Assert.Empty(_findings.Items);
        Assert.Equal(9u, Read(Entry("CL", wrong)).ChildBlock);
        Assert.Equal((Iso9660Rules.ByteOrdersAgree, 4L), (Assert.Single(_findings.Items).Rule, _findings.Items[0].Position));
    }

    [Fact]
    public void Times_of_one_record_are_not_taken_for_those_of_another()
    {
        byte[] modified = Entry("TF", [2, 100, 1, 2, 3, 4, 5, 0]);
        RockRidgeReader reader = new(new(new SimulatedDisc(_disc)), 2048, _findings);
        reader.Read(modified, 0);

        RockRidgeAttributes both = reader.Read([.. Entry("TF", [4, 101, 1, 2, 3, 4, 5, 0]), .. modified], 0);

        Assert.Equal((new DateTimeOffset(2000, 1, 2, 3, 4, 5, TimeSpan.Zero), new DateTimeOffset(2001, 1, 2, 3, 4, 5, TimeSpan.Zero)), (both.Times?.Modified, both.Times?.Accessed));
    }

    private static byte[] Entry(string signature, byte[] content) =>
        [(byte)signature[0], (byte)signature[1], (byte)(content.Length + 4), 1, .. content];

    private static byte[] Ce(uint block, uint offset, uint length) => Entry("CE", [.. Both(block), .. Both(offset), .. Both(length)]);

    private static byte[] Both(uint value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), value);
        return bytes;
    }

    private void Continuation(int block, byte[] area) => area.CopyTo(_disc, block * 2048);

    private RockRidgeAttributes Read(byte[] systemUse) =>
        new RockRidgeReader(new(new SimulatedDisc(_disc)), 2048, _findings).Read(systemUse, 0);
}
