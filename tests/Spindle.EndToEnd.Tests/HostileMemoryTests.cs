// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>However large a disc makes itself, those who look into it stay small: 50 MiB of memory beside what the program takes for itself.</summary>
public sealed class HostileMemoryTests : IAsyncDisposable
{
    private const long Limit = 50L * 1024 * 1024;

    private readonly Workspace _workspace = new();

    public static TheoryData<string> Makers => [.. Images.Keys];

    private static Dictionary<string, Action<string>> Images => new()
    {
        ["directories"] = HostileDisc.ManyDirectories,
        ["files"] = HostileDisc.ManyFiles,
        ["names"] = HostileDisc.LongNames,
        ["extents"] = HostileDisc.EndlessExtents,
    };

    [Theory]
    [MemberData(nameof(Makers))]
    public async Task A_disc_can_not_make_it_large(string name)
    {
        Images[name](_workspace["disc.iso"]);
        (long own, _) = await PeakMemory.OfAsync(_workspace.Path, "--version");

        // Where no compiler of native code was there, what the runtime needs to compile while it runs comes on top.
        bool isNative = !File.Exists(Path.ChangeExtension(SpindleProgram.Path, "dll"));
        long limit = own + (isNative ? Limit : Limit + (22L << 20));
        foreach (string[] command in (string[][])[["inspect"], ["ls", "--recursive", "--long"], ["tree"]])
        {
            (long peak, int exitCode) = await PeakMemory.OfAsync(_workspace.Path, [.. command, "disc.iso"]);

            Assert.True(exitCode is 0 or 2, $"{command[0]} of {name} ended with {exitCode}");
            Assert.True(peak <= limit, $"{command[0]} of {name} took {peak >> 10} KiB, {own >> 10} of them before it began");
        }
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
