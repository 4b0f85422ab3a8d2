// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Imaging.Sources;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Sources;

public sealed class SessionFinderTests
{
    private const int SectorSize = 2048;

    [Fact]
    public void Finds_sessions_behind_the_gaps_of_a_cd() =>
        Assert.Equal([0L, 11_500, 18_450], Find(18_500, (0, 100), (11_500, 50), (18_450, 50)));

    [Fact]
    public void Finds_them_where_the_sizes_count_from_the_start_of_the_disc() =>
        Assert.Equal([0L, 11_500, 18_450], Find(18_500, (0, 100), (11_500, 11_550), (18_450, 18_500)));

    [Fact]
    public void Finds_them_behind_run_out_and_padding() =>
        Assert.Equal([0L, 11_652], Find(11_800, (0, 100), (11_652, 100)));

    [Fact]
    public void Finds_sessions_behind_the_borders_of_a_dvd() =>
        Assert.Equal([0L, 40_960, 50_000], Find(50_100, (0, 800), (40_960, 300), (50_000, 50)));

    [Fact]
    public void Takes_no_image_behind_the_volume_for_a_border_of_a_dvd()
    {
        // It is a file of another file system on the same disc, and counts from its own start.
        byte[] content = Content(40_000, (0, 100), (32_000, 300));
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(((32_000 + 16) * SectorSize) + 158), 20);

        Assert.Equal([0L], SessionFinder.Find(new SimulatedDisc(content)));
        Assert.Equal([0L], Find(40_000, (0, 100), (32_001, 300))); // no unit begins there
    }

    [Fact]
    public void Takes_an_image_of_one_session_for_one() => Assert.Equal([0L], Find(250, (0, 100)));

    [Fact]
    public void Takes_no_image_within_the_image_for_a_session() =>
        // A file of the first session that is an ISO image itself lies before the end that its volume states.
        Assert.Equal([0L], Find(3_000, (0, 2_900), (500, 400)));

    [Fact]
    public void Finds_none_where_there_is_no_file_system() => Assert.Empty(Find(100));

    [Fact]
    public void Does_not_go_on_for_ever_where_sizes_are_nonsense() =>
        Assert.Equal([0L], Find(200, (0, uint.MaxValue)));

    private static IReadOnlyList<long> Find(int sectors, params (int Start, uint Size)[] sessions) =>
        SessionFinder.Find(new SimulatedDisc(Content(sectors, sessions)));

    private static byte[] Content(int sectors, params (int Start, uint Size)[] sessions)
    {
        byte[] content = new byte[sectors * SectorSize];
        foreach ((int start, uint size) in sessions)
        {
            Span<byte> descriptor = content.AsSpan((start + 16) * SectorSize, SectorSize);
            descriptor[0] = 1;
            "CD001"u8.CopyTo(descriptor[1..]);
            BinaryPrimitives.WriteUInt32LittleEndian(descriptor[80..], size);
            BinaryPrimitives.WriteUInt32LittleEndian(descriptor[158..], (uint)start + 20);
        }

        return content;
    }
}
