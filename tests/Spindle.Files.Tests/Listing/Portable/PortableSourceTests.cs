// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;
using Spindle.Files.Listing.Portable;
using Spindle.Files.Targets;
using Spindle.Testing;

namespace Spindle.Files.Tests.Listing.Portable;

public sealed class PortableSourceTests : SourceSystemContract
{
    private protected override ISourceSystem System { get; } = new PortableSource(windows: null);

    [Fact]
    public void What_not_every_system_has_is_nothing()
    {
        Put("file", "12345");

        NodeStatus status = StatusOf("file");

        Assert.Equal((0, 0, 0, 0, 0), (status.Device, status.Inode, status.Uid, status.Gid, status.Changed));
        Assert.Equal((1, 5), (status.Links, status.Allocated));
        Assert.Null(System.UserName(0));
        Assert.Null(System.GroupName(0));
    }

    [Theory]
    [InlineData(2400)]
    [InlineData(1601)]
    [InlineData(1)]
    public void A_time_that_64_bits_of_ns_do_not_hold_is_kept_beside(int year)
    {
        DateTimeOffset time = new(year, 5, 6, 7, 8, 9, TimeSpan.Zero);

        (long modified, (long, uint)? far) = PortableSource.TimeOf(time.UtcDateTime.AddTicks(1_234_567));

        Assert.Equal(year > 2000 ? long.MaxValue : long.MinValue, modified);
        Assert.Equal((time.ToUnixTimeSeconds(), 123_456_700u), far);
    }

    [Fact]
    public void A_file_of_the_year_2400_is_told_with_its_time()
    {
        Put("file", "1");
        File.SetLastWriteTimeUtc(At("file"), new(2400, 1, 2, 3, 4, 5, DateTimeKind.Utc));

        Assert.Equal((13_569_563_045, 0u), StatusOf("file").FarModified);
    }

    [Fact]
    public async Task A_pipe_is_not_waited_for_and_not_taken_for_a_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "makes a pipe with a name");
        ForeignProgram.Run(ForeignProgram.PathOf("mkfifo"), At("pipe"));

        SourceException e = await Task.Run(() => Assert.Throws<SourceException>(() => Root.OpenFile("pipe"u8))).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.False(e.IsGone);
    }

    [Fact]
    public void What_has_no_text_for_a_name_is_listed_and_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "makes a name of any bytes");
        using (TargetTree target = TargetTree.Open(At("."), new()))
        {
            target.Create([(byte)'x', 0xFF], new(0, 0x1A4, 0, 0, [])).Dispose();
        }

        NodeStatus status = StatusOf("x\uFFFD");

        Assert.Equal(EntryKind.File, status.Kind);
        Assert.False(Assert.Throws<SourceException>(() => Root.OpenFile("x\uFFFD"u8)).IsGone);
    }
}
