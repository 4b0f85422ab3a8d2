// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Formats.DvdVr;
using Spindle.Formats.Images;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.DvdVr;

/// <summary>A table laid out by hand, as free programs document it: no program that could judge it is at hand.</summary>
public sealed class DvdVrDiscTests : IDisposable
{
    private const int ProgramTable = 1024, Formats = 2;

    private readonly TempDirectory _directory = new();

    public DvdVrDiscTests()
    {
        Directory.CreateDirectory(_directory["disc/DVD_RTAV"]);
        Write("VR_MANGR.IFO", Table(((2004, 12, 24, 18, 30, 59), 0, 90_000 * 3600), ((0, 0, 0, 0, 0, 0), 500, 100)));
    }

    [Fact]
    public void Recordings_are_told_with_their_times_and_lengths()
    {
        DvdVrDisc disc = Read()!;

        Assert.Equal(("1.1", "MY RECORDINGS", true, false, false), (disc.Version, disc.Label, disc.IsWhole, disc.HasKey, disc.IsFromBackup));
        Assert.Equal([new(new DateTime(2004, 12, 24, 18, 30, 59), TimeSpan.FromHours(1)), new(null, null)], disc.Programs);
    }

    [Fact]
    public void Its_key_is_told_of()
    {
        byte[] table = File.ReadAllBytes(_directory["disc/DVD_RTAV/VR_MANGR.IFO"]);
        table[267] = 1;
        Write("VR_MANGR.IFO", table);
        Assert.True(Read()!.HasKey);
    }

    [Theory]
    [InlineData(256, 0x7F)] // the table of programs lies outside
    [InlineData(ProgramTable + 8 + (60 * Formats), 0xFF)] // there are thousands of programs
    [InlineData(ProgramTable + 8 + (60 * Formats) + 2, 0xFF)] // the first one lies outside
    public void A_table_that_says_more_than_it_has_is_not_whole(int place, byte value)
    {
        byte[] table = File.ReadAllBytes(_directory["disc/DVD_RTAV/VR_MANGR.IFO"]);
        table[place] = value;
        Write("VR_MANGR.IFO", table);

        Assert.False(Read()!.IsWhole);
    }

    [Fact]
    public void A_damaged_table_has_its_backup()
    {
        Write("VR_MANGR.BUP", File.ReadAllBytes(_directory["disc/DVD_RTAV/VR_MANGR.IFO"]));
        Write("VR_MANGR.IFO", new byte[2048]);
        Assert.Equal((true, 2), (Read()!.IsFromBackup, Read()!.Programs.Count));

        File.Delete(_directory["disc/DVD_RTAV/VR_MANGR.BUP"]);
        Assert.Null(Read());
    }

    [Fact]
    public void Tables_that_lie_are_survived() => LyingTables.Survive(DiscImages.OfDirectory(_directory["disc"]), ["DVD_RTR_VMG0"], 2048, volume =>
    {
        DvdVrDisc? disc = DvdVrDisc.Read(volume);
        Assert.True(disc is null || (disc.Programs.Count <= 999 && disc.Programs.All(program => !(program.Duration <= TimeSpan.Zero))));
    });

    public void Dispose() => _directory.Dispose();

    private static byte[] Table(params ((int Year, int Month, int Day, int Hour, int Minute, int Second) At, uint From, uint Until)[] programs)
    {
        byte[] table = new byte[2048];
        Encoding.ASCII.GetBytes("DVD_RTR_VMG0").CopyTo(table, 0);
        table[33] = 0x11;
        Encoding.ASCII.GetBytes("MY RECORDINGS").CopyTo(table, 162);
        BinaryPrimitives.WriteUInt32BigEndian(table.AsSpan(256), ProgramTable);
        Span<byte> list = table.AsSpan(ProgramTable);
        (list[2], list[3]) = (1, Formats);
        int count = 8 + (60 * Formats);
        BinaryPrimitives.WriteUInt16BigEndian(list[count..], (ushort)programs.Length);
        for (int index = 0; index < programs.Length; index++)
        {
            ((int year, int month, int day, int hour, int minute, int second), uint from, uint until) = programs[index];
            int at = count + 2 + (4 * programs.Length) + (40 * index);
            BinaryPrimitives.WriteUInt32BigEndian(list[(count + 2 + (4 * index))..], (uint)at);
            byte[] bits = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bits, ((((((((((long)year << 4) | (uint)month) << 5) | (uint)day) << 5) | (uint)hour) << 6) | (uint)minute) << 6) | (uint)second);
            bits.AsSpan(3).CopyTo(list[(at + 2)..]);
            BinaryPrimitives.WriteUInt32BigEndian(list[(at + 9)..], from);
            BinaryPrimitives.WriteUInt32BigEndian(list[(at + 15)..], until);
        }

        return table;
    }

    private void Write(string name, byte[] content) => _directory.Write($"disc/DVD_RTAV/{name}", content);

    private DvdVrDisc? Read()
    {
        using ImageFile file = ImageFile.Open(DiscImages.OfDirectory(_directory["disc"]));
        return DvdVrDisc.Read(Volume.Open(file)!);
    }
}
