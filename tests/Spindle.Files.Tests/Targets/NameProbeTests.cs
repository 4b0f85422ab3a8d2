// SPDX-License-Identifier: MIT
using Spindle.Files.Names;
using Spindle.Files.Targets;
using Spindle.Testing;

namespace Spindle.Files.Tests.Targets;

public sealed class NameProbeTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_directory_of_Linux_takes_all()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "asks a directory of Linux");
        using TargetTree target = TargetTree.Open(_directory.Path, new());

        Assert.True(NameProbe.Of(target).TakesAll);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public void Another_one_is_found_out_and_left_as_it_was()
    {
        File.WriteAllText(_directory["theirs"], "theirs");
        using StickTarget stick = new(_directory.Path, TargetTree.Open(_directory.Path, new()));

        NameRules rules = NameProbe.Of(stick);

        Assert.True(rules is { IsCaseless: true, IsNormalising: true, IsUnicode: true, TakesControls: false, TakesEnds: false, TakesDevices: true });
        Assert.Equal(NameRules.WindowsForbidden, rules.Forbidden);
        Assert.Equal(["theirs"], Directory.EnumerateFileSystemEntries(_directory.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void One_that_takes_nothing_is_not_asked_further()
    {
        using TargetTree target = TargetTree.Open(_directory["target"], new());
        Directory.Delete(_directory["target"]);

        Assert.True(NameProbe.Of(target).TakesAll);
    }
}
