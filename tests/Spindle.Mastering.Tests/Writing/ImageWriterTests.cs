// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Mastering.Writing;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Mastering.Tests.Writing;

public sealed class ImageWriterTests : IDisposable
{
    private static readonly NodeAttributes Attributes = new(0x1A4, 0, 0, 1_700_000_000_000_000_000);

    private readonly TempDirectory _temp = new();
    private readonly DiscTree _tree = new(new(0x1ED, 0, 0, 0));
    private readonly Dictionary<int, ContentSource> _sources = [];
    private readonly Dictionary<string, byte[]> _contents = [];

    [Fact]
    public async Task Writes_what_is_laid_out_with_the_bytes_of_the_files()
    {
        AddFile("empty", 0);
        AddFile("large", (5 << 20) + 17);
        for (int index = 0; index < 500; index++)
        {
            AddFile($"file {index}", index * 13);
        }

        AddFile("just a block", 1 << 20);
        AddGenerated("list", SimulatedDisc.Pattern(3_000_001, 7));
        using MemoryStream image = new();
        List<WorkProgress> progress = [];

        ImageWriteResult result = await WriteAsync(image, new Recorder(progress));

        Assert.True(result.IsGood);
        Assert.Equal(image.Length, result.Sectors * 2048);
        Assert.Equal(SHA256.HashData(image.ToArray()), result.Sha256);
        Assert.Equal(image.Length, progress[^1].Done);
        using SimulatedDisc disc = new(image.ToArray());
        foreach (VolumeView view in Volume.ViewsOf(disc))
        {
            Volume volume = Volume.Open(disc, new() { View = view })!;
            Assert.Equal(_contents.Count, volume.Walk().Count());
            Assert.Empty(volume.Findings.Items);
        }

        Volume udf = Volume.Open(disc)!;
        foreach ((string name, byte[] content) in _contents)
        {
            using ContentStream stream = udf.OpenContent(udf.Find(name)!);
            Assert.Equal(SHA256.HashData(content), SHA256.HashData(stream));
        }
    }

    [Fact]
    public async Task Takes_part_of_a_file()
    {
        byte[] whole = SimulatedDisc.Pattern(3 << 20);
        _temp.Write("whole", whole);
        int content = _tree.AddContent(2 << 20);
        _tree.AddFile(0, "part"u8, Attributes, content);
        _sources[content] = new FileContent(Encoding.UTF8.GetBytes(_temp["whole"]), 1000) { Sha256 = SHA256.HashData(whole.AsSpan(1000, 2 << 20)) };
        using MemoryStream image = new();

        ImageWriteResult result = await WriteAsync(image);

        Assert.True(result.IsGood);
    }

    [Fact]
    public async Task Tells_every_file_that_is_not_what_it_was()
    {
        AddFile("fine", 5000);
        AddFile("changed", 5000);
        AddFile("changed and large", 3 << 20);
        AddFile("gone", 5000);
        AddFile("shorter", 5000);
        AddFile("shorter and large", 3 << 20);
        _temp.Write("changed", new byte[5000]);
        _temp.Write("changed and large", new byte[3 << 20]);
        File.Delete(_temp["gone"]);
        _temp.Write("shorter", _contents["shorter"].AsSpan(0, 4000));
        _temp.Write("shorter and large", _contents["shorter and large"].AsSpan(0, 2 << 20));
        using MemoryStream image = new();

        ImageWriteResult result = await WriteAsync(image);

        Assert.False(result.IsGood);
        Assert.Equal(
            ["content-changed", "content-changed", "content-missing", "content-changed", "content-changed"],
            result.Failures.Select(failure => failure.Failure.Code));
        Assert.Equal(SHA256.HashData(image.ToArray()), result.Sha256);
    }

    [Fact]
    public async Task Opens_a_file_whose_path_is_no_text()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "paths are text");
        byte[] path = [.. Encoding.UTF8.GetBytes(_temp["x"]), 0xFF];
        ForeignProgram.Shell(_temp.Path, $"printf hello > '{_temp["x"]}'$'\\xff'");
        int content = _tree.AddContent(5);
        _tree.AddFile(0, [(byte)'x', 0xFF], Attributes, content);
        _sources[content] = new FileContent(path) { Sha256 = SHA256.HashData("hello"u8) };

        ImageWriteResult result = await WriteAsync(new MemoryStream());

        ForeignProgram.Run("rm", "-r", _temp.Path); // .NET can't
        Directory.CreateDirectory(_temp.Path);
        Assert.True(result.IsGood);
    }

    [Fact]
    public async Task Tells_that_there_is_no_room()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "no /dev/full");
        AddFile("large", 3 << 20);
        using FileStream target = new("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);

        OperationFailedException failure = await Assert.ThrowsAsync<OperationFailedException>(() => WriteAsync(target));

        Assert.Equal("no-space", failure.Failure.Code);
    }

    [Fact]
    public async Task Stops_when_it_is_asked_to()
    {
        AddFile("large", 40 << 20);
        using CancellationTokenSource stop = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImageWriter.WriteAsync(
            Request(new MemoryStream()), new Canceller(stop), stop.Token));
    }

    [Fact]
    public async Task Lets_a_mistake_of_the_caller_through()
    {
        _tree.AddFile(0, "unknown"u8, Attributes, _tree.AddContent(5));

        await Assert.ThrowsAsync<KeyNotFoundException>(() => WriteAsync(new MemoryStream()));
    }

    public void Dispose() => _temp.Dispose();

    private void AddFile(string name, int size)
    {
        byte[] bytes = SimulatedDisc.Pattern(size, size + 1);
        _temp.Write(name, bytes);
        _contents[name] = bytes;
        int content = _tree.AddContent(size);
        _tree.AddFile(0, Encoding.UTF8.GetBytes(name), Attributes, content);
        _sources[content] = new FileContent(Encoding.UTF8.GetBytes(_temp[name])) { Sha256 = SHA256.HashData(bytes) };
    }

    private void AddGenerated(string name, byte[] bytes)
    {
        _contents[name] = bytes;
        int content = _tree.AddTailContent();
        _tree.AddFile(0, Encoding.UTF8.GetBytes(name), Attributes, content);
        _sources[content] = new GeneratedContent(name, () => new MemoryStream(bytes)) { Sha256 = SHA256.HashData(bytes) };
    }

    private ImageWriteRequest Request(Stream target) => new()
    {
        Layout = DiscLayout.Create(_tree, new()).WithTailSizes([.. _tree.TailContents.Select(content => (long)_contents[_sources[content].Name].Length)]),
        Source = content => _sources[content],
        Target = target,
        TargetName = "disc.iso",
    };

    private Task<ImageWriteResult> WriteAsync(Stream target, IProgress<WorkProgress>? progress = null) =>
        ImageWriter.WriteAsync(Request(target), progress, CancellationToken.None);

    private sealed class Recorder(List<WorkProgress> all) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => all.Add(value);
    }

    private sealed class Canceller(CancellationTokenSource stop) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => stop.Cancel();
    }
}
