// SPDX-License-Identifier: MIT

namespace Spindle.Drives;

/// <summary>What a drive says of its disc when it is asked whether it is ready (MMC-6, TEST UNIT READY).</summary>
internal static class CommandStatus
{
    private const byte NoMedium = 0x3A;
    private const byte TrayIsOpen = 0x02;

    /// <summary>Asks a drive.</summary>
    /// <exception cref="IOException">The drive is gone.</exception>
    public static MediumStatus Of(OpticalDrive drive) => drive.TestReady() switch
    {
        { IsGood: true } => MediumStatus.Ready,
        { Sense: { Code: NoMedium, Qualifier: TrayIsOpen } } => MediumStatus.TrayOpen,
        { Sense.IsNoMedium: true } => MediumStatus.NoDisc,
        { Sense.IsBecomingReady: true } => MediumStatus.NotReady,
        _ => MediumStatus.Unknown,
    };
}
