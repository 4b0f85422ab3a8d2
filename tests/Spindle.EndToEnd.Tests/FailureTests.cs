// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>What cannot be done has a code and words of its own, and leaves nothing behind that looks good.</summary>
public sealed class FailureTests : IAsyncDisposable
{
    private const int RawSectorSize = 2352;

    private readonly Workspace _workspace = new();

    [Fact]
    public Task Missing_source() => FailsAsync("no-such-source", "there is no missing.iso", "missing.iso");

    [Fact]
    public Task Missing_device() => FailsAsync("no-such-source", "there is no /dev/sr99", "/dev/sr99");

    [Fact]
    public Task Directory_as_source()
    {
        Directory.CreateDirectory(_workspace["folder"]);

        return FailsAsync("source-is-directory", "folder is a directory", "folder");
    }

    [Fact]
    public Task Empty_file_as_source()
    {
        _workspace.Write("empty.iso", []);

        return FailsAsync("empty-source", "empty.iso is empty", "empty.iso");
    }

    [Fact]
    public async Task Empty_device_as_source()
    {
        _workspace.Write("empty.img", []);
        await using LoopDevice device = await LoopDevice.AttachAsync(_workspace["empty.img"]);

        await FailsAsync("empty-source", $"{device.Path} has no sectors", device.Path);
    }

    [Fact]
    public async Task Device_that_is_mounted_for_writing()
    {
        Files.WriteRandom(_workspace["disk.img"], 4 << 20, seed: 0);
        await ForeignTool.AcceptsAsync("mkfs.ext4", _workspace.Path, "-q", "disk.img");
        await using MountedDisk disk = await MountedDisk.AttachAsync(_workspace["disk.img"], _workspace["mounted"]);

        await FailsAsync("source-mounted", $"is mounted for writing at {disk.Point}", disk.Device);
    }

    [Fact]
    public async Task Raw_sectors_without_data()
    {
        byte[] raw = new byte[20 * RawSectorSize];
        for (int sector = 0; sector < raw.Length; sector += RawSectorSize)
        {
            raw.AsSpan(sector + 1, 10).Fill(0xFF); // synchronisation
            raw[sector + 15] = 2; // mode
            raw[sector + 18] = 0x20; // form 2
        }

        _workspace.Write("video.bin", raw);

        await FailsAsync("raw-source", "raw sectors of 2352 bytes in mode 2 form 2", "video.bin");
    }

    [Fact]
    public async Task Source_that_may_not_be_read()
    {
        string source = _workspace.Write("secret.iso", new byte[4096]);
        File.SetUnixFileMode(source, UnixFileMode.None);

        await FailsAsync(new(Code: "source-denied", What: "may not be read by this user", UnprivilegedUser.ProgramAsync), "secret.iso");
    }

    [Fact]
    public async Task Target_that_may_not_be_written()
    {
        _workspace.Write("disc.iso", new byte[4096]);
        File.SetUnixFileMode(Directory.CreateDirectory(_workspace["out"]).FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await FailsAsync(new(Code: "target-denied", What: "may not be written by this user", UnprivilegedUser.ProgramAsync), "disc.iso");
    }

    [Fact]
    public async Task Target_that_is_a_file()
    {
        _workspace.Write("disc.iso", new byte[4096]);
        _workspace.Write("out", "kept"u8);

        await FailsAsync("target-failed", "out", "disc.iso");

        Assert.Equal("kept", await File.ReadAllTextAsync(_workspace["out"]));
    }

    [Fact]
    public async Task Target_without_room_for_the_image()
    {
        _workspace.Write("disc.iso", new byte[8 << 20]);
        await using MemoryFileSystem target = await MemoryFileSystem.MountAsync(_workspace["out"], "4m");

        await FailsAsync("no-space", "bytes free, and the image needs 8,388,608 more", "disc.iso");

        Assert.Empty(Directory.GetFileSystemEntries(target.Path));
    }

    [Fact]
    public async Task Image_of_that_name_that_exists()
    {
        _workspace.Write("disc.iso", new byte[4096]);
        string existing = Path.Combine(Directory.CreateDirectory(_workspace["out/image"]).FullName, "image.iso");
        await File.WriteAllTextAsync(existing, "another image");

        ProgramResult result = await ImageAsync(SpindleProgram.Path, "disc.iso");

        Assert.Contains("[already-exists]", result.EndedWith(1).Error, StringComparison.Ordinal);
        Assert.Equal("another image", await File.ReadAllTextAsync(existing));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private Task FailsAsync(string code, string what, string source) =>
        FailsAsync(new(code, what, () => Task.FromResult(SpindleProgram.Path)), source);

    /// <summary>Images a source for people and for programs: both are told the same, once.</summary>
    private async Task FailsAsync(Expectation expected, string source)
    {
        string program = await expected.Program();
        ProgramResult text = await ImageAsync(program, source);
        ProgramResult json = await ImageAsync(program, source, "--json");

        Assert.Equal("", text.EndedWith(1).Output);
        Assert.Contains(expected.What, text.Error, StringComparison.Ordinal);
        Assert.Contains($"[{expected.Code}]", text.Error, StringComparison.Ordinal);
        JsonElement error = json.EndedWith(1).Json.GetProperty("error");
        Assert.Equal("spindle/image/1", json.Json.GetProperty("schema").GetString());
        Assert.Equal(expected.Code, error.GetProperty("code").GetString());
        Assert.Contains(expected.What, error.GetProperty("what").GetString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_workspace.Path, "image.iso*", SearchOption.AllDirectories));
    }

    private async Task<ProgramResult> ImageAsync(string program, string source, params string[] options)
    {
        using RunningProgram running = new(
            program, ["image", source, "--dir", "out", "--filename", "image", .. options], _workspace.Path);
        return await running.EndAsync();
    }

    private sealed record Expectation(string Code, string What, Func<Task<string>> Program);
}
