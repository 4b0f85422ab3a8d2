// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Files;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Copying;

/// <summary>When a checkpoint is saved, and that it never tells of what is not stored.</summary>
public sealed class ImageWriterTests : IDisposable
{
    private static readonly MediumLayout Layout = new(2048, 100 * 2048);

    private readonly TempDirectory _directory = new();
    private readonly FaultyFiles _files = new();
    private readonly List<string> _written = [];
    private readonly Clock _clock = new();
    private readonly OutputPaths _paths;
    private readonly SafeFileHandle _image;
    private readonly ImageWriter _writer;

    public ImageWriterTests()
    {
        _paths = new(_directory.Path, "disc", mapPath: null);
        Directory.CreateDirectory(_paths.Folder);
        _image = _files.OpenForWriting(_paths.ImagePart, keepContents: false);
        _writer = new(new(_files, _paths, Layout), _image, _paths.ImagePart, Layout, _clock);
        _files.BeforeWritingWhole = path =>
        {
            lock (_written)
            {
                _written.Add(path);
            }
        };
    }

    private int Saved
    {
        get
        {
            lock (_written)
            {
                return _written.Count(path => path == _paths.MapPart);
            }
        }
    }

    [Fact]
    public void Saves_no_sooner_than_a_second_after_it_has_saved_last()
    {
        // A checkpoint that is asked for waits for one that is under way.
        Read(100);
        _writer.Checkpoint(Cursor);
        Assert.Equal(1, Saved);

        _clock.Advance(TimeSpan.FromSeconds(0.9));
        Read(100);
        _writer.Checkpoint(Cursor);
        Assert.Equal(2, Saved);

        _clock.Advance(TimeSpan.FromSeconds(1.1));
        Read(1);
        _writer.Checkpoint(Cursor);
        Assert.Equal(4, Saved);
    }

    [Fact]
    public void Saves_once_at_a_time_and_reads_on_meanwhile()
    {
        using ManualResetEventSlim isStored = new();
        Action<string> note = _files.BeforeWritingWhole;
        _files.BeforeWritingWhole = path =>
        {
            note(path);
            isStored.Wait(TimeSpan.FromSeconds(30));
        };

        for (int second = 0; second < 5; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            Read(10);
        }

        Assert.True(SpinWait.SpinUntil(() => _written.Count > 0, TimeSpan.FromSeconds(30)));
        Assert.Equal([_paths.DigestsPart], _written);
        isStored.Set();
        _writer.Checkpoint(Cursor);
        Assert.Equal(2, Saved);
    }

    [Fact]
    public void Saves_nothing_where_the_image_did_not_reach_its_storage()
    {
        _image.Dispose();

        Assert.Throws<ObjectDisposedException>(() => _writer.Checkpoint(Cursor));
        Assert.Empty(_written);
    }

    [Fact]
    public void Saves_the_map_behind_all_that_it_tells_of()
    {
        _writer.Checkpoint(Cursor);

        Assert.Equal([_paths.DigestsPart, _paths.RunsPart, _paths.MapPart], _written);
    }

    public void Dispose()
    {
        _image.Dispose();
        _directory.Dispose();
    }

    private static RescueCursor Cursor => new(RescueStatus.Copying, 1, 10);

    private void Read(int times)
    {
        for (int read = 0; read < times; read++)
        {
            _writer.CheckpointIfDue(Cursor);
        }
    }

    /// <summary>A clock that stands still but for what a test says.</summary>
    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
    }
}
