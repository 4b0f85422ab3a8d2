// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>One thing that a drive can do (MMC-6, features).</summary>
/// <param name="Code">The feature's number.</param>
/// <param name="IsCurrent">Whether it can do it with the disc that is in.</param>
/// <param name="Data">What it says of it; at most 255 bytes.</param>
public sealed record DriveFeature(ushort Code, bool IsCurrent, byte[] Data);
