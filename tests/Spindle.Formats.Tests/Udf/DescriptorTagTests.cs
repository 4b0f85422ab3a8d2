// SPDX-License-Identifier: MIT
using Spindle.Formats.Udf;

namespace Spindle.Formats.Tests.Udf;

public class DescriptorTagTests
{
    // ECMA-167 3/7.2: identifier, version, checksum, reserved, serial number, CRC, its length, location.
    private static readonly byte[] Descriptor =
        [0x05, 0x01, 0x03, 0x02, 0x33, 0x00, 0x34, 0x12, 0x99, 0x32, 0x03, 0x00, 0x78, 0x56, 0x34, 0x12, 0x70, 0x6A, 0x77];

    private readonly Findings _findings = new();

    [Fact]
    public void Reads_every_field_of_a_tag()
    {
        Assert.True(DescriptorTag.TryRead(Descriptor, 0, _findings, out DescriptorTag tag));

        Assert.Equal((261, 0x0203, 0x1234), (tag.Identifier, tag.Version, tag.SerialNumber));
        Assert.Equal((0x3299, 3, 0x1234_5678u), (tag.Crc, tag.CrcLength, tag.Location));
        Assert.Empty(_findings.Items);
    }
}
