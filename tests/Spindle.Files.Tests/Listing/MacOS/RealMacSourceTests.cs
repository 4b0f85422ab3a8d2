// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using Spindle.Files.Listing;
using Spindle.Files.Listing.MacOS;
using Spindle.Files.Listing.Unix;

namespace Spindle.Files.Tests.Listing.MacOS;

/// <summary>The calls of macOS themselves: they run on a Mac alone.</summary>
[SupportedOSPlatform("macos")]
public sealed class RealMacSourceTests : SourceSystemContract
{
    public RealMacSourceTests() => Assert.SkipUnless(OperatingSystem.IsMacOS(), "this is no Mac");

    private protected override ISourceSystem System => new UnixSource(MacReading.Instance);

    [Fact]
    public void They_agree_with_what_is_known_otherwise() => Assert.True(MacReading.IsProven);
}
