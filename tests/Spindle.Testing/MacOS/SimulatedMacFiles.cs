// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;
using Spindle.Files.Listing.Unix;
using Spindle.Files.Targets;
using Spindle.Files.Targets.Unix;

namespace Spindle.Testing.MacOS;

/// <summary>Files of a Mac, played by Linux: resource forks and the like are attributes of users there.</summary>
public static class SimulatedMacFiles
{
    /// <summary>Where Linux keeps the flags, as four bytes.</summary>
    public static string FlagsOnLinux => "user." + SimulatedMacReading.Flags;

    public static ISourceSystem Source { get; } = new UnixSource(new SimulatedMacReading());

    public static TargetTree OpenTarget(string path, LoosenedDirectories loosened) => UnixTarget.Open(new SimulatedMacWriting(), path, loosened);
}
