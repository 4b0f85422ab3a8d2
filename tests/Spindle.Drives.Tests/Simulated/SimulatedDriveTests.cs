// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Drives.Simulated;

namespace Spindle.Drives.Tests.Simulated;

/// <summary>The drive that other tests rely on does what drives do.</summary>
public sealed class SimulatedDriveTests
{
    private static readonly byte[] Inquiry = [0x12, 0, 0, 0, 36, 0];
    private static readonly byte[] ReadToc = [0x43, 0, 0, 0, 0, 0, 0, 0, 12, 0];

    private readonly SimulatedDrive _drive = new();

    [Fact]
    public void Answers_with_what_was_recorded_cut_to_what_was_asked_for()
    {
        _drive.Answer(Inquiry, 1, 2, 3, 4, 5);
        byte[] data = new byte[3];

        ScsiReply reply = _drive.Execute([0x12, 0, 0, 0, 3, 0], data, TimeSpan.Zero);

        Assert.True(reply.IsGood);
        Assert.Equal((3, 1, 2, 3), (reply.Length, data[0], data[1], data[2]));
    }

    [Fact]
    public void A_short_answer_leaves_the_rest_of_the_buffer_alone()
    {
        _drive.Answer(ReadToc, 7);
        byte[] data = [9, 9];

        Assert.Equal(1, _drive.Execute([0x43, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0], data, TimeSpan.Zero).Length);
        Assert.Equal([7, 9], data);
    }

    [Theory]
    [InlineData(new byte[] { 0x43, 2, 0, 0, 0, 0, 0, 0, 12, 0 })] // another form of it
    [InlineData(new byte[] { 0x43, 0, 0, 0, 0, 0, 1, 0, 12, 0 })]
    [InlineData(new byte[] { 0x51, 0, 0, 0, 0, 0, 0, 0, 12, 0 })]
    [InlineData(new byte[] { 0x43, 0, 0, 0, 0, 0 })]
    public void What_it_does_not_know_it_refuses(byte[] command)
    {
        _drive.Answer(ReadToc, 7);

        ScsiReply reply = _drive.Execute(command, new byte[12], TimeSpan.Zero);

        Assert.False(reply.IsGood);
        Assert.Equal(new Sense(SenseKey.IllegalRequest, 0x20, 0), reply.Sense);
    }

    [Theory]
    [InlineData(new byte[] { 0xAD, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0 }, new byte[] { 0xAD, 0, 0, 0, 0, 0, 0, 0, 3, 4, 0, 0 }, true)]
    [InlineData(new byte[] { 0xAD, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0 }, new byte[] { 0xAD, 0, 0, 0, 0, 0, 0, 5, 1, 2, 0, 0 }, false)]
    [InlineData(new byte[] { 0xA8, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0 }, new byte[] { 0xA8, 0, 0, 0, 0, 0, 0, 0, 1, 3, 0, 0 }, false)] // a count of sectors, and no length
    [InlineData(new byte[] { 0x1E, 0, 0, 0, 1, 0 }, new byte[] { 0x1E, 0, 0, 0, 0, 0 }, false)]
    public void Only_allocation_lengths_are_not_compared(byte[] known, byte[] asked, bool isKnown)
    {
        _drive.Answer(known, 1);

        Assert.Equal(isKnown, _drive.Execute(asked, new byte[1], TimeSpan.Zero).IsGood);
    }

    [Fact]
    public void What_is_said_first_is_said_once_and_in_order()
    {
        Sense changed = new(SenseKey.UnitAttention, 0x28, 0);
        Sense reset = new(SenseKey.UnitAttention, 0x29, 0);
        _drive.Answer(Inquiry, 1).SayFirst(changed).SayFirst(reset);

        Assert.Equal(
            [changed, reset, Sense.None],
            Enumerable.Range(0, 3).Select(_ => _drive.Execute(Inquiry, new byte[1], TimeSpan.Zero).Sense));
    }

    [Fact]
    public void The_first_that_fits_answers_and_a_refusal_has_its_own_words()
    {
        Sense busy = new(SenseKey.NotReady, 4, 1);
        _drive.Refuse(Inquiry, busy).Answer(Inquiry, 1);

        Assert.Equal(busy, _drive.Execute(Inquiry, new byte[1], TimeSpan.Zero).Sense);
    }

    [Fact]
    public void Remembers_commands_and_what_was_sent_with_them()
    {
        byte[] select = [0x55, 0x10, 0, 0, 0, 0, 0, 0, 2, 0];
        _drive.Answer(select);

        Assert.True(_drive.Send(select, [5, 6], TimeSpan.Zero).IsGood);
        _drive.Execute(Inquiry, new byte[1], TimeSpan.Zero);

        Assert.Equal([select, Inquiry], _drive.Commands);
        Assert.Equal([5, 6], Assert.Single(_drive.Sent));
    }
}
