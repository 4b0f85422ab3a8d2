// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Spindle.Drives.Windows;

namespace Spindle.Drives.Tests.Windows;

/// <summary>Against the numbers that a compiler printed of ntddscsi.h, for 64-bit processes.</summary>
public class PassThroughRequestTests
{
    [Theory]
    [InlineData(nameof(PassThroughRequest.Length), 0)]
    [InlineData(nameof(PassThroughRequest.ScsiStatus), 2)]
    [InlineData(nameof(PassThroughRequest.PathId), 3)]
    [InlineData(nameof(PassThroughRequest.TargetId), 4)]
    [InlineData(nameof(PassThroughRequest.Lun), 5)]
    [InlineData(nameof(PassThroughRequest.CommandLength), 6)]
    [InlineData(nameof(PassThroughRequest.SenseLength), 7)]
    [InlineData(nameof(PassThroughRequest.Direction), 8)]
    [InlineData(nameof(PassThroughRequest.DataLength), 12)]
    [InlineData(nameof(PassThroughRequest.Timeout), 16)]
    [InlineData(nameof(PassThroughRequest.Data), 24)]
    [InlineData(nameof(PassThroughRequest.SenseOffset), 32)]
    [InlineData(nameof(PassThroughRequest.Command), 36)]
    public void It_is_laid_out_as_the_system_has_it(string field, int offset)
    {
        Assert.SkipUnless(Environment.Is64BitProcess, "these are the offsets of 64-bit processes");

        Assert.Equal(offset, (int)Marshal.OffsetOf<PassThroughRequest>(field));
        Assert.Equal(PassThroughRequest.StructureLength + PassThroughRequest.SenseSpace, Marshal.SizeOf<PassThroughRequest>());
    }
}
