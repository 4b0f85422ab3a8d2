// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Archives that grew at random come back by every way: see tests/histories.</summary>
public sealed class HistoriesTests : IAsyncDisposable
{
    private const int Usual = 5;

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Whatever_an_archive_went_through_every_way_gives_the_tree()
    {
        ForeignTool.PathOf("bsdtar");
        ForeignTool.PathOf("xorriso");
        string count = Environment.GetEnvironmentVariable("SPINDLE_HISTORIES") ?? Usual.ToString(CultureInfo.InvariantCulture);

        ProgramResult result = await ForeignTool.RunAsync(
            ForeignTool.PathOf("python3"), _workspace.Path, [Repository.File("tests/histories/histories.py"), "--program", SpindleProgram.Path, "--count", count, "--temp", _workspace.Path]);

        result.EndedWith(0);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
