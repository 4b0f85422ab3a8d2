// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Drives.Simulated;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Drives.Tests;

public sealed class CommandReaderTests
{
    private readonly Disc _disc = new(100);

    [Fact]
    public void Reads_all_of_a_disc_in_pieces_that_every_adapter_takes()
    {
        using CommandReader reader = CommandReader.Open("D:", _disc, 0);
        byte[] read = new byte[100 * 2048];

        Assert.Equal((100, 2048, 204_800L, "D:"), (reader.SectorCount, reader.SectorSize, reader.Length, reader.Name));
        Assert.Equal(new(100, SectorFault.None), reader.Read(new(0, 100), read));
        Assert.Equal(_disc.Bytes, read);
        Assert.Equal([32, 32, 32, 4], _disc.Reads.Select(command => command.Count));
    }

    [Fact]
    public void What_lies_before_a_bad_sector_is_kept_and_that_sector_is_read_from_the_disc_itself()
    {
        _disc.Bad.Add(40);
        using CommandReader reader = CommandReader.Open("D:", _disc, 0);
        byte[] read = new byte[100 * 2048];

        Assert.Equal(new(40, SectorFault.Unreadable), reader.Read(new(0, 100), read));
        Assert.True(_disc.Bytes.AsSpan(0, 40 * 2048).SequenceEqual(read.AsSpan(0, 40 * 2048)));
        Assert.Equal(new(0, SectorFault.Unreadable), reader.Read(new(40, 1), read));
        _disc.Bad.Clear();
        Assert.Equal(new(1, SectorFault.None), reader.Read(new(40, 1), read));
        Assert.True(_disc.Bytes.AsSpan(40 * 2048, 2048).SequenceEqual(read.AsSpan(0, 2048)));
        Assert.Equal([false, false, true, true], _disc.Reads.Select(command => command.IsForced));
    }

    [Fact]
    public void A_drive_that_does_not_say_which_sector_it_was_gives_none()
    {
        _disc.Bad.Add(40);
        _disc.NamesSector = false;
        using CommandReader reader = CommandReader.Open("D:", _disc, 0);

        Assert.Equal(new(32, SectorFault.Unreadable), reader.Read(new(0, 100), new byte[100 * 2048]));
    }

    [Theory]
    [InlineData(39)]
    [InlineData(1000)]
    public void A_drive_that_names_a_sector_of_another_place_is_not_believed(long named)
    {
        _disc.Bad.Add(70);
        _disc.Named = named;
        using CommandReader reader = CommandReader.Open("D:", _disc, 0);
        byte[] read = new byte[36 * 2048];

        SectorRead part = reader.Read(new(64, 36), read);

        Assert.Equal(SectorFault.Unreadable, part.Fault);
        Assert.InRange(part.Count, 0, 6);
        Assert.True(_disc.Bytes.AsSpan(64 * 2048, part.Count * 2048).SequenceEqual(read.AsSpan(0, part.Count * 2048)));
    }

    [Fact]
    public void A_drive_that_does_not_know_the_other_command_is_asked_by_the_usual_one()
    {
        _disc.Bad.Add(1);
        _disc.KnowsForced = false;
        using CommandReader reader = CommandReader.Open("D:", _disc, 0);
        byte[] read = new byte[2048];
        reader.Read(new(1, 1), read);
        _disc.Bad.Clear();

        Assert.Equal(new(1, SectorFault.None), reader.Read(new(1, 1), read));
        Assert.Equal(_disc.Bytes[2048..4096], read);
    }

    [Fact]
    public void A_table_of_contents_that_tells_of_more_is_believed_and_the_rest_is_tried()
    {
        using CommandReader reader = CommandReader.Open("D:", _disc, 120);

        Assert.Equal(120, reader.SectorCount);
        Assert.Equal(new(0, SectorFault.Unreadable), reader.Read(new(110, 1), new byte[2048]));
    }

    [Fact]
    public void Another_disc_is_noticed_while_it_is_read_and_when_it_is_asked()
    {
        using CommandReader reader = CommandReader.Open("D:", _disc, 0);
        reader.Check();

        _disc.Says = new(SenseKey.UnitAttention, 0x28, 0);
        Assert.Equal("disc-changed", Assert.Throws<OperationFailedException>(() => reader.Read(new(0, 1), new byte[2048])).Failure.Code);
        _disc.Says = new(SenseKey.NotReady, 0x3A, 1);
        Assert.Equal("disc-changed", Assert.Throws<OperationFailedException>(reader.Check).Failure.Code);
    }

    [Fact]
    public void A_drive_that_vanishes_is_told_in_words()
    {
        using CommandReader reader = CommandReader.Open("D:", _disc, 0);
        _disc.IsGone = true;

        Assert.Equal("drive-gone", Assert.Throws<OperationFailedException>(() => reader.Read(new(0, 1), new byte[2048])).Failure.Code);
        Assert.Equal("drive-gone", Assert.Throws<OperationFailedException>(reader.Check).Failure.Code);
        Assert.Equal("drive-gone", Assert.Throws<OperationFailedException>(() => CommandReader.Open("D:", _disc, 0)).Failure.Code);
    }

    [Fact]
    public void A_disc_without_sectors_is_refused()
    {
        SimulatedDrive empty = new();

        Assert.Equal("empty-source", Assert.Throws<OperationFailedException>(() => CommandReader.Open("D:", empty, 0)).Failure.Code);
    }

    [Theory]
    [InlineData(0x3A, 1, MediumStatus.NoDisc)]
    [InlineData(0x3A, 2, MediumStatus.TrayOpen)]
    [InlineData(0x30, 0, MediumStatus.NoDisc)]
    [InlineData(0x04, 1, MediumStatus.NotReady)]
    [InlineData(0x05, 1, MediumStatus.Unknown)]
    public void A_drive_tells_why_it_is_not_ready(byte code, byte qualifier, MediumStatus status)
    {
        using OpticalDrive drive = new(_disc);
        Assert.Equal(MediumStatus.Ready, CommandStatus.Of(drive));
        _disc.Says = new(SenseKey.NotReady, code, qualifier);

        Assert.Equal(status, CommandStatus.Of(drive));
    }

    /// <summary>A drive with a disc of which some sectors are bad; it answers as drives do, the bytes before a bad sector with the refusal.</summary>
    private sealed class Disc(int sectors) : IScsiTransport
    {
        public byte[] Bytes { get; } = SimulatedDisc.Pattern(sectors * 2048);

        public HashSet<long> Bad { get; } = [];

        public List<(long Start, int Count, bool IsForced)> Reads { get; } = [];

        public bool NamesSector { get; set; } = true;

        public long? Named { get; set; }

        public bool KnowsForced { get; set; } = true;

        public bool IsGone { get; set; }

        public Sense? Says { get; set; }

        public ScsiReply Execute(ReadOnlySpan<byte> command, Span<byte> data, TimeSpan timeout)
        {
            if (IsGone)
            {
                throw new IOException("the device is not connected");
            }

            if (Says is { } sense)
            {
                return ScsiReply.Refused(sense);
            }

            Assert.InRange(data.Length, 0, 65_536);
            switch (command[0])
            {
                case 0x25:
                    System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(data, (uint)sectors - 1);
                    System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(data[4..], 2048);
                    return ScsiReply.Good(8);
                case 0x28 or 0xA8:
                    return Read(command, data);
                default:
                    return ScsiReply.Good(0);
            }
        }

        public ScsiReply Send(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data, TimeSpan timeout) => throw new NotSupportedException();

        public void Dispose()
        {
        }

        private ScsiReply Read(ReadOnlySpan<byte> command, Span<byte> data)
        {
            bool isForced = command[0] == 0xA8;
            long start = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(command[2..]);
            int count = isForced ? (int)System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(command[6..]) : System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(command[7..]);
            if (isForced && !KnowsForced)
            {
                return ScsiReply.Refused(new(SenseKey.IllegalRequest, 0x20, 0));
            }

            Reads.Add((start, count, isForced));
            Assert.Equal(isForced ? 0x08 : 0, command[1] & 0x08); // FUA
            for (int done = 0; done < count; done++)
            {
                if (start + done >= sectors)
                {
                    return ScsiReply.Refused(new(SenseKey.IllegalRequest, 0x21, 0));
                }

                if (Bad.Contains(start + done))
                {
                    Sense sense = new(SenseKey.MediumError, 0x11, 0) { Information = NamesSector ? Named ?? start + done : null };
                    return new(false, done * 2048, sense);
                }

                Bytes.AsSpan((int)(start + done) * 2048, 2048).CopyTo(data[(done * 2048)..]);
            }

            return ScsiReply.Good(count * 2048);
        }
    }
}
