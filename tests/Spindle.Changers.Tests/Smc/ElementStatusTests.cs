// SPDX-License-Identifier: MIT
using Spindle.Changers.Smc;
using Spindle.Testing;

namespace Spindle.Changers.Tests.Smc;

public sealed class ElementStatusTests
{
    // Laid out by hand from SMC-3: one storage element with a volume tag, one drive with a source and a name.
    private static readonly byte[] Reply =
    [
        0x01, 0xF5, 0x00, 0x02, 0x00, 0x00, 0x00, 0x78,
        0x02, 0x80, 0x00, 0x34, 0x00, 0x00, 0x00, 0x34,
        0x03, 0xE9, 0x0D, 0x00, 0x83, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        .. "VOL001                          "u8, 0, 0, 0, 0, 0, 0, 0, 0,
        0x04, 0x00, 0x00, 0x30, 0x00, 0x00, 0x00, 0x30,
        0x01, 0xF5, 0x09, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x80, 0x03, 0xEA,
        0x02, 0x01, 0x00, 0x20, .. "LAB     VIRTUAL DRIVE   LAB0001 "u8,
    ];

    private static readonly byte[] Assignment = [23, 0, 0, 0, 0x1D, 18, 0, 0, 0, 1, 0x03, 0xE9, 0, 40, 0x03, 0x85, 0, 2, 0x01, 0xF5, 0, 2, 0, 0];

    [Fact]
    public void Fields_are_where_the_standard_has_them()
    {
        ElementStatus[] elements = [.. ElementStatus.Parse(Reply)!];

        Assert.Equal(
            [
                new(1001, ElementType.Storage, true) { IsAbnormal = true, Why = (0x83, 0x01), CanBeReached = true, Tag = "VOL001" },
                new(501, ElementType.DataTransfer, true) { CanBeReached = true, Source = 1002, Device = "LAB VIRTUAL DRIVE LAB0001" },
            ],
            elements);
    }

    [Fact]
    public void Which_elements_there_are_is_read_behind_headers_of_either_length()
    {
        ElementAssignment found = ElementAssignment.Parse(Assignment, 4)!;

        Assert.Equal(((0, 1), (1001, 40), (901, 2), (501, 2)), (found.Arms, found.Slots, found.Mail, found.Drives));
        Assert.Equal(found, ElementAssignment.Parse([0, 26, 0, 0, 0, 0, 0, 0, .. Assignment[4..]], 8));
        Assert.Equal(found, ElementAssignment.Parse([31, 0, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8, .. Assignment[4..]], 4));
    }

    [Fact]
    public void Elements_that_lie_in_one_another_are_none()
    {
        byte[] page = [.. Assignment];
        (page[14], page[15]) = (0x03, 0xF0); // mail slots among the others

        Assert.Null(ElementAssignment.Parse(page, 4));
    }

    [Fact]
    public void A_reply_that_is_cut_off_anywhere_gives_what_is_whole()
    {
        for (int length = 0; length < Reply.Length; length++)
        {
            IReadOnlyList<ElementStatus>? elements = ElementStatus.Parse(Reply.AsSpan(0, length));

            Assert.True((elements?.Count ?? 0) == (length < 68 ? 0 : 1), $"{length} bytes");
        }
    }

    /// <summary>As a robot that was built in haste, or somebody who holds the cable.</summary>
    [Fact]
    public void Any_bytes_give_elements_or_nothing()
    {
        Random random = Seed.Random();
        for (int i = 0; i < 50_000; i++)
        {
            byte[] bytes = [.. Reply.AsSpan(0, random.Next(Reply.Length + 1))];
            byte[] page = [.. Assignment.AsSpan(0, random.Next(Assignment.Length + 1))];
            for (int change = random.Next(8); change > 0; change--)
            {
                _ = bytes.Length > 0 ? bytes[random.Next(bytes.Length)] = (byte)random.Next(256) : (byte)0;
                _ = page.Length > 0 ? page[random.Next(page.Length)] = (byte)random.Next(256) : (byte)0;
            }

            Assert.True(ElementStatus.Parse(bytes) is null or { Count: <= 16 });
            Assert.True(ElementAssignment.Parse(page, random.Next(2) == 0 ? 4 : 8) is null or { Slots: { First: >= 0, Count: >= 0 } });
        }
    }
}
