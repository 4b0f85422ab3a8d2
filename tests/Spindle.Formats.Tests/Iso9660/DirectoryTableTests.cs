// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Formats.Iso9660;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Iso9660;

public sealed class DirectoryTableTests
{
    private const int Sector = 2048;

    // First blocks of the L table, the M table and their second copies.
    private static readonly int[] Tables = [3, 4, 5, 6];

    // BP 141, 149, 145 and 153 of the descriptor (§8.4.14 to §8.4.17).
    private static readonly int[] Places = [140, 148, 144, 152];

    [Theory]
    [InlineData(0, "ONE")] // how many of the tables can't be read
    [InlineData(1, "TWO")]
    [InlineData(2, "TRE")]
    [InlineData(3, "FOR")]
    [InlineData(4, null)]
    public void The_first_table_that_can_be_read_says_where_directories_lie(int lost, string? name)
    {
        byte[] disc = Disc(["ONE", "TWO", "TRE", "FOR"]);
        SimulatedDisc damaged = new(disc);
        foreach (int block in Tables[..lost])
        {
            damaged.Bad(block);
        }

        DirectoryTable table = Open(damaged, disc);

        Assert.Equal(name is null ? [] : [name, "B"], NamesBelow(table, 20));
        Assert.Equal(name is null ? [] : ["INNER"], NamesBelow(table, 21));
        Assert.Empty(NamesBelow(table, 99));
        Assert.Equal(name is null ? [] : [21L, 24, 23], table.Positions().Select(position => position / Sector)); // B has two blocks of attributes
    }

    [Theory]
    [InlineData(2, 1, "ONE")] // the name behind so many has no length
    [InlineData(1, 2, "TWO")]
    [InlineData(2, 2, "ONE")]
    public void Of_tables_that_are_broken_the_one_with_more_directories_is_taken(int ofFirst, int ofSecond, string name)
    {
        byte[] disc = Disc(["ONE", "TWO"]);
        Break(disc, Tables[0], ofFirst);
        Break(disc, Tables[1], ofSecond);

        DirectoryTable table = Open(new(disc), disc);

        Assert.Equal(name, Assert.Single(NamesBelow(table, 20)));
    }

    [Fact]
    public void A_name_that_runs_past_the_end_of_its_table_is_none()
    {
        byte[] disc = Disc(["ONE"]);
        int last = (Tables[0] * Sector) + 10 + 12 + 10; // the root, ONE and B
        Assert.Equal("INNER".Length, disc[last]);
        disc[last] += 2; // one more would fill it up

        Assert.Equal(["ONE", "B"], NamesBelow(Open(new(disc), disc), 20));
        Assert.Empty(NamesBelow(Open(new(disc), disc), 21));
    }

    [Theory]
    [InlineData(16 * 1024 * 1024, true)]
    [InlineData((16 * 1024 * 1024) + 1, false)]
    public void No_table_is_read_that_claims_to_be_larger_than_any_is(int length, bool isRead)
    {
        byte[] disc = Disc(["ONE"]);
        BinaryPrimitives.WriteInt32LittleEndian(disc.AsSpan(132), length);
        byte[] large = new byte[length + (4 * Sector)];
        disc.AsSpan(0, 4 * Sector).CopyTo(large);
        SimulatedDisc reader = new(large);

        _ = Open(reader, disc).Positions().Count();

        Assert.Equal(isRead, reader.Reads.Count > 0);
    }

    private static string[] NamesBelow(DirectoryTable table, int block) =>
        [.. table.Below((long)block * Sector).Select(row => Encoding.ASCII.GetString(row.Name))];

    private static DirectoryTable Open(SimulatedDisc disc, byte[] bytes) => new(new(disc), new(bytes[..Sector], 0), Sector);

    // A descriptor in sector 0, and as many tables as there are names for the first directory below the root.
    private static byte[] Disc(string[] first)
    {
        byte[] disc = new byte[32 * Sector];
        for (int index = 0; index < first.Length; index++)
        {
            bool isLittle = index % 2 == 0;
            byte[] table =
            [
                .. Row(isLittle, "\0", 20, 1), .. Row(isLittle, first[index], 21, 1), .. Row(isLittle, "B", 22, 1, attributes: 2), .. Row(isLittle, "INNER", 23, 2),
            ];
            table.CopyTo(disc, Tables[index] * Sector);
            BinaryPrimitives.WriteInt32LittleEndian(disc.AsSpan(132), table.Length);
            Number32(isLittle, disc.AsSpan(Places[index]), Tables[index]);
        }

        return disc;
    }

    // §9.4.
    private static byte[] Row(bool isLittle, string name, int block, int parent, byte attributes = 0)
    {
        byte[] row = new byte[8 + ((name.Length + 1) & ~1)];
        row[0] = (byte)name.Length;
        row[1] = attributes;
        Number32(isLittle, row.AsSpan(2), block);
        row[isLittle ? 6 : 7] = (byte)parent;
        Encoding.ASCII.GetBytes(name, row.AsSpan(8));
        return row;
    }

    private static void Number32(bool isLittle, Span<byte> field, int value)
    {
        if (isLittle)
        {
            BinaryPrimitives.WriteInt32LittleEndian(field, value);
        }
        else
        {
            BinaryPrimitives.WriteInt32BigEndian(field, value);
        }
    }

    // Takes the length from the name behind so many.
    private static void Break(byte[] disc, int block, int rows)
    {
        int[] lengths = [10, 12, 10]; // the root, ONE or TWO, B
        disc[(block * Sector) + lengths[..rows].Sum()] = 0;
    }
}
