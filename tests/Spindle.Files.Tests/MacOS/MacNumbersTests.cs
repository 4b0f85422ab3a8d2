// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.MacOS;
using Spindle.Files.Targets.MacOS;

namespace Spindle.Files.Tests.MacOS;

/// <summary>Numbers of the headers of macOS: errors, flags, devices.</summary>
public sealed class MacNumbersTests
{
    [Theory]
    [InlineData(2, "NoEntry")] // ENOENT
    [InlineData(6, "NothingThere")] // ENXIO
    [InlineData(13, "Denied")] // EACCES
    [InlineData(17, "Exists")] // EEXIST
    [InlineData(20, "NotADirectory")] // ENOTDIR
    [InlineData(21, "IsADirectory")] // EISDIR
    [InlineData(22, "NotSupported")] // EINVAL
    [InlineData(28, "NoRoom")] // ENOSPC
    [InlineData(45, "NotSupported")] // ENOTSUP
    [InlineData(62, "IsALink")] // ELOOP
    [InlineData(69, "NoRoom")] // EDQUOT
    [InlineData(78, "NotSupported")] // ENOSYS
    [InlineData(1, "Other")] // EPERM
    [InlineData(40, "Other")] // EMSGSIZE, which is ELOOP on Linux
    [InlineData(92, "Other")] // EILSEQ
    public void Errors_are_told_apart(int error, string fault) => Assert.Equal(fault, MacFault.Of(error).ToString());

    [Theory]
    [InlineData(0x0000_0001u, "nodump")]
    [InlineData(0x0000_0002u, "uchg")]
    [InlineData(0x0000_0004u, "uappnd")]
    [InlineData(0x0000_0008u, "opaque")]
    [InlineData(0x0000_8000u, "hidden")]
    [InlineData(0x0001_0000u, "arch")]
    [InlineData(0x0002_0000u, "schg")]
    [InlineData(0x0004_0000u, "sappnd")]
    [InlineData(0x0002_8003u, "nodump,uchg,hidden,schg")]
    public void Flags_have_the_names_of_chflags(uint flags, string words)
    {
        Assert.Equal(words, Encoding.ASCII.GetString(BsdFlags.ToValue(flags)!));
        Assert.Equal(flags, BsdFlags.Parse(Encoding.ASCII.GetBytes(words)));
    }

    [Fact]
    public void What_the_file_system_notes_for_itself_is_no_flag_and_words_that_are_not_known_are_refused()
    {
        Assert.Null(BsdFlags.ToValue(0));
        Assert.Null(BsdFlags.ToValue(0x20 | 0x40 | 0x80)); // UF_COMPRESSED, UF_TRACKED, UF_DATAVAULT
        Assert.Null(BsdFlags.Parse("uchg,other"u8));
        Assert.Null(BsdFlags.Parse(""u8));
    }

    [Fact]
    public void What_seals_a_file_are_four_of_them() => Assert.Equal("uchg,uappnd,schg,sappnd", Encoding.ASCII.GetString(BsdFlags.ToValue(BsdFlags.Sealing)!));

    [Fact]
    public void Devices_have_eight_and_24_bits()
    {
        Assert.Equal(0x0E000002, MacDevice.Of((14, 2)));
        Assert.Equal(-1, MacDevice.Of((0xFF, 0xFF_FFFF)));
        Assert.Null(MacDevice.Of((0x100, 0)));
        Assert.Null(MacDevice.Of((0, 0x100_0000)));
    }
}
