// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests;

/// <summary>Onto a file system of Windows, as NTFS-3G shows it to Linux: caseless, and with the names that Windows takes.</summary>
public sealed class PickyTargetTests : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private bool _isMounted;

    public async ValueTask InitializeAsync()
    {
        ForeignProgram.PathOf("lowntfs-3g");
        Assert.SkipUnless(File.Exists("/dev/fuse"), "this system has no /dev/fuse");
        await _workspace.ShellAsync("""
            truncate -s 32M ntfs.img; PATH=$PATH:/usr/sbin:/sbin mkntfs -q -F ntfs.img; mkdir mount tree tree/DIR tree/dir
            for name in UPPER upper DIR/x dir/x dir/X a:b a_b 'what?' dot. 'blank ' aux.txt; do printf '%s' "$name" > "tree/$name"; done
            printf bytes > "$(printf 'tree/no\377text')"
            """);
        using RunningProgram mount = new("lowntfs-3g", ["-o", "ignore_case,windows_names", _workspace["ntfs.img"], _workspace["mount"]], _workspace.Path);
        ProgramResult result = await mount.EndAsync();
        Assert.SkipUnless(result.ExitCode == 0, $"the file system can't be mounted here: {result.Error}");
        _isMounted = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isMounted)
        {
            await _workspace.ShellAsync("umount mount");
        }

        await _workspace.DisposeAsync();
    }

    [Fact]
    public async Task What_is_restored_is_all_there_and_all_that_is_called_otherwise_is_told()
    {
        (await _workspace.RunAsync("archive", "tree", "cd", "--job", "Set", "--to", "discs", "--quiet")).EndedWith(0);

        ProgramResult first = (await _workspace.RunAsync("restore", "--from", "discs", "--to", "mount/out", "--json")).EndedWith(2);
        ProgramResult second = (await _workspace.RunAsync("restore", "--from", "discs", "--to", "mount/out", "--overwrite", "--json")).EndedWith(2);

        Assert.Equal(await ContentsAsync("tree"), await ContentsAsync("mount/out"));
        Assert.Equal(
            ["a:b > a_b~2", "aux.txt > _aux.txt", "blank  > blank_", "dir > dir~2", "dir/x > dir~2/x~2", "dot. > dot_", "no\uFFFDtext > no%FFtext", "upper > upper~2", "what? > what_"],
            Renamed(first));
        Assert.Equal(12, first.Json.GetProperty("filesRestored").GetInt64());
        Assert.Equal(12, second.Json.GetProperty("filesPresent").GetInt64());
        Assert.Equal(Renamed(first), Renamed(second));
        Assert.Equal(0, first.Json.GetProperty("filesNotRestored").GetInt64() + first.Json.GetProperty("othersNotRestored").GetInt64());
    }

    [Theory]
    [InlineData("extract")]
    [InlineData("extract --overwrite")]
    public async Task What_is_extracted_is_all_there_and_it_is_told(string command)
    {
        await _workspace.ShellAsync("PATH=$PATH:/usr/sbin:/sbin; rm tree/no*text; xorriso -as mkisofs -quiet -R -o disc.iso tree");

        ProgramResult result = (await _workspace.RunAsync([.. command.Split(' '), "disc.iso", "--to", "mount/out"])).EndedWith(0);

        Assert.Equal(await ContentsAsync("tree"), await ContentsAsync("mount/out"));
        Assert.Contains("names-changed", result.Error + result.Output, StringComparison.Ordinal);
    }

    private static string[] Renamed(ProgramResult result) =>
        [.. result.Json.GetProperty("renamed").EnumerateArray().Select(name => $"{name.GetProperty("path").GetString()} > {name.GetProperty("as").GetString()}").Order(StringComparer.Ordinal)];

    /// <summary>What all files hold, in order.</summary>
    private Task<string> ContentsAsync(string directory) => _workspace.ShellAsync($"find {directory} -type f -print0 | xargs -0 -I{{}} sh -c 'cat \"$1\"; echo' _ {{}} | LC_ALL=C sort");
}
