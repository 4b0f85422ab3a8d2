// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>The lab's burner, with a foreign program to judge it: what that burns is on the disc.</summary>
[Trait("with", "lab")]
public sealed class LabBurnerTests(Lab lab) : IClassFixture<Lab>, IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("cd-rw")]
    [InlineData("dvd+rw")]
    [InlineData("bd-r")]
    public async Task A_foreign_program_burns_an_image(string kind)
    {
        string image = await lab.DiscAsync(), blank = await Lab.BlankAsync(_workspace["blank.disc"], kind, 65_536);

        ProgramResult result = await Lab.RunAsync(
            _workspace.Path,
            ["--disc", blank, "--burner"],
            $"xorriso -as cdrecord -v dev=/dev/sr0 padsize=0 {image} && eject /dev/sr0 && eject -t /dev/sr0 && cmp -n $(stat -c %s {image}) {image} /dev/sr0");
        Lab.SkipWithoutBurner(result);

        result.EndedWith(0);
        Assert.True(Files.Begins(blank + ".data", image));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
