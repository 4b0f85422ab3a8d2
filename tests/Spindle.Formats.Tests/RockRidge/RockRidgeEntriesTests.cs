// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Formats.RockRidge;
using Spindle.Formats.Trees;
using Spindle.Testing;

namespace Spindle.Formats.Tests.RockRidge;

public sealed class RockRidgeEntriesTests
{
    // RRIP 1.12 §4.1.3: flags 8 the root, 4 the parent, 2 the directory itself, 1 a component that goes on; the entry's own 1 that others follow.
    [Theory]
    [InlineData("a/b", "SL 0: 0 a, 0 b")]
    [InlineData("/", "SL 0: 8")]
    [InlineData("/a/../b/.", "SL 0: 8, 0 a, 4, 0 b, 2")]
    [InlineData("a/", "SL 0: 0 a, 0")]
    [InlineData("a//b", "SL 0: 0 a, 0, 0 b")]
    [InlineData("...", "SL 0: 0 ...")]
    public void A_target_is_written_component_by_component(string target, string entries) => Assert.Equal(entries, Written(Encoding.UTF8.GetBytes(target)));

    [Theory]
    [InlineData(248, "SL 0: 0 (248)")] // 255, less 5 of the entry and 2 of the component
    [InlineData(249, "SL 1: 1 (248); SL 0: 0 x")]
    [InlineData(500, "SL 1: 1 (248); SL 1: 1 (248); SL 0: 0 xxxx")]
    public void A_component_that_is_too_long_for_an_entry_goes_on_in_the_next(int length, string entries) =>
        Assert.Equal(entries, Written([.. Enumerable.Repeat((byte)'x', length)]));

    [Theory]
    [InlineData(245, "SL 1: 0 (245), 1 x; SL 0: 0 y")] // three bytes are left for the second one
    [InlineData(246, "SL 1: 0 (246); SL 0: 0 xy")] // two: not even a letter of it
    public void A_component_begins_where_there_is_room_for_a_letter_of_it(int length, string entries) =>
        Assert.Equal(entries, Written([.. Enumerable.Repeat((byte)'x', length), .. "/xy"u8]));

    [Fact]
    public void A_name_goes_on_in_as_many_entries_as_it_takes()
    {
        byte[] name = [.. Enumerable.Repeat((byte)'n', 255)];
        byte[] entries = new byte[RockRidgeEntries.MaximumVariable];

        int length = RockRidgeEntries.Compose(name, [], entries);

        Assert.Equal(255 + 5 + 5, length); // 250 letters, and 5
        Assert.Equal((255, 1), (entries[2], entries[4]));
        Assert.Equal((10, 0), (entries[257], entries[259]));
        Assert.Equal(new string('n', 255), Read(entries[..length]).Name);
    }

    [Fact]
    public void Entries_of_more_than_a_sector_lie_in_areas_that_begin_and_end_with_entries()
    {
        byte[] entries = new byte[RockRidgeEntries.MaximumVariable];
        int length = RockRidgeEntries.Compose(new byte[255].Select(_ => (byte)'n').ToArray(), new byte[4095].Select(_ => (byte)'t').ToArray(), entries);
        List<int> ends = [];
        for (int at = 0; at < length; at += entries[at + 2])
        {
            ends.Add(at + entries[at + 2]);
        }

        RecordPacker packer = default;
        packer.Place(100);
        Span<Continuation> areas = new Continuation[RockRidgeEntries.MaximumContinuations];
        int count = RockRidgeEntries.Place(ref packer, entries.AsSpan(0, length), areas);

        Assert.Equal(3, count);
        for (int index = 0; index < count; index++)
        {
            int start = index == 0 ? 0 : areas[index - 1].Start + areas[index - 1].Length;
            bool isLast = index == count - 1;
            Assert.Equal((start, 2048L * (index + 1)), (areas[index].Start, areas[index].Position)); // a sector of its own, behind the one that was begun
            Assert.Contains(areas[index].Start + areas[index].Length, ends);

            // As full as can be: behind it is room for a CE, and for no further entry.
            Assert.True(isLast || areas[index].Length is <= 2048 - 28 and > 2048 - 28 - 255);
        }

        Assert.Equal(length, areas[2].Start + areas[2].Length);
        Assert.Equal((2048 * 3) + areas[2].Length, packer.End);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_written_is_read_again_whatever_it_is(int seed)
    {
        Random random = new(seed);
        byte[] entries = new byte[RockRidgeEntries.MaximumVariable];
        for (int round = 0; round < 200; round++)
        {
            string target = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => random.Next(5) switch
            {
                0 => "/",
                1 => "..",
                2 => ".",
                3 => new string('x', random.Next(1, 300)),
                _ => "é",
            }));
            target = target.Length > 1000 ? target[..1000] : target;

            int length = RockRidgeEntries.Compose("name"u8, Encoding.UTF8.GetBytes(target), entries);

            Assert.Equal(target, Read(entries[..length]).Target);
        }
    }

    private static RockRidgeAttributes Read(byte[] entries) => new RockRidgeReader(new(new SimulatedDisc(new byte[2048])), 2048, new()).Read(entries, 0);

    private static string Written(byte[] target)
    {
        byte[] entries = new byte[RockRidgeEntries.MaximumVariable];
        int length = RockRidgeEntries.Compose([], target, entries);
        List<string> found = [];
        for (int at = 0; at < length; at += entries[at + 2])
        {
            Assert.Equal(1, entries[at + 3]); // version
            List<string> components = [];
            for (int component = at + 5; component < at + entries[at + 2]; component += 2 + entries[component + 1])
            {
                string text = Encoding.UTF8.GetString(entries, component + 2, entries[component + 1]);
                components.Add($"{entries[component]} {(text.Length > 9 ? $"({text.Length})" : text)}".TrimEnd());
            }

            found.Add($"{Encoding.ASCII.GetString(entries, at, 2)} {entries[at + 4]}: {string.Join(", ", components)}");
        }

        return string.Join("; ", found);
    }
}
