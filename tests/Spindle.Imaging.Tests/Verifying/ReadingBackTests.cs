// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Files;
using Spindle.Imaging.Verifying;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Verifying;

/// <summary>Image and disc are read again, and held against what the disc gave: 64 KiB pieces of 32 sectors.</summary>
public sealed class ReadingBackTests : IDisposable
{
    private const int Sectors = 1200; // two whole batches of 512, and a part of one

    private readonly TempDirectory _directory = new();
    private readonly byte[] _content = SimulatedDisc.Pattern((Sectors * 2048) - 100);
    private readonly MediumLayout _layout = new(2048, (Sectors * 2048) - 100);

    [Fact]
    public void Ranges_that_touch_become_one_and_empty_ones_are_none()
    {
        RangeList list = new();
        list.Add(new(5, 0));
        list.Add(new(5, 2));
        list.Add(new(7, 1));
        list.Add(new(9, 1));
        list.Add(new(3, 1));

        Assert.Equal([new(5, 3), new(9, 1), new(3, 1)], list.Ranges);
    }

    [Fact]
    public void A_whole_image_is_read_in_order_and_to_its_end()
    {
        List<long> reached = [];
        byte[] read = Read(Image(_content), out ImageReading reading, reached.Add);

        Assert.Equal(_content, read);
        Assert.Equal([512 * 2048, 1024 * 2048, _content.Length], reached);
        Assert.Empty(reading.Unreadable);
    }

    [Fact]
    public void What_the_storage_does_not_give_back_is_zeros_and_told_of()
    {
        byte[] read = Read(Image(_content[..(600 * 2048)]), out ImageReading reading);

        Assert.Equal([new(600, 600)], reading.Unreadable); // two batches: one is cut, the other one gone
        Assert.Equal(_content[..(600 * 2048)], read[..(600 * 2048)]);
        Assert.Equal(-1, read.AsSpan(600 * 2048).IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Pieces_that_differ_from_what_the_disc_gave_are_named()
    {
        byte[] stored = [.. _content];
        stored[0] ^= 1;
        stored[32 * 2048] ^= 1;
        stored[^1] ^= 1;
        DigestComparer comparer = new(_layout, Digests());

        Read(Image(stored), out _, consumer: comparer);

        Assert.Equal([new(0, 64), new(1184, 16)], comparer.Differences);
    }

    [Fact]
    public void Digests_that_are_missing_are_noted_and_those_that_are_there_are_held_to()
    {
        PieceDigests digests = Digests();
        digests.Forget(new(32, 32));
        byte[] stored = [.. _content];
        stored[32 * 2048] ^= 1; // nothing is known of this piece
        stored[64 * 2048] ^= 1;
        DigestKeeper keeper = new(_layout, digests);

        Read(Image(stored), out _, consumer: keeper);

        Assert.Equal([new(64, 32)], keeper.Spoilt);
        Assert.True(digests.Matches(new(32, 32), new(32, 32), stored.AsSpan(32 * 2048, 32 * 2048)));
        Assert.True(digests.Matches(new(64, 32), new(64, 32), _content.AsSpan(64 * 2048, 32 * 2048)));
    }

    [Fact]
    public void A_disc_that_reads_as_its_image_has_no_differences()
    {
        DiscRereading rereading = Reread(new SimulatedDisc(_content), State(), out byte[] read);

        Assert.Equal(_content, read);
        Assert.Empty(rereading.Differences);
        Assert.Empty(rereading.Unreadable);
    }

    [Fact]
    public void Sectors_that_read_otherwise_are_differences_and_those_that_do_not_read_are_unreadable()
    {
        SimulatedDisc disc = new SimulatedDisc(_content).Wrong(10, 2, reads: 100).Bad(700).Flaky(900, 1, failures: 1);

        DiscRereading rereading = Reread(disc, State(), out byte[] read);

        Assert.Equal([new(10, 2), new(700, 1)], rereading.Differences);
        Assert.Equal([new(700, 1)], rereading.Unreadable); // 900 reads by itself
        Assert.Equal(new byte[2048], read[(700 * 2048)..(701 * 2048)]);
        Assert.Equal(_content[(701 * 2048)..], read[(701 * 2048)..]);
    }

    [Fact]
    public void What_could_not_be_read_the_first_time_is_not_tried_again()
    {
        CopyState state = State();
        state.Map.Set(new(100, 5), SectorState.Bad);
        byte[] image = [.. _content];
        image.AsSpan(100 * 2048, 5 * 2048).Clear();
        SimulatedDisc disc = new SimulatedDisc(_content).Bad(100, 5);

        DiscRereading rereading = Reread(disc, state, out byte[] read, image);

        Assert.Empty(rereading.Differences);
        Assert.Empty(rereading.Unreadable);
        Assert.Equal(image, read);
        Assert.DoesNotContain(disc.Reads, range => range.Intersect(new(100, 5)).Count > 0);
    }

    [Fact]
    public void What_parity_gave_stands_for_what_the_disc_cannot_give()
    {
        CopyState state = State();
        state.NoteRestored(new(100, 5));
        SimulatedDisc disc = new SimulatedDisc(_content).Bad(100, 5);

        DiscRereading rereading = Reread(disc, state, out byte[] read);

        Assert.Empty(rereading.Differences);
        Assert.Equal(_content, read);
        Assert.DoesNotContain(disc.Reads, range => range.Intersect(new(100, 5)).Count > 0);
    }

    [Fact]
    public void An_image_that_is_too_short_differs_where_it_ends()
    {
        DiscRereading rereading = Reread(new SimulatedDisc(_content), State(), out _, _content[..(1100 * 2048)]);

        Assert.Equal([new(1100, 100)], rereading.Differences);
    }

    public void Dispose() => _directory.Dispose();

    private UncachedFile Image(byte[] content) => UncachedFile.Open(_directory.Write($"image {Guid.NewGuid():N}", content));

    private PieceDigests Digests()
    {
        PieceDigests digests = new(_layout);
        foreach (SectorRange batch in _layout.Batches())
        {
            digests.Set(batch, _content.AsSpan((int)_layout.PositionOf(batch.Start), _layout.ByteLength(batch)));
        }

        return digests;
    }

    private CopyState State()
    {
        CopyState state = new(new ImageFiles(), new OutputPaths(_directory.Path, "x", mapPath: null), _layout);
        state.NoteRead(new(0, Sectors));
        return state;
    }

    private byte[] Read(UncachedFile image, out ImageReading reading, Action<long>? reached = null, IBatchConsumer? consumer = null)
    {
        using (image)
        {
            using MemoryStream read = new();
            reading = new(image, _layout, new(2, _layout.BatchLength));
            reading.Run(batch => Take(batch, read, consumer), reached ?? (_ => { }), default);
            return read.ToArray();
        }
    }

    private DiscRereading Reread(SimulatedDisc disc, CopyState state, out byte[] content, byte[]? stored = null)
    {
        using UncachedFile image = Image(stored ?? _content);
        using MemoryStream read = new();
        DiscRereading rereading = new(disc, image, state, _layout, new(2, _layout.BatchLength));
        rereading.Run(batch => Take(batch, read, null), _ => { }, default);
        content = read.ToArray();
        return rereading;
    }

    private static void Take(SectorBatch batch, MemoryStream read, IBatchConsumer? consumer)
    {
        batch.HoldFor(1);
        read.Write(batch.Content);
        consumer?.Take(batch);
        batch.Release();
    }
}
