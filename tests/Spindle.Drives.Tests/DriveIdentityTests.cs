// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Tests;

public class DriveIdentityTests
{
    [Theory]
    [InlineData("usb", "HL-DT-ST", "DVDRAM GP65NB60", "KX1H 3A", "usb-HL-DT-ST_DVDRAM_GP65NB60_KX1H_3A")]
    [InlineData("ata", null, "BD-RE/BH16", "K93D", "ata-BD-RE_BH16_K93D")]
    [InlineData(null, "V", "M", "S", "drive-V_M_S")]
    [InlineData("usb", "V", "M", " ", null)]
    [InlineData("usb", "V", "M", null, null)]
    public void A_serial_number_tells_drives_of_one_model_apart(string? connection, string? vendor, string? model, string? serial, string? identity) =>
        Assert.Equal(identity, DriveIdentity.OfSerial(connection, vendor, model, serial));

    [Theory]
    [InlineData("/sys/devices/pci0000:00/0000:00:1f.2/ata2/host1/target1:0:0/1:0:0:0/block/sr0", "path-pci0000:00-0000:00:1f.2-ata2-0:0:0")]
    [InlineData("/sys/devices/pci0000:00/0000:00:1f.2/ata2/host7/target7:0:0/7:0:0:0/block/sr3", "path-pci0000:00-0000:00:1f.2-ata2-0:0:0")] // after the next start
    [InlineData("/sys/devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1.2/1-1.2:1.0/host3/target3:0:0/3:0:0:0/block/sr1", "path-pci0000:00-0000:00:14.0-usb1-1-1-1-1.2-1-1.2:1.0-0:0:0")]
    [InlineData("/sys/devices/platform/adapter/host4/target4:0:1/4:0:1:0/block/sr1", "path-platform-adapter-host4-4:0:1:0")] // the host is all that tells it from the next
    public void Without_one_the_place_does(string place, string identity) => Assert.Equal(identity, DriveIdentity.OfPlace(place));

    [Fact]
    public void What_udev_knows_is_the_link_that_people_see()
    {
        const string Known = """
            S:disk/by-path/pci-0000:00:1f.2-ata-2
            S:disk/by-id/ata-HL-DT-ST_BD-RE_BH16NS40_K93D1234567
            S:cdrom
            E:ID_SERIAL=HL-DT-ST_BD-RE_BH16NS40_K93D1234567
            E:ID_SERIAL_SHORT=K93D1234567
            """;

        Assert.Equal("ata-HL-DT-ST_BD-RE_BH16NS40_K93D1234567", DriveIdentity.OfUdev(Known));
        Assert.Null(DriveIdentity.OfUdev(Known.Replace("E:ID_SERIAL_SHORT=K93D1234567", "", StringComparison.Ordinal))); // two of one model would share the link
        Assert.Null(DriveIdentity.OfUdev(""));
    }

    [Theory]
    [InlineData(new byte[] { 5, 0x80, 0, 4, (byte)'A', (byte)'1', (byte)' ', (byte)' ' }, "A1")]
    [InlineData(new byte[] { 5, 0x80, 0, 9, (byte)'A', (byte)'1' }, "A1")] // says more than it sends
    [InlineData(new byte[] { 5, 0x80, 0, 3, (byte)' ', (byte)' ', (byte)' ' }, null)]
    [InlineData(new byte[] { 5, 0x80, 0, 2, 0xFF, 0x01 }, null)]
    [InlineData(new byte[] { 5, 0x00, 0, 2, (byte)'A', (byte)'1' }, null)] // another page: it does not know this one
    [InlineData(new byte[] { 5, 0x80 }, null)]
    public void A_page_has_a_serial_number_or_none(byte[] page, string? serial) => Assert.Equal(serial, DriveIdentity.SerialOf(page));
}
