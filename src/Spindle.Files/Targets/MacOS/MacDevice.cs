// SPDX-License-Identifier: MIT
namespace Spindle.Files.Targets.MacOS;

/// <summary>Device numbers of macOS (sys/types.h): eight bits of a major one, 24 of a minor one. Pure.</summary>
internal static class MacDevice
{
    /// <returns>Null where the numbers have no room there: those of another system mean something else anyway.</returns>
    public static int? Of((uint Major, uint Minor) device) =>
        device is { Major: <= 0xFF, Minor: <= 0xFF_FFFF } ? unchecked((int)((device.Major << 24) | device.Minor)) : null;
}
