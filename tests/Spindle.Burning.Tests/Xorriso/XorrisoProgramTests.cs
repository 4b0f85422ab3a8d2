// SPDX-License-Identifier: MIT
using Spindle.Burning.Sequences;
using Spindle.Burning.Xorriso;
using Spindle.Drives.Mmc;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Burning.Tests.Xorriso;

public sealed class XorrisoProgramTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly List<string> _said = [];

    [Theory]
    [InlineData(Profile.CdR, 24, "-sao", "speed=24c")]
    [InlineData(Profile.DvdMinusR, 4, "-sao", "speed=4d")]
    [InlineData(Profile.BdRSequential, 4, "speed=4b")]
    [InlineData(Profile.DvdPlusRw, null, "blank=as_needed")]
    [InlineData(Profile.BdRe, null, "blank=as_needed")]
    public void It_is_told_what_the_disc_needs_and_to_pad_nothing(Profile profile, int? speed, params string[] further) => Assert.Equal(
        ["-abort_on", "FAILURE", "-return_with", "SORRY", "32", "-as", "cdrecord", "-v", "dev=/dev/sr0", "padsize=0", .. further, "/images/-a.iso"],
        XorrisoCommand.Of("/dev/sr0", "/images/-a.iso", (profile, BurningMethods.Of(profile)!), speed));

    [Fact]
    public void Each_line_is_heard_and_how_it_ends_is_not_looked_at()
    {
        Assert.True(Script("echo one >&2; echo out; printf 'two\\rthree\\n' >&2; echo $LC_ALL >&2; exit 5").Run(["a b"], _said.Add, CancellationToken.None));

        Assert.Equal(["one", "two", "three", "C"], _said);
    }

    [Fact]
    public void It_is_asked_to_end_and_waited_for()
    {
        using CancellationTokenSource stop = new();
        XorrisoProgram program = Script("trap 'echo ended >&2; exit 1' TERM; echo begun >&2; while :; do sleep .05; done");

        bool hasEnded = program.Run(
            [],
            line =>
            {
                _said.Add(line);
                stop.Cancel();
            },
            stop.Token);

        Assert.True(hasEnded);
        Assert.Equal(["begun", "ended"], _said);
    }

    [Fact]
    public void One_that_falls_silent_is_ended()
    {
        XorrisoProgram program = Script("trap 'exit 1' TERM; echo begun >&2; while :; do sleep .05; done");

        Assert.True(new XorrisoProgram { Program = program.Program, Silence = TimeSpan.FromMilliseconds(300) }.Run([], _said.Add, CancellationToken.None));
        Assert.Equal(["begun"], _said);
    }

    [Fact]
    public void It_need_not_be_there() => Assert.Equal(
        "no-xorriso", Assert.Throws<OperationFailedException>(() => new XorrisoProgram { Program = "/nowhere/xorriso" }.Run([], _said.Add, CancellationToken.None)).Failure.Code);

    public void Dispose() => _directory.Dispose();

    private XorrisoProgram Script(string body)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a script of /bin/sh stands for it");
        string path = _directory.Write("xorriso", System.Text.Encoding.UTF8.GetBytes($"#!/bin/sh\n{body}\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return new() { Program = path };
    }
}
