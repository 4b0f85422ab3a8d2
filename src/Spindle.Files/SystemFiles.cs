// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;

namespace Spindle.Files;

/// <summary>Which of the ways to files are used: those of this system, or those that every system has.</summary>
public static class SystemFiles
{
    /// <summary>The switch (AppContext) by which files are listed and written as on a system whose own ways are not known: so that Linux can test it.</summary>
    public const string PortableSwitch = "Spindle.PortableFiles";

    /// <summary>Whether Linux's own ways are used.</summary>
    internal static bool AreOfLinux => OperatingSystem.IsLinux() && !ArePortable;

    /// <summary>Whether macOS's own ways are used.</summary>
    [SupportedOSPlatformGuard("macos")]
    internal static bool AreOfMac => OperatingSystem.IsMacOS() && !ArePortable;

    private static bool ArePortable => AppContext.TryGetSwitch(PortableSwitch, out bool isOn) && isOn;
}
