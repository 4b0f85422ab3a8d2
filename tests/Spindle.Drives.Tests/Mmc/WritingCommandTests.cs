// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Drives.Tests.Mmc;

/// <summary>Command blocks and what is sent with them, byte for byte as the standards' tables have them.</summary>
public sealed class WritingCommandTests
{
    public static TheoryData<string, byte[]> Commands() => new()
    {
        { "2A 00 00 01 02 03 00 00 20 00", WritingCommand.Write10(0x010203, 32) },
        { "2A 00 FF FF FF 6A 00 00 19 00", WritingCommand.Write10(-150, 25) },
        { "35 02 00 00 00 00 00 00 00 00", WritingCommand.SynchronizeCache(immediate: true) },
        { "35 00 00 00 00 00 00 00 00 00", WritingCommand.SynchronizeCache(immediate: false) },
        { "5B 01 06 00 00 00 00 00 00 00", WritingCommand.CloseTrackSession(6, 0) },
        { "5B 01 01 00 01 02 00 00 00 00", WritingCommand.CloseTrackSession(1, 0x0102) },
        { "53 00 00 00 00 00 01 02 03 00", WritingCommand.ReserveTrack(0x010203) },
        { "54 01 00 00 00 00 00 00 00 00", WritingCommand.Calibrate() },
        { "5D 00 00 00 00 00 00 00 20 00", WritingCommand.SendCueSheet(32) },
        { "04 11 00 00 00 00", WritingCommand.FormatUnit() },
        { "A1 11 00 00 00 00 00 00 00 00 00 00", WritingCommand.BlankQuickly() },
        { "B6 00 00 00 00 00 00 00 00 00 1C 00", WritingCommand.SetStreaming(28) },
        { "BB 00 FF FF 02 C2 00 00 00 00 00 00", WritingCommand.SetCdSpeed(706) },
        { "5C 00 00 00 00 00 00 00 0C 00", WritingCommand.ReadBufferCapacity() },
        { "AC 00 00 00 00 00 00 00 00 20 03 00", WritingCommand.GetWritingSpeeds(32) },

        // Session at once, of a CD, and disc at once, of a DVD, as if: with underrun protection, and no further session.
        { "00 00 00 00 00 00 00 00 05 32 42 00 00 00 00 00 00 00 00 00 00 00 00 96", new WriteParameters(IsOfDvd: false, IsTest: false).ToParameters()[..24] },
        { "00 00 00 00 00 00 00 00 05 32 52 05 08 00 00 00 00 00 00 00 00 00 00 96", new WriteParameters(IsOfDvd: true, IsTest: true).ToParameters()[..24] },

        // 333,000 sectors are 74:00:00; with the pause of two seconds, the lead-out begins at 74:02:00.
        { "41 00 00 14 00 00 00 00 41 01 00 10 00 00 00 00 41 01 01 10 00 00 02 00 41 AA 01 14 00 4A 02 00", CueSheet.Of(333_000) },
        { "00 02 00 08 FF FF FF FF 98 00 00 00", FormatOrder.InTheBackground(isRestart: false).ToParameters() },
        { "00 02 00 08 FF FF FF FF 98 00 00 01", FormatOrder.InTheBackground(isRestart: true).ToParameters() },
        { "00 82 00 08 00 BA 74 00 C4 00 08 00", new FormatOrder(new(12_219_392, 0x31, 0x800)).ToParameters() },
        { "00 00 00 00 00 00 00 00 00 00 0F FF 00 00 46 40 00 00 03 E8 00 00 46 40 00 00 03 E8", new StreamingOrder(4095, 17_984).ToParameters() },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void Is_what_the_table_says(string expected, byte[] command) => Assert.Equal(Replies.Bytes(expected), command);

    [Fact]
    public void The_page_is_as_long_as_it_says() => Assert.Equal(8 + 2 + 0x32, new WriteParameters(IsOfDvd: true, IsTest: false).ToParameters().Length);
}
