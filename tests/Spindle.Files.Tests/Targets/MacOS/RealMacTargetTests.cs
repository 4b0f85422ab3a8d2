// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using System.Text;
using Spindle.Files.Listing;
using Spindle.Files.Listing.MacOS;
using Spindle.Files.Listing.Unix;
using Spindle.Files.Targets;
using Spindle.Files.Targets.MacOS;
using Spindle.Files.Targets.Unix;

namespace Spindle.Files.Tests.Targets.MacOS;

/// <summary>The calls of macOS themselves: they run on a Mac alone.</summary>
[SupportedOSPlatform("macos")]
public sealed class RealMacTargetTests : TargetTreeContract
{
    public RealMacTargetTests() => Assert.SkipUnless(OperatingSystem.IsMacOS(), "this is no Mac");

    protected override bool HasHardLinks => true;

    private protected override TargetTree Open(string path, LoosenedDirectories loosened) => UnixTarget.Open(MacWriting.Instance, path, loosened);

    [Fact]
    public void Forks_Finder_information_and_flags_come_back()
    {
        ExtendedAttribute[] attributes =
        [
            new("bsd.flags"u8.ToArray(), "hidden"u8.ToArray()),
            new("com.apple.FinderInfo"u8.ToArray(), [.. "TEXTttxt"u8, .. new byte[24]]),
            new("com.apple.ResourceFork"u8.ToArray(), [1, 2, 3]),
        ];
        using (TargetFile file = Target.Create("file"u8, Usual))
        {
            Assert.Null(file.SetAttributes(Usual with { Extended = attributes }));
        }

        using ISourceDirectory root = new UnixSource(MacReading.Instance).OpenRoot(Root);

        Assert.Equal(
            attributes.Select(attribute => (Encoding.UTF8.GetString(attribute.Name), Convert.ToHexString(attribute.Value))),
            root.Attributes("file"u8).Select(attribute => (Encoding.UTF8.GetString(attribute.Name), Convert.ToHexString(attribute.Value))));
    }
}
