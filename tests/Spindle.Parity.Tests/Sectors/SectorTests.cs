// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Spindle.Media;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Tests.Sectors;

public sealed class SectorTests
{
    private readonly byte[] _content = Payloads.Random((20 * 2048) + 100, 5);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2048, 1)]
    [InlineData(2049, 2)]
    public void A_sector_that_is_cut_short_counts(long bytes, long sectors) => Assert.Equal(sectors, Sector.CountOf(bytes));

    [Fact]
    public void The_fingerprint_is_the_MD5_of_sector_16()
    {
        string fingerprint = Convert.ToHexStringLower(MD5.HashData(_content.AsSpan(16 * 2048, 2048)));
        MemoryStorage storage = new(_content);

        Assert.Equal(fingerprint, Fingerprint.Of(storage, _content.Length).ToString("x32", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(UInt128.Zero, Fingerprint.Of(storage, (17 * 2048) - 1));
        Assert.NotEqual(UInt128.Zero, Fingerprint.Of(storage, 17 * 2048));
        storage.Bad.Add(16);
        Assert.Equal(UInt128.Zero, Fingerprint.Of(storage, _content.Length));
    }

    [Fact]
    public void Sectors_that_cannot_be_read_are_zeros_and_missing_and_those_behind_them_are_read()
    {
        MemoryStorage storage = new(_content) { Bad = { 3, 6 } };
        byte[] target = [.. Enumerable.Repeat((byte)1, 6 * 2048)];
        SectorFlaw[] flaws = new SectorFlaw[6];

        storage.ReadSectors(2, target, flaws);

        Assert.Equal([SectorFlaw.None, SectorFlaw.Missing, SectorFlaw.None, SectorFlaw.None, SectorFlaw.Missing, SectorFlaw.None], flaws);
        byte[] expected = _content.AsSpan(2 * 2048, 6 * 2048).ToArray();
        expected.AsSpan(2048, 2048).Clear();
        expected.AsSpan(4 * 2048, 2048).Clear();
        Assert.Equal(expected, target);
    }

    [Fact]
    public void A_sector_behind_the_end_or_cut_short_is_missing()
    {
        MemoryStorage storage = new(_content);
        byte[] target = [.. Enumerable.Repeat((byte)1, 3 * 2048)];
        SectorFlaw[] flaws = new SectorFlaw[3];

        storage.ReadSectors(19, target, flaws);

        Assert.Equal([SectorFlaw.None, SectorFlaw.Missing, SectorFlaw.Missing], flaws);
        Assert.Equal(-1, target.AsSpan(2048).IndexOfAnyExcept((byte)0));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(19, true)]
    [InlineData(20, false)] // cut short
    [InlineData(21, false)]
    [InlineData(-1, false)]
    public void One_sector_is_had_whole_or_not(long sector, bool isWhole)
    {
        byte[] target = [.. Enumerable.Repeat((byte)1, 2048)];

        Assert.Equal(isWhole, new MemoryStorage(_content).TryReadSector(sector, target));
        Assert.Equal(isWhole ? _content.AsSpan((int)sector * 2048, 2048).ToArray() : new byte[2048], target);
    }

    [Fact]
    public void A_dead_sector_marker_is_known_by_both_its_ends()
    {
        byte[] sector = new byte[2048];
        DeadSectorMarker.Write(sector);

        Assert.StartsWith("dvdisaster dead sector marker\nThis sector could not be read", Encoding.ASCII.GetString(sector), StringComparison.Ordinal);
        Assert.Equal("dvdisaster dead sector end marker\n", Encoding.ASCII.GetString(sector, 2012, 34));
        Assert.True(DeadSectorMarker.Is(sector));
        sector[1000] = 1; // fields that help people
        Assert.True(DeadSectorMarker.Is(sector));
        foreach (int at in (int[])[0, 100, 2012, 2045])
        {
            sector[at] ^= 1;
            Assert.False(DeadSectorMarker.Is(sector));
            sector[at] ^= 1;
        }
    }

    [Fact]
    public void A_padding_sector_has_its_number_and_the_fingerprint()
    {
        byte[] sector = [.. Enumerable.Repeat((byte)0xFF, 2048)];

        PaddingSector.Write(sector, 12345, new UInt128(0x0102030405060708, 0x090A0B0C0D0E0F10));

        Assert.StartsWith("dvdisaster padding sector       This is a padding sector", Encoding.ASCII.GetString(sector), StringComparison.Ordinal);
        Assert.Equal("12345\0", Encoding.ASCII.GetString(sector, 0x160, 6));
        Assert.Equal(Enumerable.Range(1, 16).Select(value => (byte)value), sector[0x1A0..0x1B0]);
        Assert.Equal("16\0", Encoding.ASCII.GetString(sector, 0x1E0, 3));
        Assert.Equal("dvdisaster padding sector end marker\0", Encoding.ASCII.GetString(sector, 2011, 37));
        Assert.Equal(-1, sector.AsSpan(0x1E2..2011).IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Storage_that_is_not_to_be_changed_drops_what_is_written()
    {
        MemoryStorage storage = new(_content);
        using ReadOnlyStorage guarded = new(storage);

        guarded.Write(0, new byte[100]);
        guarded.SetLength(1);
        guarded.Flush();

        Assert.Equal(_content, storage.Content);
        byte[] read = new byte[10];
        Assert.Equal(10, guarded.Read(50, read));
        Assert.Equal(_content[50..60], read);
        Assert.Equal((storage.Name, storage.Length), (guarded.Name, guarded.Length));
    }

    [Theory]
    [InlineData(0, 5, 5 * 2048)] // up to the first sector that the rescue does not have
    [InlineData(4, 5, 2048)]
    [InlineData(5, 1, 0)]
    [InlineData(6, 1, 0)]
    [InlineData(7, 3, 3 * 2048)]
    [InlineData(7, 100, (13 * 2048) + 100)] // behind the map's end the image counts
    public void What_a_rescue_did_not_read_cannot_be_read_whatever_the_image_holds(long sector, int count, int expected)
    {
        SectorMap map = new(10);
        map.Set(new(0, 10), SectorState.Finished);
        map.Set(new(5, 1), SectorState.Bad);
        map.Set(new(6, 1), SectorState.NonTried);
        MemoryStorage image = new(_content);
        using RescuedStorage storage = new(image, map);
        byte[] buffer = new byte[count * 2048];

        int read = storage.Read(sector * 2048, buffer);

        Assert.Equal(expected, read);
        Assert.Equal(_content.AsSpan((int)sector * 2048, read), buffer.AsSpan(0, read));
    }

    [Fact]
    public void A_rescue_is_read_from_the_midst_of_a_sector_and_written_through()
    {
        SectorMap map = new(10);
        map.Set(new(0, 3), SectorState.Finished);
        MemoryStorage image = new([.. _content]);
        using RescuedStorage storage = new(image, map);
        byte[] buffer = new byte[5000];

        Assert.Equal((3 * 2048) - 1500, storage.Read(1500, buffer));
        storage.Write(1500, [1, 2, 3]);
        Assert.Equal([1, 2, 3], image.Content[1500..1503]);
        storage.SetLength(9);
        Assert.Equal((9L, image.Name), (storage.Length, storage.Name));
    }
}
